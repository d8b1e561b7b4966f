package org.lunwarden.map;

import java.util.List;

import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.IoResult.Done;
import org.lunwarden.io.IoResult.Refused;
import org.lunwarden.map.plan.MapAction;
import org.lunwarden.model.Wwid;

/** Removes a map with the devices of its partitions: unless it is deferred, none of them when one is in use. Blocking. */
record Removal(DeviceMapper dm, Wwid wwid) {

    private static final int ENXIO = 6;
    private static final int EBUSY = 16;

    /** @param deferred what is in use goes with its last close */
    IoResult<Done> remove(String name, boolean deferred) {
        return dm.info(name)
                .then(this::ours)
                .then(map -> new Partitions(dm, wwid)
                        .of(map)
                        .then(partitions -> deferred
                                ? removeAll(partitions, map, true)
                                : inUse(map, partitions).then(free -> removeAll(partitions, map, false))));
    }

    /** Takes a deferred removal back. */
    IoResult<Done> cancel(String name) {
        return dm.info(name)
                .then(this::ours)
                .then(map -> new Partitions(dm, wwid).of(map).then(partitions -> {
                    for (var partition : partitions) {
                        // one that is not to be removed refuses
                        var unused = dm.message(partition.name(), MapAction.Tell.STAY);
                    }
                    return dm.message(map.name(), MapAction.Tell.STAY);
                }));
    }

    /** Somebody may have renamed our map, and given its name to another device. */
    private IoResult<DeviceMapper.Info> ours(DeviceMapper.Info found) {
        return found.uuid().equals(KernelReader.uuid(wwid))
                ? new IoResult.Ok<>(found)
                : new Refused<>(ENXIO, "dm remove " + found.name(), "it is another device now");
    }

    private static IoResult<Done> inUse(DeviceMapper.Info map, List<DeviceMapper.Info> partitions) {
        return partitions.stream()
                .filter(partition -> partition.openCount() > 0)
                .findFirst()
                .<IoResult<Done>>map(partition -> busy(partition.name()))
                .orElseGet(() -> map.openCount() > partitions.size() ? busy(map.name()) : IoResult.done());
    }

    private static IoResult<Done> busy(String name) {
        return new Refused<>(EBUSY, "dm remove " + name, "Device or resource busy");
    }

    private IoResult<Done> removeAll(List<DeviceMapper.Info> partitions, DeviceMapper.Info map, boolean deferred) {
        for (var partition : partitions) {
            if (dm.remove(partition.name(), deferred) instanceof Refused<Done> refused) {
                return refused;
            }
        }
        return dm.remove(map.name(), deferred);
    }
}
