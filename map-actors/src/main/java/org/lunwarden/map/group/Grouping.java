package org.lunwarden.map.group;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import java.util.stream.Stream;

import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.MapSettings;

/** Puts the paths of a map into groups. Pure; among equals the order in which paths are given stays. */
public final class Grouping {

    /** The order of paths that are discovered at once. */
    public static final Comparator<PathReport> PATH_ORDER =
            Comparator.comparing(PathReport::hctl).thenComparing(PathReport::device);

    private static final Comparator<PathGroup> GROUP_ORDER = Comparator.comparing(PathGroup::marginal)
            .thenComparing(Comparator.comparingInt(PathGroup::priority)
                    .thenComparingInt(PathGroup::usablePaths)
                    .reversed());

    private Grouping() {}

    /** See {@link #group(Collection, GroupingRules)}. */
    public static List<PathGroup> group(Collection<PathReport> paths, MapSettings settings) {
        return group(paths, GroupingRules.of(settings));
    }

    /**
     * Groups in the order of the table: those of paths that call themselves marginal last, higher priority first, then more usable paths, then the first
     * path's order.
     */
    static List<PathGroup> group(Collection<PathReport> paths, GroupingRules rules) {
        var policy = rules.inForce(paths);
        return Stream.of(false, true)
                .flatMap(marginal -> split(
                                paths.stream()
                                        .filter(path ->
                                                marginal == path.grouping().marginal())
                                        .toList(),
                                policy)
                        .map(group -> new PathGroup(group, marginal)))
                .sorted(GROUP_ORDER)
                .map(group -> rules.interleaved() ? interleaved(group) : group)
                .toList();
    }

    /** The policy in force, see {@link GroupingRules#inForce}. */
    public static GroupingPolicy policy(Collection<PathReport> paths, MapSettings settings) {
        return GroupingRules.of(settings).inForce(paths);
    }

    /**
     * The group that I/O should use: not marginal, highest priority among those with a usable path, then most usable
     * paths, then the first. 1-based; 1 when no group is usable, 0 when there is none.
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

    private static Stream<List<PathReport>> split(List<PathReport> paths, GroupingPolicy policy) {
        return switch (policy) {
            case FAILOVER -> paths.stream().map(List::of);
            case MULTIBUS -> by(path -> "", paths);
            case GROUP_BY_SERIAL -> by(path -> path.grouping().serial(), paths);
            case GROUP_BY_PRIO -> by(PathReport::priority, paths);
            case GROUP_BY_NODE_NAME -> by(path -> path.grouping().targetNode(), paths);
            case GROUP_BY_TPG -> by(path -> path.grouping().portGroup(), paths);
        };
    }

    private static <K> Stream<List<PathReport>> by(Function<PathReport, K> key, List<PathReport> paths) {
        var groups = new LinkedHashMap<K, List<PathReport>>();
        for (var path : paths) {
            groups.computeIfAbsent(key.apply(path), first -> new ArrayList<>()).add(path);
        }
        return groups.values().stream();
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
        return new PathGroup(paths, group.marginal());
    }
}
