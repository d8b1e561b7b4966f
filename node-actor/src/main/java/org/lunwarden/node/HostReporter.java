package org.lunwarden.node;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

import org.lunwarden.io.HostClock;
import org.lunwarden.model.DevT;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostReports;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.node.report.ReportLedger;
import org.lunwarden.node.topology.NexusFacts;

/** Tells the fleet what changed, 100 ms after things are quiet, 250 ms after the first of them at the latest. */
final class HostReporter {

    static final Duration QUIET = Duration.ofMillis(100);
    static final Duration LATEST = Duration.ofMillis(250);

    sealed interface Command {}

    record NexusIs(NexusFacts facts) implements Command {}

    record PathIs(PathReport report) implements Command {}

    record PathGone(DevT device) implements Command {}

    record MapIs(MapTopology map) implements Command {}

    /** @param words as the report has them */
    record SettingsAre(Wwid wwid, Map<String, String> words) implements Command {}

    record MapGone(Wwid wwid) implements Command {}

    /** The disks were looked at, and those that could not be read count as there: other paths and maps than these, and those to come, are not there. */
    record HostKnown(Set<DevT> paths, Set<Wwid> maps) implements Command {
        HostKnown {
            paths = Set.copyOf(paths);
            maps = Set.copyOf(maps);
        }
    }

    private record Quiet() implements Command {}

    private record Latest() implements Command {}

    private final ReportLedger ledger;
    private final HostReports reports;
    private final HostClock clock;
    private final TimerScheduler<Command> timers;

    /** @param ledger outlives a restart, so that a restart costs nothing */
    static Behavior<Command> create(ReportLedger ledger, HostReports reports, HostClock clock) {
        return Behaviors.withTimers(timers -> {
            var reporter = new HostReporter(ledger, reports, clock, timers);
            return ledger.hasTold() ? reporter.changed(false) : reporter.waiting();
        });
    }

    private HostReporter(ReportLedger ledger, HostReports reports, HostClock clock, TimerScheduler<Command> timers) {
        this.ledger = ledger;
        this.reports = reports;
        this.clock = clock;
        this.timers = timers;
    }

    private Behavior<Command> waiting() {
        return Behaviors.receiveMessage(command -> {
            note(command);
            return command instanceof HostKnown ? changed(false) : Behaviors.same();
        });
    }

    /** @param pending whether a report is due already */
    private Behavior<Command> telling(boolean pending) {
        return Behaviors.receiveMessage(command -> switch (command) {
            case Quiet() -> publish();
            case Latest() -> publish();
            case NexusIs facts -> changed(facts, pending);
            case PathIs path -> changed(path, pending);
            case PathGone path -> changed(path, pending);
            case MapIs map -> changed(map, pending);
            case SettingsAre settings -> changed(settings, pending);
            case MapGone map -> changed(map, pending);
            case HostKnown host -> changed(host, pending);
        });
    }

    private void note(Command command) {
        switch (command) {
            case NexusIs(var facts) -> ledger.nexusIs(facts);
            case PathIs(var report) -> ledger.pathIs(report);
            case PathGone(var device) -> ledger.pathGone(device, clock.uptime());
            case MapIs(var map) -> ledger.mapIs(map);
            case SettingsAre(var wwid, var words) -> ledger.settingsAre(wwid, words);
            case MapGone(var wwid) -> ledger.mapGone(wwid);
            case HostKnown(var paths, var maps) -> ledger.onlyThese(paths, maps, clock.uptime());
            case Quiet() -> {}
            case Latest() -> {}
        }
    }

    private Behavior<Command> changed(Command command, boolean pending) {
        note(command);
        return changed(pending);
    }

    private Behavior<Command> changed(boolean pending) {
        timers.startSingleTimer("quiet", new Quiet(), QUIET);
        if (!pending) {
            timers.startSingleTimer("latest", new Latest(), LATEST);
        }
        return telling(true);
    }

    private Behavior<Command> publish() {
        timers.cancelAll();
        var now = clock.uptime();
        ledger.next(now).ifPresent(reports::publish);
        ledger.nextForgotten().ifPresent(time -> timers.startSingleTimer("aged", new Quiet(), time.minus(now)));
        return telling(false);
    }
}
