package org.lunwarden.map;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.lunwarden.io.IoResult.Refused;
import org.lunwarden.map.failback.FailbackWatch;
import org.lunwarden.map.group.PathGroup;
import org.lunwarden.map.plan.KernelMap;
import org.lunwarden.map.plan.KernelView;
import org.lunwarden.map.plan.LastResort;
import org.lunwarden.map.plan.MapAction;
import org.lunwarden.map.plan.MapPlan;
import org.lunwarden.map.plan.Situation;
import org.lunwarden.map.queueing.NoPathWatch;
import org.lunwarden.model.DevT;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.MapName;
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
    private MapName wantedName;
    private final KnownPaths paths = new KnownPaths();
    private Set<DevT> unreadDisks = Set.of();
    private UnreadPaths unread = UnreadPaths.NONE;
    private Optional<KernelView> kernel = Optional.empty();
    private NoPathWatch noPath = NoPathWatch.CALM;
    private FailbackWatch failback = FailbackWatch.CALM;
    private final KernelFailures kernelFailures = new KernelFailures();
    private final Set<DevT> asked = new HashSet<>();
    private final Attempts attempts = new Attempts();
    private Optional<Duration> settleBy = Optional.empty();
    private Optional<Duration> regroupAt = Optional.of(Duration.ZERO);
    private Duration lookAt = Duration.ZERO;
    private boolean moved;
    /** Since it last came to rest. */
    private boolean looked;

    private boolean removedByOthers;
    private boolean mayResume = true;

    /** Of a map that is called by its WWID. */
    MapLife(Wwid wwid, MapSettings settings) {
        this(wwid, settings, new MapName.Wanted(wwid.value()));
    }

    MapLife(Wwid wwid, MapSettings settings, MapName name) {
        this.wwid = wwid;
        this.settings = settings;
        this.wantedName = name;
    }

    /** What a read of the kernel brought to light. */
    record Seen(List<DevT> failedByKernel, boolean vanished) {}

    void pathIs(PathReport report, Duration now) {
        var before = paths.put(report);
        asked.remove(report.device());
        if (before.isEmpty()) {
            removedByOthers = false;
            settleBy = Optional.empty();
            attempts.pathCame();
        }
        kernelFailures.pathIs(report, before.isEmpty(), kernelMap(), settings.retryInterval(), now);
        var usable = PathGroup.isUsable(report);
        var wasUsable = before.filter(PathGroup::isUsable).isPresent();
        if (usable && !wasUsable) {
            failback = failback.pathReturned(report.device(), settings.failback(), now);
        } else if (!usable && wasUsable) {
            failback = failback.pathFailed(report.device());
        }
        if (settleBy.isEmpty() && (paths.anyUsable() || !paths.anyUnchecked())) {
            settleBy = Optional.of(now.plus(SETTLE));
        }
        if (before.filter(old -> asksForNewGroups(old, report)).isPresent()) {
            regroupAt = Optional.of(now.plus(REGROUP));
        }
        attempts.pathSpoke();
    }

    void pathGone(DevT path) {
        paths.remove(path);
        kernelFailures.pathGone(path);
        failback = failback.pathFailed(path);
    }

    /** The host was looked at, and no path of this map is there. */
    void noPathFound() {
        paths.noneFound();
    }

    /** Those that could not be read and may be paths of this map. */
    void disksUnread(Set<DevT> disks) {
        unreadDisks = Set.copyOf(disks);
    }

    void settingsAre(MapSettings newSettings, Duration now) {
        settings = newSettings;
        attempts.settingsChanged();
        removedByOthers = false;
        noPath = NoPathWatch.CALM;
        failback = FailbackWatch.CALM;
        regroupAt = Optional.of(now);
    }

    void nameIs(MapName name) {
        if (name.equals(wantedName)) {
            return;
        }
        wantedName = name;
        attempts.nameChanged();
        moved = moved || kernel.filter(KernelView.Foreign.class::isInstance).isPresent();
    }

    /** Something moved in the kernel: look before the next act. */
    void kernelMoved() {
        moved = true;
    }

    /** Takes in what the kernel has after {@code done}, which was refused or not. */
    Seen kernelIs(KernelView view, MapAction done, Optional<Refused<?>> refusal, Duration now) {
        var before = kernelMap();
        kernel = Optional.of(view);
        looked = true;
        lookAt = now.plus(view instanceof KernelView.Unreadable ? Backoff.FIRST : LOOK_AGAIN);
        var after = kernelMap();
        var load = refusal.isPresent()
                ? attempts.refused(done, after, paths.anyUsable(), now)
                : attempts.accepted(done, after, before.equals(after), paths.anyUsable(), now);
        switch (load) {
            case NONE -> {}
            case REFUSED -> mayResume = true;
            case TAKEN -> {
                settleBy = paths.anyUnchecked() ? settleBy : Optional.empty();
                regroupAt = regroupAt.filter(due -> due.compareTo(now) > 0);
            }
        }
        if (!(view instanceof KernelView.Unreadable)) {
            paths.forgetGone(after);
        }
        if (settleBy.isEmpty() && !paths.strangers(after).isEmpty()) {
            settleBy = Optional.of(now.plus(SETTLE));
        }
        var accepted = refusal.isEmpty() ? done : new MapAction.Nothing();
        var failed = kernelFailures.seen(before, after, accepted, paths.present(), settings.retryInterval(), now);
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
            // a path that the kernel has failed meanwhile would be used again
            return action.loadsAnew() && !looked ? new MapAction.Look() : action;
        }
        looked = false;
        if (situation.settled()
                && situation.regroup()
                && !situation.blocked().contains(MapAction.Reload.class)
                && !situation.blocked().contains(MapAction.Resize.class)) {
            regroupAt = Optional.empty();
        }
        return failbackAction(now, situation);
    }

    /** Paths that the kernel holds failed and that must prove themselves now, so that they can be reinstated. */
    List<DevT> proofsWanted(Duration now) {
        return kernelMap()
                .filter(map -> !map.suspended() && !attempts.waiting(now).contains(MapAction.Tell.class))
                .map(map -> kernelFailures.ask(map, now))
                .orElse(List.of());
    }

    /** Paths that are held back and are all that is left. Each is told once for each report of it. */
    List<DevT> pathsNeeded(Duration now) {
        if (kernel.isEmpty()) {
            return List.of();
        }
        var judged = kernelFailures.judged(paths.all(), kernelMap(), now);
        return LastResort.of(kernelMap(), judged).stream().filter(asked::add).toList();
    }

    /** When {@link #next} may say something else than now, without anything being heard. */
    Optional<Duration> wakeAt(Duration now) {
        return Stream.of(
                        Stream.of(lookAt),
                        settleBy.stream(),
                        regroupAt.stream(),
                        noPath.failAt().stream(),
                        unread.waitUntil(),
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

    /** The name to address the map by, and the one that it will have when there is none. */
    String name() {
        return kernelMap().map(KernelMap::name).orElseGet(() -> switch (wantedName) {
            case MapName.Unsaid() -> wwid.value();
            case MapName.OfNewMap(var name) -> name;
            case MapName.Wanted(var name) -> name;
        });
    }

    Optional<KernelMap> kernelMap() {
        return kernel.flatMap(
                view -> view instanceof KernelView.Present(var map) ? Optional.of(map) : Optional.empty());
    }

    /** All paths, those too that are gone but still in the kernel's table. */
    List<PathReport> allPaths() {
        return paths.all();
    }

    List<String> rejectedPaths(Duration now) {
        return kernel.isEmpty() ? List.of() : MapPlan.rejectedPaths(situation(now));
    }

    private void followPaths(Duration now) {
        var strangers = new HashSet<>(paths.strangers(kernelMap()));
        strangers.retainAll(unreadDisks);
        unread = unread.at(now, strangers);
        var hope = new NoPathWatch.Hope(
                paths.anyUsable(),
                paths.anyUndecided()
                        || paths.anyUncheckedIn(kernelMap())
                        || (paths.isUnheardOf() && !unread.areGivenUp(now)),
                usesUnread(unread.awaited(now)));
        noPath = noPath.at(now, settings.noPathRetry(), settings.retryInterval(), hope);
    }

    private boolean usesUnread(Set<DevT> awaited) {
        return kernelMap().stream()
                .anyMatch(map ->
                        awaited.stream().anyMatch(path -> map.active(path).orElse(false)));
    }

    private MapAction failbackAction(Duration now, Situation situation) {
        var map = kernelMap().filter(present -> !present.suspended());
        if (map.isEmpty() || regroupAt.isPresent() || situation.blocked().contains(MapAction.SwitchGroup.class)) {
            return new MapAction.Nothing();
        }
        var decision = failback.decide(
                settings.failback(),
                MapPlan.groups(map.get(), paths.asHeldBy(map.get())),
                map.get().status().nextGroup(),
                now);
        failback = decision.next();
        return decision.switchTo() == 0 ? new MapAction.Nothing() : new MapAction.SwitchGroup(decision.switchTo());
    }

    private Situation situation(Duration now) {
        return new Situation(
                wwid,
                wantedName,
                settings,
                kernel.orElseThrow(),
                kernelFailures.judged(paths.present(), kernelMap(), now),
                paths.gone(),
                unread.all(),
                paths.isForsaken(),
                settled(now),
                regroupAt.filter(due -> now.compareTo(due) >= 0).isPresent(),
                !removedByOthers,
                mayResume,
                settings.upkeep().autoResize(),
                noPath.queueing(settings.noPathRetry()),
                attempts.onlyUsable(),
                attempts.tolerated(),
                attempts.waiting(now));
    }

    private boolean settled(Duration now) {
        return !paths.isEmpty()
                && unread.awaited(now).isEmpty()
                && ((!paths.anyUnchecked() && paths.strangers(kernelMap()).isEmpty())
                        || settleBy.filter(due -> now.compareTo(due) >= 0).isPresent());
    }

    private boolean asksForNewGroups(PathReport before, PathReport after) {
        var changed = !before.priority().equals(after.priority()) || before.aluaPriority() != after.aluaPriority();
        if (before.grouping().marginal() != after.grouping().marginal()) {
            return true;
        }
        return changed
                && before.state() != PathState.UNCHECKED
                && (!before.priority().isDefined() || settings.failback() instanceof Failback.Immediate);
    }
}
