package org.lunwarden.map;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.lunwarden.io.DeviceMapper.Readiness;
import org.lunwarden.io.IoResult.Refused;
import org.lunwarden.map.plan.KernelMap;
import org.lunwarden.map.plan.KernelView;
import org.lunwarden.map.plan.LastResort;
import org.lunwarden.map.plan.MapAction;
import org.lunwarden.map.plan.MapPlan;
import org.lunwarden.map.plan.Patience;
import org.lunwarden.map.plan.Situation;
import org.lunwarden.map.queueing.Queueing;
import org.lunwarden.model.DevT;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.MapCounters;
import org.lunwarden.model.map.MapName;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.MapSettings;

/**
 * A map's life: what is known of it, and what follows. No clock, no kernel, no actor: time is a parameter, the kernel is
 * what {@link #kernelIs} says, and {@link #next} gives the one action to do.
 */
final class MapLife {

    private final Wwid wwid;
    private MapSettings settings;
    private MapName wantedName;
    private final KnownPaths paths = new KnownPaths();
    private final IoHope hope = new IoHope();
    private final KernelSight kernel = new KernelSight();
    private final Queueing queueing = new Queueing();
    private final Failbacks failbacks = new Failbacks();
    private final KernelFailures kernelFailures = new KernelFailures();
    private final LastHope lastHope = new LastHope();

