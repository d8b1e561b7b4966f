package org.lunwarden.map.failback;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.lunwarden.map.group.Grouping;
import org.lunwarden.map.group.PathGroup;
import org.lunwarden.model.DevT;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.Failback;

/**
 * Follows {@code failback}: when a map is moved to its best group. Pure; time is the host's uptime.
 *
 * @param switchAt end of a deferred failback's wait; empty when none runs
 * @param returned paths that became usable since the last decision
 */
public record FailbackWatch(Optional<Duration> switchAt, Set<DevT> returned) {

    public static final FailbackWatch CALM = new FailbackWatch(Optional.empty(), Set.of());

    /** The reference counts whole seconds and acts on the one after the last. */
    private static final Duration LAST_TICK = Duration.ofSeconds(1);

    public FailbackWatch {
        returned = Set.copyOf(returned);
    }

    /** Why a map stays or moves. */
    public enum Reason {
        /** It uses its best group, or has no other. */
        AT_HOME,
        /** The kernel has chosen no group. */
        NONE_CHOSEN,
        /** No path of any group works. */
        NONE_USABLE,
        /** An operator is to move it. */
        MANUAL,
        /** Its best group did not come to life by the path that returned. */
        NOT_FIRST,
        WAITS,
        MOVES
    }

    /** @param switchTo 1-based group to switch to, or the one in use whose place is not the first; 0 to stay */
    public record Decision(FailbackWatch next, int switchTo, Reason reason) {}

    /** A path became usable: a wait that runs starts anew. */
    public FailbackWatch pathReturned(DevT path, Failback policy, Duration now) {
        var all = new HashSet<>(returned);
        all.add(path);
        return policy instanceof Failback.Deferred(var delay) && switchAt.isPresent()
                ? new FailbackWatch(Optional.of(end(now, delay)), all)
                : new FailbackWatch(switchAt, all);
    }

    /** A path became unusable: a wait that runs is given up. */
    public FailbackWatch pathFailed(DevT path) {
        var others = new HashSet<>(returned);
        others.remove(path);
        return new FailbackWatch(Optional.empty(), others);
    }

    /**
     * What to do at {@code now}. An immediate failback goes to the first group also when no group is usable; groups that
     * are out of order are put in order by it at once, and by the others when they would move the map.
     *
     * @param groups in the kernel's order
     * @param inOrder whether that is the order in which they are to be used
     * @param nextGroup 1-based group that the kernel uses next; 0 when it has chosen none
     */
    public Decision decide(Failback policy, List<PathGroup> groups, boolean inOrder, int nextGroup, Duration now) {
        var best = Grouping.best(groups);
        var atHome = best == nextGroup && (inOrder || policy instanceof Failback.Immediate);
        if (groups.size() < 2 || atHome || nextGroup == 0) {
            return stay(CALM, nextGroup == 0 ? Reason.NONE_CHOSEN : Reason.AT_HOME);
        }
        if (groups.get(best - 1).usablePaths() == 0 && !(policy instanceof Failback.Immediate)) {
            return stay(CALM, Reason.NONE_USABLE);
        }
        return switch (policy) {
            case Failback.Manual() -> stay(CALM, best == nextGroup ? Reason.AT_HOME : Reason.MANUAL);
            case Failback.Immediate() -> move(best);
            case Failback.Followover() ->
                followsOver(groups.get(best - 1))
                        ? move(best)
                        : stay(CALM, best == nextGroup ? Reason.AT_HOME : Reason.NOT_FIRST);
            case Failback.Deferred(var delay) -> {
                var end = switchAt.orElse(end(now, delay));
                yield now.compareTo(end) < 0
                        ? stay(new FailbackWatch(Optional.of(end), Set.of()), Reason.WAITS)
                        : move(best);
            }
        };
    }

    /** Whether the group came to life by the path that returned: all its other paths are known to be dead. */
    private boolean followsOver(PathGroup best) {
        return best.paths().stream().anyMatch(path -> returned.contains(path.device()))
                && best.usablePaths() == 1
                && best.paths().stream()
                        .filter(path -> !PathGroup.isUsable(path))
                        .allMatch(FailbackWatch::isDead);
    }

    private static boolean isDead(PathReport path) {
        return path.adminFailed()
                || switch (path.state()) {
                    case DOWN, SHAKY, REMOVED, DISCONNECTED -> true;
                    case WILD, UNCHECKED, UP, GHOST, PENDING, TIMEOUT, DELAYED -> false;
                };
    }

    private static Duration end(Duration now, Duration delay) {
        return now.plus(delay).plus(LAST_TICK);
    }

    private static Decision stay(FailbackWatch next, Reason reason) {
        return new Decision(next, 0, reason);
    }

    private static Decision move(int best) {
        return new Decision(CALM, best, Reason.MOVES);
    }
}
