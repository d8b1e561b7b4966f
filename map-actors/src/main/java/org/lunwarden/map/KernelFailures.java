package org.lunwarden.map;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.lunwarden.map.group.PathGroup;
import org.lunwarden.map.plan.KernelMap;
import org.lunwarden.map.plan.MapAction;
import org.lunwarden.model.DevT;
import org.lunwarden.model.PathState;
import org.lunwarden.model.map.PathReport;

/**
 * Paths that the kernel gave up though their checks are good. Each proves itself before it is used again; one that fails
 * again and again rests ever longer, and proves itself at the end of its pause: it may have become another unit in it. No
 * path rests for long while the map has no other. All paths of a map that vanished prove themselves before it is made again.
 */
final class KernelFailures {

    /** A proof by which the path could not be reinstated for that long is asked for again. */
    static final Duration PROOF_LASTS = Duration.ofSeconds(5);

    /** Each return of a path that was dropped from the table costs a reload. */
    static final Duration LONGEST_REST = Duration.ofHours(1);

    private final Map<DevT, Failure> failures = new HashMap<>();

    private enum Proof {
        /** It is asked for when the pause is over. */
        DUE,
        /** It was asked for. A report that calls the path good is older than the question. */
        ASKED,
        /** The path knows: the next report that calls it good is the proof. */
        AWAITED,
        GIVEN
    }

    /**
     * @param shortest rest
     * @param since when the proof came to be what it is
     */
    private record Failure(Backoff pause, Duration shortest, Proof proof, Duration since) {

        Failure as(Proof next, Duration now) {
            return new Failure(pause, shortest, next, now);
        }

        Failure goodNews(boolean lastHope, Duration now) {
            if (proof != Proof.AWAITED) {
                return this;
            }
            var rested = new Failure(pause.goodNews(now), shortest, proof, since);
            return rested.as(now.compareTo(rested.restsUntil(lastHope)) < 0 ? Proof.DUE : Proof.GIVEN, now);
        }

        Duration restsUntil(boolean lastHope) {
            var soon = pause.until().minus(pause.length()).plus(shortest);
            return lastHope && soon.compareTo(pause.until()) < 0 ? soon : pause.until();
        }

        boolean isAwaited() {
            return proof != Proof.GIVEN;
        }

        /** @param held whether the kernel has it, and holds it failed */
        boolean isProven(boolean held, Duration now) {
            return proof == Proof.GIVEN && !(held && now.compareTo(since.plus(PROOF_LASTS)) > 0);
        }

        boolean mustBeAsked(boolean held, boolean lastHope, Duration now) {
            return now.compareTo(restsUntil(lastHope)) >= 0
                    && switch (proof) {
                        case DUE -> true;
                        case ASKED -> now.compareTo(askAgainAt()) >= 0;
                        case AWAITED -> false;
                        case GIVEN -> !isProven(held, now);
                    };
        }

        Duration askAgainAt() {
            return since.plus(pause.length());
        }
    }

    /**
     * Takes in what the kernel has now, after an act that was not refused.
     *
     * @return paths that were active, are not any more, and that we would use; those too that were failed before the map
     *     could be read, since nobody has proved them after that. They are to be asked for their proof
     */
    List<DevT> seen(
            Optional<KernelMap> before,
            Optional<KernelMap> after,
            MapAction done,
            Collection<PathReport> paths,
            Duration retryInterval,
            Duration now) {
        if (after.isEmpty()) {
            return List.of();
        }
        var failed = failed(before, after.get(), done, paths);
        for (var path : failed) {
            var first = Backoff.starting(now, retryInterval);
            var pause = Optional.ofNullable(failures.get(path))
                    .map(Failure::pause)
                    .filter(old -> !old.isForgotten(now))
                    .map(old -> old.again(now, LONGEST_REST))
                    .orElse(first);
            failures.put(path, new Failure(pause, retryInterval, Proof.ASKED, now));
        }
        return failed;
    }

    /** The map is no more: what its disks are now, nobody has looked at since. */
    void mapVanished(Collection<PathReport> paths, Duration retryInterval, Duration now) {
        paths.forEach(path -> failures.put(
                path.device(),
                Optional.ofNullable(failures.get(path.device()))
                        .map(known -> known.as(Proof.DUE, now))
                        .orElseGet(() -> due(retryInterval, now))));
    }

    private static Failure due(Duration retryInterval, Duration now) {
        return new Failure(new Backoff(now, retryInterval, false), retryInterval, Proof.DUE, now);
    }

