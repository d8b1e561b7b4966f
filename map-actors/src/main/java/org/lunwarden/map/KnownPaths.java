package org.lunwarden.map;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.lunwarden.map.group.PathGroup;
import org.lunwarden.map.plan.KernelMap;
import org.lunwarden.model.DevT;
import org.lunwarden.model.PathState;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.UnitProof;

/** The paths of a map that somebody has told of: those that are there, and those that are gone but may be in its table. */
final class KnownPaths {

    /** In the order of their discovery, which is that of groups of equal standing. */
    private final Map<DevT, PathReport> present = new LinkedHashMap<>();

    private final Map<DevT, PathReport> gone = new TreeMap<>();
    private boolean had;
    private boolean noneFound;

    /** @return the report before it */
    Optional<PathReport> put(PathReport report) {
        had = true;
        noneFound = false;
        gone.remove(report.device());
        return Optional.ofNullable(present.put(report.device(), report));
    }

    void remove(DevT path) {
        Optional.ofNullable(present.remove(path)).ifPresent(last -> gone.put(path, last.with(PathState.REMOVED)));
    }

    /** Nobody has told of it as a path, and it is none. */
    void isAnother(PathReport report) {
        if (!present.containsKey(report.device())) {
            gone.put(report.device(), report.with(PathState.REMOVED));
        }
    }

    /** The host was looked at, and no path of the map is there. */
    void noneFound() {
        noneFound = present.isEmpty();
    }

    /** Those that are gone and not in that table any more need not be told to the kernel. */
    void forgetGone(Optional<KernelMap> kernel) {
        gone.keySet().removeIf(path -> kernel.flatMap(map -> map.active(path)).isEmpty());
    }

    List<PathReport> present() {
        return List.copyOf(present.values());
    }

    List<PathReport> gone() {
        return List.copyOf(gone.values());
    }

    List<PathReport> all() {
        return Stream.concat(present.values().stream(), gone.values().stream()).toList();
    }

    /** A path that the kernel has failed draws no I/O back, whatever its last check said. */
    List<PathReport> asHeldBy(KernelMap map) {
        return all().stream()
                .map(path -> map.active(path.device()).orElse(true) ? path : path.with(PathState.DOWN))
                .toList();
    }

    boolean isEmpty() {
        return present.isEmpty();
    }

    /** Whether nobody knows yet if the map has paths. */
    boolean isUnheardOf() {
        return present.isEmpty() && !had && !noneFound;
    }

    /** Whether there were some, and the last is lost. */
    boolean isForsaken() {
        return present.isEmpty() && had;
    }

    boolean anyUsable() {
        return present.values().stream().anyMatch(PathGroup::isUsable);
    }

    /** Whether a path of the kernel's table is usable, be it a passive one that is not told to the kernel yet; without a map, any path. */
    boolean anyUsableIn(Optional<KernelMap> kernel) {
        return present.values().stream()
                .filter(PathGroup::isUsable)
                .anyMatch(path ->
                        kernel.map(map -> map.members().contains(path.device())).orElse(true));
    }

    /** Whether every usable path is passive, and there is one. */
    boolean onlyGhosts() {
        return anyUsable()
                && present.values().stream()
                        .filter(PathGroup::isUsable)
                        .allMatch(path -> path.state() == PathState.GHOST);
    }

    /** Whether the kernel uses no path whose check is good. */
    boolean noneWorks(Optional<KernelMap> kernel) {
        return present.values().stream()
                .filter(PathGroup::isUsable)
                .noneMatch(
                        path -> kernel.flatMap(map -> map.active(path.device())).orElse(false));
    }

    /** Whether a path's first check is still awaited; one that is overdue is not. */
    boolean anyUnchecked() {
        return present.values().stream()
                .anyMatch(path -> path.state() == PathState.UNCHECKED && path.unit() != UnitProof.OVERDUE);
    }

    /** Whether the kernel uses a path that was never checked, however long that takes: it fails itself what it cannot use. */
    boolean anyUncheckedIn(Optional<KernelMap> kernel) {
        return present.values().stream()
                .filter(path -> path.state() == PathState.UNCHECKED)
                .anyMatch(
                        path -> kernel.flatMap(map -> map.active(path.device())).orElse(false));
    }

    /** Whether a check has not told yet, or a path is held back that will be used when nothing else is left. */
    boolean anyUndecided() {
        return present.values().stream()
                .anyMatch(path -> path.isUndecided() || (path.state() == PathState.DELAYED && !path.adminFailed()));
    }

    /** The paths of the kernel's table that nobody has told of. */
    Set<DevT> strangers(Optional<KernelMap> kernel) {
        return kernel.stream()
                .flatMap(map -> map.members().stream())
                .filter(path -> !present.containsKey(path) && !gone.containsKey(path))
                .collect(Collectors.toUnmodifiableSet());
    }
}
