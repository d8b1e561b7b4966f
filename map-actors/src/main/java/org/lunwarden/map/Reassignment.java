package org.lunwarden.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import org.lunwarden.io.AuditTrail;
import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.DeviceMapper.Target;
import org.lunwarden.io.DeviceMapper.UdevFlags;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.IoResult.Done;
import org.lunwarden.io.IoResult.Refused;
import org.lunwarden.map.plan.KernelMap;
import org.lunwarden.map.plan.KernelView;
import org.lunwarden.model.DevT;
import org.lunwarden.model.Wwid;

/**
 * Moves what stands on a path of a map onto the map ({@code reassign_maps}), so that it outlives the path. Multipath maps
 * stay as they are. Blocking.
 *
 * @param paths those that are known to be the map's unit: what stands on others stays there
 * @param veto a reason not to go on with the next device
 */
record Reassignment(DeviceMapper dm, Wwid wwid, UdevFlags udev, Set<DevT> paths, Supplier<Optional<String>> veto) {

    private static final int EBUSY = 16;
    private static final int ECANCELED = 125;
    private static final int EINVAL = 22;
    private static final int ENXIO = 6;

    /**
     * Moves all that can be moved.
     *
     * @return the first refusal, when something could not be moved
     */
    IoResult<Done> perform(String name) {
        return look(name, paths).then(map -> dm.list().then(devices -> moveAll(devices, map)));
    }

    private IoResult<Done> moveAll(List<DeviceMapper.Device> devices, KernelMap map) {
        var results = new ArrayList<IoResult<Done>>();
        for (var device : devices) {
            if (MapInspection.uuid(device.uuid()) != MapInspection.Finding.OK
                    && dm.table(device.name()) instanceof IoResult.Ok<List<Target>>(var table)
                    && !StackedTable.paths(table, paths).isEmpty()) {
                results.add(move(device.name(), table, map));
            }
        }
        return results.stream().filter(Refused.class::isInstance).findFirst().orElseGet(IoResult::done);
    }

    private IoResult<Done> move(String name, List<Target> table, KernelMap map) {
        var call = "reassign " + name;
        var immovable = StackedTable.immovable(table, paths);
        if (immovable.isPresent()) {
            return new Refused<>(EINVAL, call, "a target " + immovable.get() + " is not moved");
        }
        var on = StackedTable.paths(table, paths);
        return dm.info(name).then(info -> {
            if (info.suspended()) {
                return new Refused<>(EBUSY, call, "somebody is about to change it");
            }
            AuditTrail.note(wwid, call + " onto " + map.device() + ", in place of " + on);
            return dm.exchange(
                    name,
                    info.readOnly(),
                    table,
                    StackedTable.onto(map.device(), table, paths),
                    () -> lastLook(map, on),
                    new UdevFlags(true, false, false, udev.patience()));
        });
    }

    /** The map and its paths may have become others since it was decided. */
    private IoResult<Done> lastLook(KernelMap before, Set<DevT> on) {
        var call = "reassign onto " + before.name();
        return veto.get()
                .<IoResult<Done>>map(reason -> new Refused<>(ECANCELED, call, reason))
                .orElseGet(() -> look(before.name(), on)
                        .then(now -> now.device().equals(before.device())
                                ? IoResult.done()
                                : new Refused<>(ENXIO, call, "it is another device now")));
    }

    /** The map, when it carries I/O and has these paths. */
    private IoResult<KernelMap> look(String name, Set<DevT> on) {
        var call = "reassign onto " + name;
        if (!(KernelReader.read(dm, wwid, name) instanceof KernelView.Present(var map, var event))) {
            return new Refused<>(ENXIO, call, "the kernel has no such map");
        }
        if (map.suspended()) {
            return new Refused<>(EBUSY, call, "the map is suspended");
        }
        if (!map.members().containsAll(on)) {
            return new Refused<>(ENXIO, call, "not all of " + on + " are paths of the map now");
        }
        return on.stream().anyMatch(path -> map.active(path).orElse(false))
                ? new IoResult.Ok<>(map)
                : new Refused<>(EBUSY, call, "the map works by none of " + on + " now");
    }
}
