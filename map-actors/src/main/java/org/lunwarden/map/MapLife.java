package org.lunwarden.map;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.lunwarden.io.IoResult.Refused;
import org.lunwarden.map.failback.FailbackWatch;
import org.lunwarden.map.group.Grouping;
import org.lunwarden.map.group.PathGroup;
import org.lunwarden.map.plan.KernelMap;
import org.lunwarden.map.plan.KernelView;
import org.lunwarden.map.plan.MapAction;
import org.lunwarden.map.plan.MapPlan;
import org.lunwarden.map.plan.Situation;
import org.lunwarden.map.queueing.NoPathWatch;
import org.lunwarden.model.DevT;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.MapSettings;

/**
 * A map's life: what is known of it, and what follows. No clock, no kernel, no actor: time is a parameter, the kernel is
 * what {@link #kernelIs} says, and {@link #next} gives the one action to do.
 */
final class MapLife {

    /** How long the set of paths waits for those that have not spoken, once one is usable. */
    static final Duration SETTLE = Duration.ofSeconds(2);
    /** How long priorities must be quiet before groups follow them: an array moves its ports one by one. */
    static final Duration REGROUP = Duration.ofSeconds(1);
    /** The kernel is looked at this often even when nobody tells of a change. */
    static final Duration LOOK_AGAIN = Duration.ofSeconds(60);

    private final Wwid wwid;
    private MapSettings settings;
    /** In the order of their discovery, which is that of groups of equal standing. */
    private final Map<DevT, PathReport> paths = new LinkedHashMap<>();

    private final Map<DevT, PathReport> gone = new TreeMap<>();
    private Optional<KernelView> kernel = Optional.empty();
    private NoPathWatch noPath = NoPathWatch.CALM;
    private FailbackWatch failback = FailbackWatch.CALM;
    private final KernelFailures kernelFailures = new KernelFailures();
    private final Attempts attempts = new Attempts();
    private Optional<Duration> settleBy = Optional.empty();
    private Optional<Duration> regroupAt = Optional.of(Duration.ZERO);
    private Duration lookAt = Duration.ZERO;
    private boolean moved;
    private boolean removedByOthers;
    private boolean mayResume = true;
    private boolean hadPaths;
    private boolean pathless;
    private boolean disksUnread;

    MapLife(Wwid wwid, MapSettings settings) {
        this.wwid = wwid;
        this.settings = settings;
    }

    /** What a read of the kernel brought to light. */
    record Seen(List<DevT> failedByKernel, boolean vanished) {}

    void pathIs(PathReport report, Duration now) {
        var before = Optional.ofNullable(paths.put(report.device(), report));
        gone.remove(report.device());
        hadPaths = true;
        pathless = false;
        if (before.isEmpty()) {
            removedByOthers = false;
            settleBy = Optional.empty();
            attempts.pathCame();
        }
        var usable = PathGroup.isUsable(report);
        var wasUsable = before.filter(PathGroup::isUsable).isPresent();
        if (usable) {
            kernelFailures.pathIsGood(report.device(), now);
        } else if (report.state() == PathState.DOWN || report.state() == PathState.TIMEOUT) {
            kernelFailures.checkAgrees(report.device());
        }
        if (usable && !wasUsable) {
            failback = failback.pathReturned(report.device(), settings.failback(), now);
        } else if (!usable && wasUsable) {
            failback = failback.pathFailed(report.device());
        }
        if (settleBy.isEmpty() && (usable || unchecked() == 0)) {
            settleBy = Optional.of(now.plus(SETTLE));
        }
        if (before.filter(old -> asksForNewGroups(old, report)).isPresent()) {
            regroupAt = Optional.of(now.plus(REGROUP));
        }
        attempts.pathSpoke();
    }

    void pathGone(DevT path) {
        Optional.ofNullable(paths.remove(path)).ifPresent(last -> gone.put(path, last.with(PathState.REMOVED)));
        kernelFailures.pathGone(path);
        failback = failback.pathFailed(path);
    }

    /** The host was looked at, and no path of this map is there. */
    void noPathFound() {
        pathless = paths.isEmpty();
    }

    /** Whether a path in the kernel's table that nobody has told of may be a disk that could not be looked at. */
    void disksUnread(boolean some) {
        disksUnread = some;
    }

    void settingsAre(MapSettings newSettings, Duration now) {
        settings = newSettings;
        attempts.settingsChanged();
        removedByOthers = false;
        noPath = NoPathWatch.CALM;
        failback = FailbackWatch.CALM;
        regroupAt = Optional.of(now);
    }

    /** Something moved in the kernel: look before the next act. */
    void kernelMoved() {
        moved = true;
    }

    /** Takes in what the kernel has after {@code done}, which was refused or not. */
    Seen kernelIs(KernelView view, MapAction done, Optional<Refused<?>> refusal, Duration now) {
        var before = kernelMap();
        kernel = Optional.of(view);
        lookAt = now.plus(view instanceof KernelView.Unreadable ? Backoff.FIRST : LOOK_AGAIN);
        var after = kernelMap();
        var load = refusal.isPresent()
                ? attempts.refused(done, after, anyUsable(), now)
                : attempts.accepted(done, after, before.equals(after), anyUsable(), now);
        switch (load) {
            case NONE -> {}
            case REFUSED -> mayResume = true;
            case TAKEN -> {
                settleBy = unchecked() == 0 ? Optional.empty() : settleBy;
                regroupAt = regroupAt.filter(due -> due.compareTo(now) > 0);
            }
        }
        if (!(view instanceof KernelView.Unreadable)) {
            gone.keySet()
                    .removeIf(path -> after.flatMap(map -> map.active(path)).isEmpty());
        }
        if (settleBy.isEmpty() && hasStrangers()) {
            settleBy = Optional.of(now.plus(SETTLE));
        }
        var failed = kernelFailures.seen(before, after, done, paths.values(), settings.retryInterval(), now);
        mayResume &= after.filter(map -> !map.suspended()).isEmpty();
        var vanished = before.isPresent() && view instanceof KernelView.Absent;
        if (vanished && !(done instanceof MapAction.Remove)) {
            removedByOthers = true;
        }
        return new Seen(failed, vanished);
    }

