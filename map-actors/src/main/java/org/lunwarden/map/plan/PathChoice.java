package org.lunwarden.map.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.lunwarden.map.group.PathGroup;
import org.lunwarden.model.DevT;
import org.lunwarden.model.PathState;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.UnitProof;
import org.lunwarden.model.settings.AutoResize;

/**
 * Which of a map's paths go into its table, and with what size.
 *
 * <p>The kernel uses every path of a table that is loaded, until it is told otherwise. So a path comes in only once it has
 * proven to be the logical unit that it was taken for, and one that is another unit is in no table that we load.
 *
 * @param left paths of the kernel's table that are not loaded again: alone they are no reason to load, since the kernel
 *     holds them for failed
 * @param sizeSectors size of the map; 0 when no path is taken
 * @param rejected a sentence for each path that is left out because of its size, and for a size that the map does not take
 */
record PathChoice(List<PathReport> paths, List<DevT> left, long sizeSectors, List<String> rejected) {

    /** A new path must be open to the kernel: it does not load a table with a disk that is offline or blocked. */
    private static final Set<String> LOADABLE_STATES = Set.of("running", "live");

    /** For a map that is not there: the size most paths have, usable ones first. */
    static PathChoice forNewMap(List<PathReport> all, boolean onlyUsable) {
        var candidates =
                all.stream().filter(path -> isLoadable(path, onlyUsable)).toList();
        var usable = candidates.stream().filter(PathGroup::isUsable).toList();
        return commonSize(usable.isEmpty() ? candidates : usable)
                .map(size -> fitting(candidates, size, path -> path.sizeSectors() == size))
                .orElse(new PathChoice(List.of(), List.of(), 0, List.of()));
    }

    /**
     * For a map that is there: paths in it stay while they are as large as the map, others come in when they are
     * exactly that. It gets another size when all its paths have that one and it may. Where it keeps its size though its
     * paths have outgrown it, a path that returns with the new size comes in all the same, and so does one that is larger
     * when there is no other: the kernel takes a disk that is larger than the map.
     *
     * @param resizing what may become of its size when its paths have another one
     */
    static PathChoice forMap(KernelMap map, Situation situation, AutoResize resizing) {
        var all = situation.paths();
        var members = map.members();
        var candidates = all.stream()
                .filter(path -> members.contains(path.device())
                        ? mayStay(path, map)
                        : isLoadable(path, situation.patience().onlyUsable()))
                .toList();
        var left = all.stream()
                .filter(path -> members.contains(path.device()) && !mayStay(path, map))
                .map(PathReport::device)
                .toList();
        if (map.sizeSectors() == 0) {
            return forNewMap(candidates, situation.patience().onlyUsable());
        }
        var sizes = all.stream()
                .map(PathReport::sizeSectors)
                .filter(size -> size > 0)
                .distinct()
                .toList();
        if (sizes.size() == 1 && resizing.allows(map.sizeSectors(), sizes.getFirst())) {
            return new PathChoice(candidates, left, sizes.getFirst(), List.of());
        }
        var takesLarger = sizes.size() == 1
                || candidates.stream()
                        .filter(PathGroup::isUsable)
                        .noneMatch(path -> fits(path, map, members.contains(path.device())));
        var kept = fitting(
                candidates, map.sizeSectors(), path -> fits(path, map, takesLarger || members.contains(path.device())));
        var outgrown = kept.paths().stream().anyMatch(path -> path.sizeSectors() > map.sizeSectors());
        return outgrown ? kept.leaving(left).rejecting(sizeKept(sizes, map)) : kept.leaving(left);
    }

    private static boolean fits(PathReport path, KernelMap map, boolean mayBeLarger) {
        return path.sizeSectors() == map.sizeSectors() || (mayBeLarger && path.sizeSectors() > map.sizeSectors());
    }

    private static String sizeKept(List<Long> sizes, KernelMap map) {
        return sizes.size() == 1
                ? "all paths have %d sectors, the map keeps its %d (auto_resize)"
                        .formatted(sizes.getFirst(), map.sizeSectors())
                : "paths have %s sectors, the map keeps its %d"
                        .formatted(
                                sizes.stream().sorted().map(String::valueOf).collect(Collectors.joining(", ")),
                                map.sizeSectors());
    }

    private PathChoice rejecting(String reason) {
        return new PathChoice(
                paths,
                left,
                sizeSectors,
                Stream.concat(rejected.stream(), Stream.of(reason)).toList());
    }

    private PathChoice leaving(List<DevT> members) {
        return new PathChoice(paths, members, sizeSectors, rejected);
    }

    /**
     * A path that the kernel uses anyway stays. One that it holds failed may be another unit by now: it stays when it has
     * proven itself since, or when a check has found it down.
     */
    private static boolean mayStay(PathReport path, KernelMap map) {
        var used = map.active(path.device()).orElse(false);
        return switch (path.unit()) {
            case PROVEN -> true;
            case OPEN -> used || isFoundDown(path);
            case UNPROVEN, OVERDUE -> used;
            case ANOTHER -> false;
        };
    }

    /** What an operator failed is down by word, whatever its checks found. */
    private static boolean isFoundDown(PathReport path) {
        return !path.adminFailed() && (path.state() == PathState.DOWN || path.state() == PathState.TIMEOUT);
    }

    private static boolean isLoadable(PathReport path, boolean onlyUsable) {
        return path.unit() == UnitProof.PROVEN
                && (path.state().isUsable()
                        || (!onlyUsable
                                && path.state() != PathState.UNCHECKED
                                && path.state() != PathState.REMOVED
                                && LOADABLE_STATES.contains(path.deviceState())));
    }

    private static PathChoice fitting(List<PathReport> candidates, long size, Function<PathReport, Boolean> fits) {
        var taken = new ArrayList<PathReport>();
        var rejected = new ArrayList<String>();
        for (var path : candidates) {
            if (fits.apply(path)) {
                taken.add(path);
            } else {
                rejected.add("path %s (%s) has %d sectors, the map has %d"
                        .formatted(path.name(), path.device(), path.sizeSectors(), size));
            }
        }
        return new PathChoice(List.copyOf(taken), List.of(), taken.isEmpty() ? 0 : size, List.copyOf(rejected));
    }

    private static Optional<Long> commonSize(List<PathReport> paths) {
        var counts = paths.stream().collect(Collectors.groupingBy(PathReport::sizeSectors, Collectors.counting()));
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey() > 0)
                .max(Map.Entry.<Long, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey);
    }
}
