package org.lunwarden.map;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.lunwarden.map.failback.FailbackWatch;
import org.lunwarden.map.group.PathGroup;
import org.lunwarden.map.plan.KernelGroups;
import org.lunwarden.map.plan.KernelMap;
import org.lunwarden.map.plan.MapAction;
import org.lunwarden.map.plan.MapPlan;
import org.lunwarden.map.plan.Situation;
import org.lunwarden.model.DevT;
import org.lunwarden.model.PathState;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.Failback;

/** Follows the paths of a map that fail and return, and says when the map is moved to its best group. */
final class Failbacks {

    private FailbackWatch watch = FailbackWatch.CALM;
    /** Paths that were usable and have not failed since: one whose check is under way is neither. */
    private final Set<DevT> working = new HashSet<>();

    /** @return whether it worked and has failed */
    boolean pathIs(PathReport report, Failback policy, Duration now) {
        if (PathGroup.isUsable(report)) {
            isUsed(report.device(), policy, now);
            return false;
        }
        var failed = MapPlan.mustNotBeUsed(report) && working.remove(report.device());
        if (failed) {
            watch = watch.pathFailed(report.device());
        }
        return failed;
    }

    void pathGone(DevT path) {
        working.remove(path);
        watch = watch.pathFailed(path);
    }

    /**
     * Of a path that only the kernel had failed, no report tells that it has returned.
     *
     * @param failed paths that the kernel failed meanwhile
     */
    void kernelDid(MapAction accepted, List<DevT> failed, Collection<PathReport> paths, Failback policy, Duration now) {
        failed.forEach(this::pathGone);
        if (accepted instanceof MapAction.Tell tell) {
            paths.stream()
                    .map(PathReport::device)
                    .filter(path -> tell.reinstates(path) && !failed.contains(path))
                    .forEach(path -> isUsed(path, policy, now));
        }
    }

    private void isUsed(DevT path, Failback policy, Duration now) {
        if (working.add(path)) {
            watch = watch.pathReturned(path, policy, now);
        }
    }

    void settingsChanged() {
        watch = FailbackWatch.CALM;
    }

    /** End of a wait that runs. */
    Optional<Duration> switchAt() {
        return watch.switchAt();
    }

    /**
     * What is to be done while nothing else is. Groups that are out of order are loaded anew, so that the best one is the
     * first.
     *
     * @param hasLooked whether the kernel was looked at just now
     */
    MapAction next(Optional<KernelMap> kernel, Situation situation, KnownPaths paths, boolean hasLooked, Duration now) {
        return kernel.filter(map -> !map.suspended())
                .map(map -> next(map, situation, paths.asHeldBy(map), hasLooked, now))
                .orElseGet(MapAction.Nothing::new);
    }

    private MapAction next(KernelMap map, Situation situation, List<PathReport> held, boolean hasLooked, Duration now) {
        var policy = situation.settings().failback();
        if (isHeldOpen(policy, held)) {
            return new MapAction.Nothing();
        }
        var decision = decide(map, policy, held, now);
        var act = act(decision, map, situation);
        if (act.loadsAnew() && !hasLooked) {
            return new MapAction.Look();
        }
        watch = decision.next();
        return act;
    }

    private FailbackWatch.Decision decide(KernelMap map, Failback policy, List<PathReport> held, Duration now) {
        var groups = KernelGroups.of(map, held);
        return watch.decide(
                policy, groups, KernelGroups.inOrder(groups), map.status().nextGroup(), now);
    }

    private static MapAction act(FailbackWatch.Decision decision, KernelMap map, Situation situation) {
        var to = decision.switchTo();
        return Optional.of(to)
                .filter(group -> group != 0)
                .flatMap(group -> MapPlan.inOrder(map, situation))
                .orElseGet(() -> to == 0 || to == map.status().nextGroup()
                        ? new MapAction.Nothing()
                        : new MapAction.SwitchGroup(to));
    }

    /**
     * What would be decided now, and why, as a sentence.
     *
     * @param awaited before which no map is moved; empty when it may be
     */
    String account(KernelMap map, Situation situation, KnownPaths paths, Optional<String> awaited, Duration now) {
        var policy = situation.settings().failback();
        var held = paths.asHeldBy(map);
        var decision = decide(map, policy, held, now);
        var first = Optional.of("the map to be resumed")
                .filter(why -> map.suspended())
                .or(() -> awaited);
        if (isHeldOpen(policy, held)) {
            return "failback " + word(policy) + ": waits for a check that is under way";
        }
        return "failback " + word(policy) + ": "
                + switch (decision.reason()) {
                    case AT_HOME -> "nothing to do";
                    case NONE_CHOSEN -> "nothing to do while the kernel has chosen no group";
                    case NONE_USABLE -> "nothing to do while no path works";
                    case MANUAL -> "waits for an operator";
                    case NOT_FIRST -> "moves when the first path of the best group comes back";
                    case WAITS, MOVES ->
                        first.map(why -> "waits for " + why).orElseGet(() -> intent(decision, map, situation, now));
                };
    }

    private String intent(FailbackWatch.Decision decision, KernelMap map, Situation situation, Duration now) {
        if (decision.reason() == FailbackWatch.Reason.WAITS) {
            return watch.switchAt()
                    .map(at -> "moves in " + Math.max(0, at.minus(now).toSeconds()) + " s")
                    .orElse("its wait has not begun");
        }
        return switch (act(decision, map, situation)) {
            case MapAction.Nothing nothing -> "nothing to do";
            case MapAction.SwitchGroup(var group) ->
                "moves to group " + group + " as soon as nothing else is to be done";
            case MapAction act -> "its groups are put in order as soon as nothing else is to be done";
        };
    }

    private static String word(Failback failback) {
        return switch (failback) {
            case Failback.Manual() -> "manual";
            case Failback.Immediate() -> "immediate";
            case Failback.Followover() -> "followover";
            case Failback.Deferred(var delay) -> Long.toString(delay.toSeconds());
        };
    }

    /** A wait goes on while a check is under way, and ends with what it tells. */
    private boolean isHeldOpen(Failback policy, List<PathReport> held) {
        return policy instanceof Failback.Deferred
                && held.stream().anyMatch(path -> path.state() == PathState.PENDING && working.contains(path.device()));
    }
}
