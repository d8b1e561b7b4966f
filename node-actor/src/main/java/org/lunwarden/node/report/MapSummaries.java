package org.lunwarden.node.report;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.lunwarden.model.Nexus;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.map.MapTopology;

/** What the fleet keeps of a map, out of the map in full. */
public final class MapSummaries {

    /** As the best group of a map is chosen when all its paths are well. */
    private static final Comparator<MapTopology.Group> BEST_FIRST = Comparator.comparingInt(MapTopology.Group::priority)
            .thenComparingInt(group -> group.paths().size())
            .reversed();

    private MapSummaries() {}

    static MapSummary of(MapTopology map, List<Nexus> preferred) {
        return new MapSummary(
                        map.wwid(),
                        map.name(),
                        map.sizeSectors(),
                        map.groups().stream()
                                .mapToInt(group -> group.paths().size())
                                .sum(),
                        Math.toIntExact(map.usablePaths()),
                        isBestUsable(map) ? map.bestGroup() : 0,
                        map.nextGroup(),
                        map.queueing(),
                        preferred,
                        nexuses(map.groups().stream().flatMap(group -> group.paths().stream())))
                .using(portsInUse(map));
    }

    /** Whether a path of the best group can carry I/O now. */
    public static boolean isBestUsable(MapTopology map) {
        return map.bestGroup() >= 1
                && map.bestGroup() <= map.groups().size()
                && map.groups().get(map.bestGroup() - 1).paths().stream()
                        .anyMatch(path -> path.state().isUsable());
    }

    static boolean allWell(MapTopology map) {
        return map.groups().stream()
                .flatMap(group -> group.paths().stream())
                .allMatch(path -> path.state().isUsable());
    }

    /** The nexuses of the group with the highest priority, of equal ones that with the most paths, of these the first. */
    static List<Nexus> preferred(MapTopology map) {
        return map.groups().stream()
                .min(BEST_FIRST)
                .map(group -> nexuses(group.paths().stream()))
                .orElse(List.of());
    }

    private static List<String> portsInUse(MapTopology map) {
        return map.nextGroup() < 1 || map.nextGroup() > map.groups().size()
                ? List.of()
                : map.groups().get(map.nextGroup() - 1).paths().stream()
                        .map(path -> path.nexus().targetPort())
                        .distinct()
                        .sorted()
                        .toList();
    }

    private static List<Nexus> nexuses(Stream<MapTopology.Path> paths) {
        return paths.map(MapTopology.Path::nexus).distinct().sorted().toList();
    }
}
