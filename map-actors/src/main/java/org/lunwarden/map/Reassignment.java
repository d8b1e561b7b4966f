package org.lunwarden.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.lunwarden.io.AuditTrail;
import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.DeviceMapper.Target;
import org.lunwarden.io.DeviceMapper.UdevFlags;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.IoResult.Done;
import org.lunwarden.io.IoResult.Refused;
import org.lunwarden.model.DevT;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.dm.MultipathTable;
import org.lunwarden.model.dm.MultipathTableCodec;
import org.lunwarden.model.dm.Parsed;

/**
 * Moves what stands on a path of a map onto the map ({@code reassign_maps}), so that it outlives the path. Multipath maps
 * stay as they are. Blocking.
 */
record Reassignment(DeviceMapper dm, Wwid wwid, UdevFlags udev) {

    private static final int EBUSY = 16;
    private static final int EINVAL = 22;
    private static final int ENXIO = 6;

    /**
     * Moves all that can be moved.
     *
     * @return the first refusal, when something could not be moved
     */
    IoResult<Done> perform(String name) {
        return dm.info(name)
                .then(this::ours)
                .then(map -> dm.table(map.name()).then(table -> {
                    var paths = paths(table);
                    return paths.isEmpty()
                            ? IoResult.done()
                            : dm.list().then(devices -> moveAll(devices, paths, map.device()));
                }));
    }

    private IoResult<DeviceMapper.Info> ours(DeviceMapper.Info found) {
        return found.uuid().equals(KernelReader.uuid(wwid))
                ? new IoResult.Ok<>(found)
                : new Refused<>(ENXIO, "reassign " + found.name(), "it is another device now");
    }

    private static Set<DevT> paths(List<Target> table) {
        return MapInspection.target(MapInspection.MULTIPATH, table) == MapInspection.Finding.OK
                        && MultipathTableCodec.parse(table.getFirst().parameters())
                                instanceof Parsed.Ok<MultipathTable>(var parsed)
                ? parsed.devices()
                : Set.of();
    }

    private IoResult<Done> moveAll(List<DeviceMapper.Device> devices, Set<DevT> paths, DevT map) {
        var results = new ArrayList<IoResult<Done>>();
        for (var device : devices) {
            if (MapInspection.uuid(device.uuid()) != MapInspection.Finding.OK
                    && dm.table(device.name()) instanceof IoResult.Ok<List<Target>>(var table)
                    && !StackedTable.paths(table, paths).isEmpty()) {
                results.add(move(device.name(), table, paths, map));
            }
        }
        return results.stream().filter(Refused.class::isInstance).findFirst().orElseGet(IoResult::done);
    }

    private IoResult<Done> move(String name, List<Target> table, Set<DevT> paths, DevT map) {
        var call = "reassign " + name;
        var immovable = StackedTable.immovable(table, paths);
        if (immovable.isPresent()) {
            return new Refused<>(EINVAL, call, "a target " + immovable.get() + " is not moved");
        }
        return dm.info(name).then(info -> {
            if (info.suspended() || info.inactiveTable()) {
                return new Refused<>(EBUSY, call, "somebody is about to change it");
            }
            AuditTrail.note(
                    wwid, "reassign: " + name + " onto " + map + ", in place of " + StackedTable.paths(table, paths));
            return dm.exchange(
                    name,
                    info.readOnly(),
                    table,
                    StackedTable.onto(map, table, paths),
                    new UdevFlags(true, false, false, udev.patience()));
        });
    }
}
