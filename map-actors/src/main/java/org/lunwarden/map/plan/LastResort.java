package org.lunwarden.map.plan;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.lunwarden.map.group.PathGroup;
import org.lunwarden.model.DevT;
import org.lunwarden.model.PathState;
import org.lunwarden.model.map.PathReport;

/** Tells when a map has nothing left but paths that are held back. Pure. */
public final class LastResort {

    private LastResort() {}

    /**
     * The paths that are held back, the best first, when the kernel uses no other and none that could be used is left; else none. Of a map
     * that is there, a path that has not come into its table is of no use.
     *
     * @param paths one that the kernel has failed is in doubt until it has proven itself
     */
    public static List<DevT> of(Optional<KernelMap> kernel, List<PathReport> paths) {
        var isLeft = paths.stream()
                        .filter(PathGroup::isUsable)
                        .anyMatch(path -> kernel.map(map -> map.members().contains(path.device()))
                                .orElse(true))
                || kernel.filter(map -> usesAnother(map, paths)).isPresent();
        return isLeft
                ? List.of()
                : paths.stream()
                        .filter(path -> path.state() == PathState.DELAYED && !path.adminFailed())
                        .sorted(Comparator.comparingInt(
                                (PathReport path) -> -path.priority().value()))
                        .map(PathReport::device)
                        .toList();
    }

    /** Whether it uses one that it will not be told to leave. */
    private static boolean usesAnother(KernelMap map, List<PathReport> paths) {
        Map<DevT, PathReport> known = paths.stream().collect(Collectors.toMap(PathReport::device, Function.identity()));
        return map.members().stream()
                .filter(member -> map.active(member).orElse(false))
                .anyMatch(member -> Optional.ofNullable(known.get(member))
                        .filter(KernelMessages::mustNotBeUsed)
                        .isEmpty());
    }
}
