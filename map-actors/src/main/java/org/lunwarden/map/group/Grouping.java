package org.lunwarden.map.group;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Queue;

import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.MapSettings;

/** Puts the paths of a map into groups. Pure; among equals the order in which paths are given stays. */
public final class Grouping {

    /** The order of paths that are discovered at once. */
    public static final Comparator<PathReport> PATH_ORDER =
            Comparator.comparing(PathReport::hctl).thenComparing(PathReport::device);

    private static final Comparator<PathGroup> GROUP_ORDER = Comparator.comparingInt(PathGroup::priority)
            .thenComparingInt(PathGroup::usablePaths)
            .reversed();

    /** The selector that takes paths in turn, for which neighbours should not share an adapter. */
    private static final String ROUND_ROBIN = "round-robin";

    private Grouping() {}

    /** Groups in the order of the table: higher priority first, then more usable paths, then the first path's order. */
    public static List<PathGroup> group(Collection<PathReport> paths, MapSettings settings) {
        var roundRobin = settings.selector().name().equals(ROUND_ROBIN);
        return split(List.copyOf(paths), policy(paths, settings)).stream()
                .sorted(GROUP_ORDER)
                .map(group -> roundRobin ? interleaved(group) : group)
                .toList();
    }

    /**
     * The policy in force. With detection it is by priority where every path that knows a priority has it from the
     * array; a path that was never well enough to tell one does not count.
     */
    public static GroupingPolicy policy(Collection<PathReport> paths, MapSettings settings) {
        var telling = paths.stream().filter(path -> path.priority().isDefined()).toList();
        var detected = settings.detectGrouping()
                && !telling.isEmpty()
                && telling.stream().allMatch(PathReport::aluaPriority);
        return detected ? GroupingPolicy.GROUP_BY_PRIO : settings.grouping();
    }

    /**
     * The group that I/O should use: highest priority among those with a usable path, then most usable paths, then the
     * first. 1-based; 1 when no group is usable, 0 when there is none.
     */
    public static int best(List<PathGroup> groups) {
        var best = 0;
        for (var number = 1; number <= groups.size(); number++) {
            var group = groups.get(number - 1);
            if (group.usablePaths() > 0 && (best == 0 || GROUP_ORDER.compare(group, groups.get(best - 1)) < 0)) {
                best = number;
            }
        }
        return best == 0 && !groups.isEmpty() ? 1 : best;
    }

    private static Collection<PathGroup> split(List<PathReport> paths, GroupingPolicy policy) {
        return switch (policy) {
            case FAILOVER ->
                paths.stream().map(path -> new PathGroup(List.of(path))).toList();
            case MULTIBUS -> paths.isEmpty() ? List.of() : List.of(new PathGroup(paths));
            case GROUP_BY_PRIO -> {
                var byPriority = new LinkedHashMap<Integer, List<PathReport>>();
                for (var path : paths) {
                    byPriority
                            .computeIfAbsent(path.priority().value(), priority -> new ArrayList<>())
                            .add(path);
                }
                yield byPriority.values().stream().map(PathGroup::new).toList();
            }
        };
    }

    /** Takes one path of each initiator port in turn. */
    private static PathGroup interleaved(PathGroup group) {
        if (group.paths().size() <= 2) {
            return group;
        }
        var byPort = new LinkedHashMap<String, Queue<PathReport>>();
        for (var path : group.paths()) {
            byPort.computeIfAbsent(path.nexus().initiatorPort(), port -> new ArrayDeque<>())
                    .add(path);
        }
        var turns = new ArrayDeque<>(byPort.values());
        var paths = new ArrayList<PathReport>();
        while (!turns.isEmpty()) {
            var port = turns.remove();
            paths.add(port.remove());
            if (!port.isEmpty()) {
                turns.add(port);
            }
        }
        return new PathGroup(paths);
    }
}
