package org.lunwarden.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.lunwarden.map.group.Grouping;
import org.lunwarden.map.group.PathGroup;
import org.lunwarden.map.plan.KernelGroups;
import org.lunwarden.map.plan.KernelMap;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.dm.MultipathStatus.GroupState;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.MapSettings;

/** Shows a map: the kernel's groups, with what the paths say of themselves. */
final class TopologyView {

    /** Stands for the device of a map that the kernel does not have yet. */
    private static final DeviceName NO_DEVICE = new DeviceName("-");

    private TopologyView() {}

    /** A map that the kernel has. Paths of its table that nobody has told of are left out. */
    static MapTopology of(Wwid wwid, KernelMap map, List<PathReport> paths) {
        Map<DevT, PathReport> known = paths.stream().collect(Collectors.toMap(PathReport::device, Function.identity()));
        var reported = KernelGroups.of(map, paths);
        var groups = new ArrayList<MapTopology.Group>();
        for (var i = 0; i < reported.size(); i++) {
            var status = map.status().groups().get(i);
            var selector = map.table().groups().get(i).selector();
            var shown = status.paths().stream()
                    .flatMap(path -> Optional.ofNullable(known.get(path.device())).stream()
                            .map(report -> path(report, Optional.of(path.active()))))
                    .toList();
            groups.add(
                    new MapTopology.Group(selector.toString(), reported.get(i).priority(), status.state(), shown));
        }
        return new MapTopology(
                wwid,
                map.name(),
                new DeviceName("dm-" + map.device().minor()),
                first(paths, PathReport::vendor),
                first(paths, PathReport::product),
                map.sizeSectors(),
                map.readOnly(),
                map.table().features(),
                map.table().hardwareHandler(),
                Grouping.best(reported),
                map.status().nextGroup(),
                map.queueing(),
                groups);
    }

    /** A map that is only wanted: its groups as they would be loaded, its device {@code -}. */
    static MapTopology ofWanted(Wwid wwid, MapSettings settings, List<PathReport> paths) {
        var groups = Grouping.group(paths, settings);
        return new MapTopology(
                wwid,
                wwid.value(),
                NO_DEVICE,
                first(paths, PathReport::vendor),
                first(paths, PathReport::product),
                paths.stream().mapToLong(PathReport::sizeSectors).max().orElse(0),
                paths.stream().anyMatch(PathReport::readOnly),
                settings.features(),
                settings.hardwareHandler(),
                Grouping.best(groups),
                0,
                false,
                groups.stream().map(group -> group(group, settings)).toList());
    }

    private static MapTopology.Group group(PathGroup group, MapSettings settings) {
        return new MapTopology.Group(
                settings.selector().toString(),
                group.priority(),
                GroupState.ENABLED,
                group.paths().stream()
                        .map(report -> path(report, Optional.empty()))
                        .toList());
    }

    private static MapTopology.Path path(PathReport report, Optional<Boolean> active) {
        return new MapTopology.Path(
                report.hctl(),
                report.name(),
                report.device(),
                report.nexus(),
                active,
                report.state(),
                report.deviceState(),
                report.priority().value());
    }

    private static String first(List<PathReport> paths, Function<PathReport, String> field) {
        return paths.stream().min(Grouping.PATH_ORDER).map(field).orElse("");
    }
}
