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
        // a wait goes on while a check is under way, and ends with what it tells
        if (policy instanceof Failback.Deferred && isInDoubt(held)) {
            return new MapAction.Nothing();
        }
        var groups = KernelGroups.of(map, held);
        var inUse = map.status().nextGroup();
        var decision = watch.decide(policy, groups, KernelGroups.inOrder(groups), inUse, now);
        var reload = decision.switchTo() == 0 ? Optional.<MapAction>empty() : MapPlan.inOrder(map, situation);
        if (reload.isPresent() && !hasLooked) {
            return new MapAction.Look();
        }
        watch = decision.next();
        return reload.orElseGet(() -> decision.switchTo() == 0 || decision.switchTo() == inUse
                ? new MapAction.Nothing()
                : new MapAction.SwitchGroup(decision.switchTo()));
    }

    private boolean isInDoubt(List<PathReport> held) {
        return held.stream().anyMatch(path -> path.state() == PathState.PENDING && working.contains(path.device()));
    }
}
