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
import org.lunwarden.map.queueing.Queueing;
import org.lunwarden.model.DevT;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.MapCounters;
import org.lunwarden.model.map.MapName;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.MapSettings;

/**
 * A map's life: what is known of it, and what follows. No clock, no kernel, no actor: time is a parameter, the kernel is
 * what {@link #kernelIs} says, and {@link #next} gives the one action to do.
 */
final class MapLife {

    /** The kernel is looked at this often even when nobody tells of a change. */
    static final Duration LOOK_AGAIN = Duration.ofSeconds(60);

    private final Wwid wwid;
    private MapSettings settings;
    private MapName wantedName;
    private final KnownPaths paths = new KnownPaths();
    private final IoHope hope = new IoHope();
    private Optional<KernelView> kernel = Optional.empty();
    private final Queueing queueing = new Queueing();
    private FailbackWatch failback = FailbackWatch.CALM;
    private final KernelFailures kernelFailures = new KernelFailures();
    private final Set<DevT> asked = new HashSet<>();
    /** Paths that were usable and have not failed since. */
    private final Set<DevT> working = new HashSet<>();

    private final Attempts attempts = new Attempts();
    private final Settling settling = new Settling();
    private final Upkeep upkeep = new Upkeep();
    private final Happenings happenings = new Happenings();
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
            settling.pathCame();
            attempts.pathCame();
        }
        kernelFailures.pathIs(
                report, before.isEmpty(), kernelMap(), paths.noneWorks(kernelMap()), settings.retryInterval(), now);
        if (PathGroup.isUsable(report) && working.add(report.device())) {
            failback = failback.pathReturned(report.device(), settings.failback(), now);
        } else if (MapPlan.mustNotBeUsed(report) && working.remove(report.device())) {
            failback = failback.pathFailed(report.device());
            happenings.pathFailed(report.adminFailed() ? 0 : 1);
        }
        if (before.filter(old -> old.readOnly() != report.readOnly()).isPresent()) {
            attempts.readOnlyMoved();
        }
        settling.pathSpoke(paths, now);
        if (before.filter(old -> asksForNewGroups(old, report)).isPresent()) {
            settling.prioritiesMoved(now);
        }
        attempts.pathSpoke();
    }

    void pathGone(DevT path) {
        paths.remove(path);
        kernelFailures.pathGone(path);
        working.remove(path);
        failback = failback.pathFailed(path);
    }

    /** The host was looked at, and no path of this map is there. */
    void noPathFound() {
        paths.noneFound();
    }

    /** Those that could not be read and may be paths of this map. */
    void disksUnread(Set<DevT> disks) {
        hope.disksUnread(disks);
    }

    void settingsAre(MapSettings newSettings, Duration now) {
        settings = newSettings;
        attempts.settingsChanged();
        upkeep.settingsChanged();
        removedByOthers = false;
        queueing.settingsChanged(now);
        failback = FailbackWatch.CALM;
        settling.regroupNow(now);
    }

    /** I/O without a path fails until {@link #restoreQueueing}. */
    void disableQueueing() {
        queueing.disable();
    }

    void restoreQueueing() {
        queueing.restore();
    }

    void nameIs(MapName name) {
        if (name.equals(wantedName)) {
            return;
        }
        wantedName = name;
        attempts.nameChanged();
        moved = moved || kernel.filter(KernelView.NameTaken.class::isInstance).isPresent();
    }

    /** No device is called so any more. */
    void nameIsFree(String name) {
        if (wantedName instanceof MapName.Wanted(var wanted) && wanted.equals(name)) {
            attempts.nameChanged();
            kernelMoved();
        }
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
        var load = loadBy(done, refusal, before, now);
        switch (load) {
            case NONE -> {}
            case REFUSED -> mayResume = true;
            case TAKEN -> settling.tableLoaded(paths, now);
        }
        if (!(view instanceof KernelView.Unreadable)) {
            paths.forgetGone(after);
        }
        settling.kernelHas(paths.strangers(after), now);
        var accepted = refusal.isEmpty() ? done : new MapAction.Nothing();
        var failed = kernelFailures.seen(before, after, accepted, paths.present(), settings.retryInterval(), now);
        for (var path : failed) {
            failback = failback.pathFailed(path);
            working.remove(path);
        }
        if (accepted instanceof MapAction.Tell tell) {
            paths.present().stream()
                    .map(PathReport::device)
                    .filter(path -> tell.reinstates(path) && !failed.contains(path))
                    .forEach(path -> isUsedAgain(path, now));
        }
        happenings.pathFailed(failed.size());
        happenings.done(accepted);
        upkeep.done(accepted, settings, now);
        mayResume &= after.filter(map -> !map.suspended()).isEmpty();
        var vanished = before.isPresent() && view.lacksIt();
        if (view.lacksIt()) {
            upkeep.mapIsGone();
        }
        if (vanished) {
            kernelFailures.mapVanished(paths.present(), settings.retryInterval(), now);
        }
        var wentWithItsLastClose = before.filter(KernelMap::deferredRemove).isPresent()
                && settings.upkeep().deferredRemove();
        if (vanished && !(done instanceof MapAction.Remove) && !wentWithItsLastClose) {
            removedByOthers = true;
        }
        return new Seen(failed, vanished);
    }

    /** Of a path that only the kernel had failed, no report tells that it has returned. */
    private void isUsedAgain(DevT path, Duration now) {
        if (working.add(path)) {
            failback = failback.pathReturned(path, settings.failback(), now);
        }
    }

    private Attempts.Load loadBy(
            MapAction done, Optional<Refused<?>> refusal, Optional<KernelMap> before, Duration now) {
        var after = kernelMap();
        if (refusal.isEmpty()) {
            return attempts.accepted(done, after, before.equals(after), paths.anyUsable(), now);
        }
        return isRenamed(before, after) ? Attempts.Load.NONE : attempts.refused(done, after, paths.anyUsable(), now);
    }

    /** What was refused was asked of a name that is gone, and is worth another try at once. */
    private static boolean isRenamed(Optional<KernelMap> before, Optional<KernelMap> after) {
        return before.isPresent()
                && after.isPresent()
                && !before.get().name().equals(after.get().name());
    }

    /** The one thing to do now. */
    MapAction next(Duration now) {
        if (moved || kernel.isEmpty() || now.compareTo(lookAt) >= 0) {
            moved = false;
            return new MapAction.Look();
        }
        queueing.follow(now, settings, hope.at(now, paths, kernelMap()));
        var situation = situation(now);
        var action = MapPlan.decide(situation);
        if (!(action instanceof MapAction.Nothing)) {
            // a path that the kernel has failed meanwhile would be used again
            return action.loadsAnew() && !looked ? new MapAction.Look() : action;
        }
        var hasLooked = looked;
        looked = false;
        if (situation.settled()
                && situation.regroup()
                && !situation.blocked().contains(MapAction.Reload.class)
                && !situation.blocked().contains(MapAction.Resize.class)) {
            settling.regrouped();
        }
        return failbackAction(now, situation, hasLooked);
    }

    /** Paths that must prove themselves now, so that the kernel can be told to use them, or that the map can be made. */
    List<DevT> proofsWanted(Duration now) {
        var isAbsent = kernel.filter(KernelView::lacksIt).isPresent();
        var canTell = kernelMap()
                .filter(map -> !map.suspended() && !attempts.waiting(now).contains(MapAction.Tell.class))
                .isPresent();
        return canTell || (isAbsent && !removedByOthers)
                ? kernelFailures.ask(kernelMap(), paths.noneWorks(kernelMap()), now)
                : List.of();
    }

    /** What was to be told came too late: the paths that it would have reinstated prove themselves anew. */
    void proofsAreStale(MapAction.Tell tell, Duration now) {
        paths.present().stream()
                .map(PathReport::device)
                .filter(tell::reinstates)
                .forEach(path -> kernelFailures.proofIsStale(path, settings.retryInterval(), now));
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
                        settling.waitUntil(),
                        queueing.failAt().stream(),
                        upkeep.waitUntil().stream(),
                        hope.waitUntil(),
                        failback.switchAt().stream(),
                        kernelFailures.waitUntil(paths.noneWorks(kernelMap())),
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

    /** @param underWay what is being done, if anything is */
    MapAccount account(Optional<MapAction> underWay, Duration now) {
        return kernel.isEmpty()
                ? new MapAccount(List.of("the kernel has not been asked about it yet"))
                : MapAccount.of(
                        situation(now),
                        new MapAccount.Circumstances(
                                underWay, removedByOthers, failback, queueing.failAt(), hope.awaitsDisks(now)),
                        now);
    }

    MapCounters counters(Duration now) {
        return happenings.counters(queueing, now);
    }

    List<String> rejectedPaths(Duration now) {
        return kernel.isEmpty() ? List.of() : MapPlan.rejectedPaths(situation(now));
    }

    private MapAction failbackAction(Duration now, Situation situation, boolean hasLooked) {
        var map = kernelMap().filter(present -> !present.suspended());
        if (map.isEmpty() || settling.awaitsRegroup() || situation.blocked().contains(MapAction.SwitchGroup.class)) {
            return new MapAction.Nothing();
        }
        // a wait goes on while a check is under way, and ends with what it tells
        if (settings.failback() instanceof Failback.Deferred
                && paths.present().stream()
                        .anyMatch(path -> path.state() == PathState.PENDING && working.contains(path.device()))) {
            return new MapAction.Nothing();
        }
        var decision = failback.decide(
                settings.failback(),
                MapPlan.groups(map.get(), paths.asHeldBy(map.get())),
                map.get().status().nextGroup(),
                now);
        var reload = decision.switchTo() == 0 ? Optional.<MapAction>empty() : MapPlan.inOrder(map.get(), situation);
        if (reload.isPresent() && !hasLooked) {
            return new MapAction.Look();
        }
        failback = decision.next();
        return reload.orElseGet(() ->
                decision.switchTo() == 0 ? new MapAction.Nothing() : new MapAction.SwitchGroup(decision.switchTo()));
    }

    Situation situation(Duration now) {
        return new Situation(
                wwid,
                wantedName,
                settings,
                kernel.orElseThrow(),
                kernelFailures.judged(paths.present(), kernelMap(), now),
                paths.gone(),
                hope.unread(),
                paths.isForsaken(),
                settled(now),
                settling.isRegroupDue(now),
                upkeep.announcement(settings, paths, kernelMap(), now),
                !removedByOthers,
                mayResume,
                queueing(),
                upkeep.isReassignDue(settings),
                attempts.onlyUsable(),
                attempts.tolerated(),
                attempts.waiting(now));
    }

    private boolean queueing() {
        return !Upkeep.goesThoughOpen(settings, paths, hope) && queueing.wanted(settings.noPathRetry());
    }

    private boolean settled(Duration now) {
        return !paths.isEmpty()
                && !hope.awaitsDisks(now)
                && !(kernelMap().isEmpty() && kernelFailures.areAsked(now))
                && settling.isSettled(paths, kernelMap(), now);
    }

    private boolean asksForNewGroups(PathReport before, PathReport after) {
        var changed = !before.priority().equals(after.priority()) || before.aluaPriority() != after.aluaPriority();
        if (before.grouping().marginal() != after.grouping().marginal()
                || before.grouping().portGroup() != after.grouping().portGroup()) {
            return true;
        }
        return changed
                && before.state() != PathState.UNCHECKED
                && (!before.priority().isDefined() || settings.failback() instanceof Failback.Immediate);
    }
}