    private List<DevT> failed(
            Optional<KernelMap> before, KernelMap after, MapAction done, Collection<PathReport> paths) {
        var made = madeActive(done);
        var failed = new ArrayList<DevT>();
        for (var path : paths) {
            var device = path.device();
            var was =
                    before.map(map -> map.active(device).orElse(false)).orElseGet(() -> !failures.containsKey(device));
            var used = was || made.contains(device) || (done instanceof MapAction.Tell tell && tell.reinstates(device));
            var is = after.active(device).orElse(true);
            if (used && !is && PathGroup.isUsable(path) && !done.fails(device)) {
                failed.add(device);
            }
        }
        return failed;
    }

    /** A table that was loaded makes all its paths active; one that is failed when it is read was failed in between. */
    private static Set<DevT> madeActive(MapAction done) {
        return switch (done) {
            case MapAction.Create(var wanted, var name) -> wanted.table().devices();
            case MapAction.Reload(var wanted, var why) -> wanted.table().devices();
            case MapAction.Resize(var wanted, var from) -> wanted.table().devices();
            default -> Set.of();
        };
    }

    /**
     * A path's word. When a check fails, too, the kernel was right, and once it is good again there is nothing to doubt.
     *
     * @param isFirst nothing was heard of it before: when it is in use, its proof may be as old as that
     * @param kernel what the kernel has
     * @param lastHope whether the kernel uses no path that is good
     */
    void pathIs(
            PathReport path,
            boolean isFirst,
            Optional<KernelMap> kernel,
            boolean lastHope,
            Duration retryInterval,
            Duration now) {
        if (!PathGroup.isUsable(path)) {
            if (path.state() == PathState.DOWN || path.state() == PathState.TIMEOUT) {
                failures.remove(path.device());
            } else {
                failures.computeIfPresent(path.device(), (same, failure) -> failure.as(Proof.AWAITED, now));
            }
        } else if (isFirst && kernel.isPresent() && isHeld(path.device(), kernel)) {
            failures.put(path.device(), due(retryInterval, now));
        } else {
            failures.computeIfPresent(path.device(), (same, failure) -> failure.goodNews(lastHope, now));
        }
    }

    void proofIsStale(DevT path, Duration retryInterval, Duration now) {
        var pause = Optional.ofNullable(failures.get(path))
                .map(Failure::pause)
                .orElse(new Backoff(now, retryInterval, false));
        failures.put(path, new Failure(pause, retryInterval, Proof.DUE, now));
    }

    void pathGone(DevT path) {
        failures.remove(path);
    }

    /** Paths that are to be asked for their proof now, since their pause is over. They count as asked. */
    List<DevT> ask(Optional<KernelMap> kernel, boolean lastHope, Duration now) {
        var asked = failures.entrySet().stream()
                .filter(entry -> !isUsed(entry.getKey(), kernel))
                .filter(entry -> entry.getValue().mustBeAsked(isHeld(entry.getKey(), kernel), lastHope, now))
                .map(Map.Entry::getKey)
                .toList();
        asked.forEach(path -> failures.computeIfPresent(path, (same, failure) -> failure.as(Proof.ASKED, now)));
        return asked;
    }

    /** The paths as they may be counted on: one that owes its proof is in doubt, however good its last check was. */
    List<PathReport> judged(List<PathReport> paths, Optional<KernelMap> kernel, Duration now) {
        return paths.stream()
                .map(path -> PathGroup.isUsable(path) && owesProof(path.device(), kernel, now) ? path.inDoubt() : path)
                .toList();
    }

    /** Whether paths were asked for their proof, so shortly ago that they had no time to give it. */
    boolean areAsked(Duration now) {
        return failures.values().stream()
                .anyMatch(failure ->
                        failure.isAwaited() && now.compareTo(failure.since().plus(Settling.PATIENCE)) < 0);
    }

    Stream<Duration> waitUntil(boolean lastHope) {
        return failures.values().stream()
                .flatMap(failure -> Stream.of(
                                Stream.of(failure.restsUntil(lastHope)),
                                Stream.of(failure.askAgainAt()).filter(time -> failure.proof() == Proof.ASKED),
                                Stream.of(failure.since().plus(Settling.PATIENCE))
                                        .filter(time -> failure.isAwaited()))
                        .flatMap(times -> times));
    }

    private boolean owesProof(DevT path, Optional<KernelMap> kernel, Duration now) {
        return Optional.ofNullable(failures.get(path))
                        .filter(failure -> !failure.isProven(isHeld(path, kernel), now))
                        .isPresent()
                && !isUsed(path, kernel);
    }

    private static boolean isUsed(DevT path, Optional<KernelMap> kernel) {
        return kernel.flatMap(map -> map.active(path)).orElse(false);
    }

    /** Whether the kernel would use it at once if it were told to, or if the map were made. */
    private static boolean isHeld(DevT path, Optional<KernelMap> kernel) {
        return kernel.isEmpty()
                || kernel.flatMap(map -> map.active(path))
                        .filter(active -> !active)
                        .isPresent();
    }
}