    private final Attempts attempts = new Attempts();
    private final Settling settling = new Settling();
    private final Upkeep upkeep = new Upkeep();
    private final Happenings happenings = new Happenings();
    private final Presence presence = new Presence();

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
        lastHope.pathSpoke(report.device());
        if (before.isEmpty()) {
            presence.pathCame();
            settling.pathCame(now);
            attempts.pathCame();
        }
        kernelFailures.pathIs(
                report, before.isEmpty(), kernelMap(), paths.noneWorks(kernelMap()), settings.retryInterval(), now);
        if (failbacks.pathIs(report, settings.failback(), now)) {
            happenings.pathFailed(report.adminFailed() ? 0 : 1);
        }
        if (before.filter(old -> old.readOnly() != report.readOnly()).isPresent()) {
            attempts.readOnlyMoved();
        }
        settling.pathSpoke(paths, kernelMap().isEmpty(), now);
        before.ifPresent(old -> settling.pathChanged(old, report, settings, now));
        attempts.pathSpoke();
    }

    void pathGone(DevT path) {
        paths.remove(path);
        kernelFailures.pathGone(path);
        failbacks.pathGone(path);
        upkeep.stacked().pathGone(path);
    }

    void pathIsAnother(PathReport report) {
        paths.isAnother(report);
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
        presence.settingsChanged();
        queueing.settingsChanged(now);
        failbacks.settingsChanged();
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
        if (kernel.nameIsTaken()) {
            kernelMoved();
        }
    }

    /** No device is called so any more: a try at the map that failed and was cleared away is none that kept the name from it. */
    void nameIsFree(String name) {
        var isElsewhere = kernel.nameIsTaken()
                || kernelMap().filter(map -> !map.name().equals(name)).isPresent();
        if (isElsewhere && wantedName instanceof MapName.Wanted(var wanted) && wanted.equals(name)) {
            attempts.nameChanged();
            kernelMoved();
        }
    }

    /** Something moved in the kernel: look before the next act. */
    void kernelMoved() {
        kernel.moved();
    }

    /** The kernel told of an event of that number: look, unless what was seen shows it. */
    void kernelMoved(DevT device, long event, boolean anew) {
        kernel.moved(device, event, anew);
    }

    /** The kernel told of an event of a device that may be this map. */
    boolean kernelMayHaveMoved(DevT device, long event, boolean anew) {
        return kernel.mayHaveMoved(device, event, anew);
    }

    /** Takes in what the kernel has after {@code done}, which was refused or not. */
    Seen kernelIs(KernelView view, MapAction done, Optional<Refused<?>> refusal, Duration now) {
        var before = kernelMap();
        kernel.is(view, now);
        var after = kernelMap();
        switch (attempts.ended(
                done,
                refusal.isPresent(),
                before,
                after,
                paths.anyUsable(),
                settings.upkeep().removeRetries(),
                now)) {
            case NONE -> {}
            case REFUSED -> presence.loadRefused();
            case TAKEN -> settling.tableLoaded(paths, now);
        }
        if (!(view instanceof KernelView.Unreadable)) {
            paths.forgetGone(after);
        }
        settling.kernelHas(paths.strangers(after), now);
        var accepted = refusal.isEmpty() ? done : new MapAction.Nothing();
        var failed = kernelFailures.seen(before, after, accepted, paths.present(), settings.retryInterval(), now);
        failbacks.kernelDid(accepted, failed, paths.present(), settings.failback(), now);
        happenings.pathFailed(failed.size());
        happenings.done(accepted);
        upkeep.done(accepted, settings, now);
        var vanished = presence.seen(before, view, done, settings);
        if (view.lacksIt()) {
            upkeep.mapIsGone();
            attempts.mapIsGone();
        }
        if (vanished) {
            kernelFailures.mapVanished(paths.present(), settings.retryInterval(), now);
        }
        return new Seen(failed, vanished);
    }

    /** What udev's rules made of the map, as a look found it. */
    void udevHas(Readiness readiness, Duration now) {
        upkeep.udevHas(readiness, settings, paths, kernelMap(), now);
    }

    void reassignBegun(MapAction.Reassign reassign) {
        upkeep.stacked().begun(reassign);
    }

    /** @param done whether all was moved that could be */
    void reassignEnded(MapAction.Reassign reassign, boolean done, Duration now) {
        upkeep.stacked().ended(done);
        attempts.reassigned(reassign, done, now);
    }

    /** The one thing to do now. */
    MapAction next(Duration now) {
        if (kernel.asksForALook(now)) {
            return new MapAction.Look();
        }
        queueing.follow(
                now, settings, hope.at(now, paths, kernelMap(), () -> MapPlan.mayJoin(situation(now))), keepsIo());
        var situation = situation(now);
        var action = MapPlan.decide(situation);
        if (!(action instanceof MapAction.Nothing)) {
            // a path that the kernel has failed meanwhile would be used again
            return action.loadsAnew() && !kernel.isFresh() ? new MapAction.Look() : action;
        }
        var hasLooked = kernel.rests();
        if (situation.patience().letsRegroup()) {
            settling.regrouped();
        }
        return awaitedByFailback(situation).isPresent()
                ? new MapAction.Nothing()
                : failbacks.next(kernelMap(), situation, paths, hasLooked, now);
    }

    private Optional<String> awaitedByFailback(Situation situation) {
        if (settling.awaitsRegroup() && !situation.patience().letsRegroup()) {
            return Optional.of("its groups to follow priorities that moved");
        }
        return Optional.of("another try at the switch that was refused")
                .filter(why -> situation.patience().blocked().contains(MapAction.SwitchGroup.class));
    }

    /** Paths that must prove themselves now, so that the kernel can be told to use them, or that the map can be made. */
    List<DevT> proofsWanted(Duration now) {
        var canTell = kernelMap()
                .filter(map -> !map.suspended() && !attempts.waiting(now).contains(MapAction.Tell.class))
                .isPresent();
        return canTell || (kernel.lacksIt() && presence.mayCreate())
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

    /** A path that is held back and is wanted now, since such paths are all that is left. */
    Optional<DevT> pathNeeded(Duration now) {
        if (kernel.isUnknown()) {
            return Optional.empty();
        }
        var judged = kernelFailures.judged(paths.all(), kernelMap(), now);
        return lastHope.next(LastResort.of(kernelMap(), judged), paths.all(), now);
    }

    /** When {@link #next} may say something else than now, without anything being heard. */
    Optional<Duration> wakeAt(Duration now) {
        return Stream.of(
                        Stream.of(kernel.lookAt()),
                        settling.waitUntil(),
                        queueing.failAt().stream(),
                        upkeep.waitUntil(),
                        hope.waitUntil(),
                        lastHope.waitUntil(),
                        failbacks.switchAt().stream(),
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
        return kernel.map();
    }

    /** All paths, those too that are gone but still in the kernel's table. */
    List<PathReport> allPaths() {
        return paths.all();
    }

    /** @param underWay what is being done, if anything is */
    MapAccount account(Optional<MapAction> underWay, Duration now) {
        if (kernel.isUnknown()) {
            return new MapAccount(List.of("the kernel has not been asked about it yet"));
        }
        var situation = situation(now);
        var failback = kernelMap()
                .map(map -> failbacks.account(map, situation, paths, awaitedByFailback(situation), now))
                .orElse("");
        return MapAccount.of(
                situation,
                new MapAccount.Circumstances(
                        underWay,
                        !presence.mayCreate(),
                        failback,
                        queueing.failAt(),
                        upkeep.announcedBy(),
                        hope.awaitsDisks(now)),
                now);
    }

    MapCounters counters(Duration now) {
        return happenings.counters(queueing, now);
    }

    void resetCounters(Duration now) {
        happenings.reset();
        queueing.resetCounters(now);
    }

    List<String> rejectedPaths(Duration now) {
        return kernel.isUnknown() ? List.of() : MapPlan.rejectedPaths(situation(now));
    }

    Situation situation(Duration now) {
        return new Situation(
                wwid,
                wantedName,
                settings,
                kernel.view(),
                kernelFailures.judged(paths.present(), kernelMap(), now),
                paths.gone(),
                hope.unread(),
                paths.isForsaken(),
                queueing(),
                upkeep.announcement(settings, paths, kernelMap(), now),
                upkeep.stacked().due(settings, paths.present()),
                new Patience(
                        settled(now),
                        settling.isRegroupDue(now),
                        presence.mayCreate(),
                        presence.mayResume(),
                        attempts.onlyUsable(),
                        attempts.tolerated(),
                        attempts.waiting(now)));
    }

    private boolean queueing() {
        return !Upkeep.goesThoughOpen(settings, paths, hope) && queueing.wanted(settings.noPathRetry(), keepsIo());
    }

    private boolean keepsIo() {
        return kernelMap().filter(KernelMap::queueing).isPresent();
    }

    private boolean settled(Duration now) {
        return !paths.isEmpty()
                && !hope.awaitsDisks(now)
                && !(kernelMap().isEmpty() && kernelFailures.areAsked(now))
                && settling.isSettled(paths, kernelMap(), now);
    }
}
