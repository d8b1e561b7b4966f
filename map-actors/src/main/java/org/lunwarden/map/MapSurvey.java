package org.lunwarden.map;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.IoResult;
import org.lunwarden.map.plan.KernelView;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.model.map.PathReport;

/** Reads the multipath maps that the kernel has, without keeping any. Blocking. */
public final class MapSurvey {

    private MapSurvey() {}

    /**
     * All maps, by name. One that vanishes meanwhile or is not understood is left out, and so is a path of a map that
     * no report tells of.
     *
     * @param paths what is known of the host's paths, of whatever map
     */
    public static IoResult<List<MapTopology>> maps(DeviceMapper dm, List<PathReport> paths) {
        return dm.list()
                .then(devices -> new IoResult.Ok<>(devices.stream()
                        .filter(device -> MapInspection.uuid(device.uuid()) == MapInspection.Finding.OK)
                        .flatMap(device -> map(dm, device, paths).stream())
                        .sorted(Comparator.comparing(MapTopology::name))
                        .toList()));
    }

    private static Optional<MapTopology> map(DeviceMapper dm, DeviceMapper.Device device, List<PathReport> paths) {
        var id = device.uuid().substring(MapInspection.UUID_PREFIX.length());
        if (!Wwid.isValid(id)) {
            return Optional.empty();
        }
        var wwid = new Wwid(id);
        var own = paths.stream().filter(path -> path.wwid().equals(wwid)).toList();
        return KernelReader.read(dm, wwid, device.name()) instanceof KernelView.Present(var map, var event)
                ? Optional.of(TopologyView.of(wwid, map, own))
                : Optional.empty();
    }
}