    /** The one thing to do now. */
    MapAction next(Duration now) {
        if (moved || kernel.isEmpty() || now.compareTo(lookAt) >= 0) {
            moved = false;
            return new MapAction.Look();
        }
        followPaths(now);
        var situation = situation(now);
        var action = MapPlan.decide(situation);
        if (!(action instanceof MapAction.Nothing)) {
            return action;
        }
        if (situation.settled()
                && situation.regroup()
                && !situation.blocked().contains(MapAction.Reload.class)
                && !situation.blocked().contains(MapAction.Resize.class)) {
            regroupAt = Optional.empty();
        }
        return failbackAction(now, situation);
    }

    /** When {@link #next} may say something else than now, without anything being heard. */
    Optional<Duration> wakeAt(Duration now) {
        return Stream.of(
                        Stream.of(lookAt),
                        settleBy.stream(),
                        regroupAt.stream(),
                        noPath.failAt().stream(),
                        failback.switchAt().stream(),
                        kernelFailures.waitUntil(),
                        attempts.waitUntil())
                .flatMap(times -> times)
                .filter(time -> time.compareTo(now) > 0)
                .min(Comparator.naturalOrder());
    }

    Wwid wwid() {
        return wwid;
    }

    MapSettings settings() {
        return settings;
    }

    /** The name to address the map by. */
    String name() {
        return kernelMap().map(KernelMap::name).orElse(wwid.value());
    }

    Optional<KernelMap> kernelMap() {
        return kernel.flatMap(
                view -> view instanceof KernelView.Present(var map) ? Optional.of(map) : Optional.empty());
    }

    /** All paths, those too that are gone but still in the kernel's table. */
    List<PathReport> allPaths() {
        return Stream.concat(paths.values().stream(), gone.values().stream()).toList();
    }

    List<String> rejectedPaths(Duration now) {
        return kernel.isEmpty() ? List.of() : MapPlan.rejectedPaths(situation(now));
    }

    private void followPaths(Duration now) {
        var undecided = (paths.isEmpty() && !pathless)
                || hasUnread()
                || paths.values().stream().anyMatch(PathReport::isUndecided);
        noPath =
                noPath.at(now, settings.noPathRetry(), settings.retryInterval(), anyUsable(), undecided && !forsaken());
    }

    private MapAction failbackAction(Duration now, Situation situation) {
        var map = kernelMap().filter(present -> !present.suspended());
        if (map.isEmpty() || regroupAt.isPresent() || situation.blocked().contains(MapAction.SwitchGroup.class)) {
            return new MapAction.Nothing();
        }
        var decision = failback.decide(
                settings.failback(),
                MapPlan.groups(map.get(), asKernelHolds(map.get())),
                map.get().status().nextGroup(),
                now);
        failback = decision.next();
        return decision.switchTo() == 0 ? new MapAction.Nothing() : new MapAction.SwitchGroup(decision.switchTo());
    }

    /** A path that the kernel has failed draws no I/O back, whatever its last check said. */
    private List<PathReport> asKernelHolds(KernelMap map) {
        return allPaths().stream()
                .map(path -> map.active(path.device()).orElse(true) ? path : path.with(PathState.DOWN))
                .toList();
    }

    private Situation situation(Duration now) {
        return new Situation(
                wwid,
                settings,
                kernel.orElseThrow(),
                List.copyOf(paths.values()),
                List.copyOf(gone.values()),
                forsaken(),
                settled(now),
                regroupAt.filter(due -> now.compareTo(due) >= 0).isPresent(),
                !removedByOthers,
                mayResume,
                noPath.queueing(settings.noPathRetry()),
                attempts.onlyUsable(),
                kernelFailures.waiting(now),
                attempts.tolerated(),
                attempts.waiting(now));
    }

    private boolean anyUsable() {
        return paths.values().stream().anyMatch(PathGroup::isUsable);
    }

    private boolean forsaken() {
        return hadPaths && paths.isEmpty();
    }

    private boolean settled(Duration now) {
        return !paths.isEmpty()
                && !hasUnread()
                && ((unchecked() == 0 && !hasStrangers())
                        || settleBy.filter(due -> now.compareTo(due) >= 0).isPresent());
    }

    /** Whether the kernel's table has a path that nobody has told of. */
    private boolean hasStrangers() {
        return kernelMap().stream()
                .flatMap(map -> map.members().stream())
                .anyMatch(path -> !paths.containsKey(path) && !gone.containsKey(path));
    }

    /** Such a path is awaited without end: a table without it would first have to wait for its I/O. */
    private boolean hasUnread() {
        return disksUnread && hasStrangers();
    }

    private long unchecked() {
        return paths.values().stream()
                .filter(path -> path.state() == PathState.UNCHECKED)
                .count();
    }

    private boolean asksForNewGroups(PathReport before, PathReport after) {
        var changed = !before.priority().equals(after.priority()) || before.aluaPriority() != after.aluaPriority();
        return changed
                && before.state() != PathState.UNCHECKED
                && (!before.priority().isDefined() || settings.failback() instanceof Failback.Immediate);
    }

    /** @return 1-based best group of the kernel's groups; 0 without a map or a group */
    int bestGroup() {
        return kernelMap()
                .map(map -> Grouping.best(MapPlan.groups(map, allPaths())))
                .orElse(0);
    }
}
