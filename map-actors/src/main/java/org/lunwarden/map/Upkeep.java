package org.lunwarden.map;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.lunwarden.io.DeviceMapper.Readiness;
import org.lunwarden.io.DeviceMapper.UdevFlags;
import org.lunwarden.map.plan.KernelMap;
import org.lunwarden.map.plan.MapAction;
import org.lunwarden.map.plan.Situation.Announcement;
import org.lunwarden.model.settings.FlushOnLastDel;
import org.lunwarden.model.settings.MapSettings;
import org.lunwarden.model.settings.QueueWithoutDaemon;

/** What a map's settings ask for besides its table. */
final class Upkeep {

    private final GhostDelay ghosts = new GhostDelay();
    private final StackedPaths stacked = new StackedPaths();
    private final UdevSight udev = new UdevSight();

    /** What udev is told whatever is done to the map. */
    static UdevFlags udev(MapSettings settings) {
        return new UdevFlags(
                false, settings.skipKpartx(), false, settings.upkeep().ueventPatience());
    }

    /** What a map that queues is told when it is not to queue without a daemon. */
    static MapAction farewell() {
        return new MapAction.Tell(List.of(KernelMap.FAIL_WORD));
    }

    /** @param disabled an operator wants no queueing, which the kernel may not have been told yet */
    static QueueWithoutDaemon queueWithoutDaemon(MapSettings settings, boolean disabled) {
        return disabled ? QueueWithoutDaemon.NO : settings.upkeep().queueWithoutDaemon();
    }

    /** Whether the map is to go whoever has it open: its I/O fails, so that it is let go. */
    static boolean goesThoughOpen(MapSettings settings, KnownPaths paths, IoHope hope) {
        return settings.upkeep().flushOnLastDel() == FlushOnLastDel.ALWAYS
                && paths.isForsaken()
                && hope.unread().isEmpty();
    }

    Announcement announcement(MapSettings settings, KnownPaths paths, Optional<KernelMap> kernel, Duration now) {
        var delay = settings.upkeep().ghostDelay();
        if (ghosts.holds(delay, paths, kernel, now)) {
            return Announcement.HELD_BACK;
        }
        if (ghosts.isOver(delay, paths, kernel, now)) {
            return Announcement.DUE;
        }
        return udev.isMissing(now) && !paths.noneWorks(kernel) ? Announcement.MISSED : Announcement.USUAL;
    }

    /** Uptime at which udev is told at the latest of a map that is held back. */
    Optional<Duration> announcedBy() {
        return ghosts.end();
    }

    /** A map that nobody can use, or that is held back, is rightly not ready. */
    void udevHas(
            Readiness readiness, MapSettings settings, KnownPaths paths, Optional<KernelMap> kernel, Duration now) {
        var isMeant = announcement(settings, paths, kernel, now) == Announcement.HELD_BACK || paths.noneWorks(kernel);
        udev.is(isMeant ? Readiness.UNTOLD : readiness, now);
    }

    /** The kernel did not refuse it. */
    void done(MapAction action, MapSettings settings, Duration now) {
        udev.done(action);
        ghosts.done(action, settings.upkeep().ghostDelay(), now);
        if (action.loadsAnew() || action instanceof MapAction.Create) {
            stacked.startOver();
        }
    }

    void settingsChanged() {
        stacked.startOver();
    }

    StackedPaths stacked() {
        return stacked;
    }

    void mapIsGone() {
        ghosts.mapIsGone();
        udev.mapIsGone();
    }

    Stream<Duration> waitUntil() {
        return Stream.concat(ghosts.end().stream(), udev.waitUntil().stream());
    }
}
