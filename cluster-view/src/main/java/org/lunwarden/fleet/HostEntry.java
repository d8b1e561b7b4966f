package org.lunwarden.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.lunwarden.fleet.FleetSnapshot.FleetNexus;
import org.lunwarden.fleet.failback.Dispute;
import org.lunwarden.fleet.failback.GroupSwitch;
import org.lunwarden.fleet.wire.ReportChanges;
import org.lunwarden.fleet.wire.ToView.Goodbye;
import org.lunwarden.fleet.wire.ToView.ReportDelta;
import org.lunwarden.fleet.wire.ToView.ReportPart;
import org.lunwarden.fleet.wire.ToView.StillThere;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.HostReport;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusRow;
import org.lunwarden.model.fleet.NexusState;

/**
 * What a view knows of one host, and how each message changes it. Pure: time is a parameter.
 *
 * @param report the last whole report; older than the host's when {@code lacking}
 * @param bootedAt when the host booted, by this view's clock: the earliest that any message allows
 * @param uptime of the host when it was last heard, by its own clock; it has run on while its view could not listen
 * @param parts of a report that is still coming in
 * @param lacking whether the host has reported something that this view does not have
 * @param askedAt when a full report was last asked for
 */
record HostEntry(
        HostId host,
        Contact contact,
        Instant lastSeen,
        Optional<HostReport> report,
        Instant bootedAt,
        Duration uptime,
        List<ReportPart> parts,
        boolean lacking,
        Instant askedAt) {

    HostEntry {
        parts = List.copyOf(parts);
    }

    /** @param facts what happened, in order */
    record Next(HostEntry entry, List<Fact> facts) {
        Next with(List<Fact> more) {
            return more.isEmpty()
                    ? this
                    : new Next(
                            entry, Stream.concat(facts.stream(), more.stream()).toList());
        }
    }

    /** What a message, or silence, says of a host. */
    sealed interface Fact {
        record Appeared(HostId host) implements Fact {}

        record Silent(HostId host, Instant lastSeen) implements Fact {}

        record Stopped(HostId host) implements Fact {}

        /** Two daemons report as this host, by turns. */
        record Doubled(HostId host) implements Fact {}

        /** Silent for so long that it is no longer counted. */
        record Forgotten(HostId host) implements Fact {}

        /** @param rebooted whether the host came back with another boot */
        record Back(HostId host, boolean rebooted, boolean daemonRestarted) implements Fact {}

        /** Nexuses whose state changed, as reported. */
        record NexusesChanged(HostId host, Map<NexusState, List<Nexus>> changed) implements Fact {}

        /**
         * Another driver or firmware runs an adapter.
         *
         * @param isNewToFleet whether no adapter that is known has run it before
         */
        record FirmwareChanged(HostId host, String initiatorPort, String before, String after, boolean isNewToFleet)
                implements Fact {}

        /** Nexuses that the host was given or lost: zoning, cabling, arrays. */
        record PathsChanged(HostId host, List<Nexus> added, List<Nexus> removed) implements Fact {}

        /** So many maps are kept by other settings. */
        record Reconfigured(HostId host, int maps, List<String> settings) implements Fact {}

        /** Maps of which the kernel uses another path group, though nothing failed that the host prefers. */
        record GroupsSwitched(HostId host, List<GroupSwitch> switches) implements Fact {}

        /** Two hosts take a LUN from each other. */
        record Disputed(Dispute dispute) implements Fact {}

        /** Something else of the report changed, maps for example. */
        record Updated(HostId host) implements Fact {}
    }

    static HostEntry unheard(HostId host, Instant now) {
        return new HostEntry(
                host,
                Contact.EXPECTED,
                now,
                Optional.empty(),
                Instant.MAX,
                Duration.ZERO,
                List.of(),
                true,
                Instant.MIN);
    }

    Next heard(ReportPart part, Instant now) {
        var expected = parts.size() + 1;
        var follows = part.part() == expected
                && parts.stream().allMatch(p -> p.run().equals(part.run()) && p.revision() == part.revision());
        if (part.part() != 1 && !follows) {
            return new Next(seen(now, part.uptime(), part.run()).gathering(List.of()), List.of());
        }
        var soFar = new ArrayList<ReportPart>(part.part() == 1 ? List.of() : parts);
        soFar.add(part);
        if (part.part() < part.parts()) {
            return new Next(seen(now, part.uptime(), part.run()).gathering(soFar), List.of());
        }
        return reported(whole(soFar), now);
    }

    Next heard(ReportDelta delta, Instant now) {
        var applied = report.flatMap(base -> ReportChanges.apply(base, delta))
                .map(next -> delta.maps().isEmpty() ? next : next.with(sharing(next.maps())));
        if (applied.isPresent()) {
            return reported(applied.get(), now);
        }
        var have = report.filter(base -> base.run().equals(delta.run()) && base.revision() >= delta.revision());
        var seen = seen(now, delta.uptime(), delta.run());
        return new Next(have.isPresent() ? seen : seen.withLacking(true), List.of());
    }

    Next heard(StillThere beat, Instant now) {
        var have = report.filter(base -> base.run().equals(beat.run()) && base.revision() == beat.revision());
        var seen = seen(now, beat.uptime(), beat.run());
        if (have.isEmpty()) {
            return new Next(seen.withLacking(beat.revision() > 0), List.of());
        }
        return seen.settled(have.get(), List.of());
    }

    Next heard(Goodbye goodbye) {
        var current = report.map(base -> base.run().equals(goodbye.run())).orElse(true);
        if (!current || contact == Contact.STOPPED) {
            return new Next(this, List.of());
        }
        return new Next(with(Contact.STOPPED).gathering(List.of()), List.of(new Fact.Stopped(host)));
    }

    /** What follows from not having heard the host until now. */
    Next silentAt(Instant now, Duration silence) {
        var quiet = Duration.between(lastSeen, now).compareTo(silence) > 0;
        return switch (contact) {
            case REPORTING, EXPECTED ->
                quiet
                        ? new Next(with(Contact.SILENT).gathering(List.of()), List.of(new Fact.Silent(host, lastSeen)))
                        : new Next(this, List.of());
            case SILENT, STOPPED -> new Next(this, List.of());
        };
    }

    /** For a view that could not listen for a while: it may not blame the host for that time. */
    HostEntry excused(Duration deaf) {
        return new HostEntry(
                host, contact, lastSeen.plus(deaf), report, bootedAt, uptime.plus(deaf), parts, lacking, askedAt);
    }

    /** Whether a full report should be asked for now. */
    boolean wantsReport(Instant now, Duration retry) {
        return lacking && (askedAt.equals(Instant.MIN) || !now.isBefore(askedAt.plus(retry)));
    }

    HostEntry asked(Instant now) {
        return new HostEntry(host, contact, lastSeen, report, bootedAt, uptime, parts, lacking, now);
    }

    /** As last reported, with what that is worth now. */
    List<FleetNexus> nexuses() {
        return report.map(HostReport::nexuses).orElse(List.of()).stream()
                .map(row -> new FleetNexus(row, stateOf(row), bootedAt.plus(row.uptimeOfChange())))
                .toList();
    }

    /** Old rows of a host that is not heard say nothing. */
    private NexusState stateOf(NexusRow row) {
        return contact == Contact.REPORTING ? row.state() : NexusState.UNKNOWN;
    }

    private Next reported(HostReport next, Instant now) {
        var seen = seen(now, next.uptime(), next.run());
        var changes = changes(report.map(HostReport::nexuses).orElse(List.of()), next.nexuses());
        return seen.settled(next, changes.isEmpty() ? List.of() : List.of(new Fact.NexusesChanged(host, changes)));
    }

    /** The view has the host's newest report. */
    private Next settled(HostReport current, List<Fact> more) {
        var facts = new ArrayList<Fact>();
        switch (contact) {
            case REPORTING -> {}
            case EXPECTED -> facts.add(report.isEmpty() ? new Fact.Appeared(host) : back(current));
            case SILENT, STOPPED -> facts.add(back(current));
        }
        facts.addAll(more);
        if (facts.isEmpty() && !report.equals(Optional.of(current))) {
            facts.add(new Fact.Updated(host));
        }
        return new Next(
                new HostEntry(
                        host,
                        Contact.REPORTING,
                        lastSeen,
                        Optional.of(current),
                        bootedAt,
                        uptime,
                        List.of(),
                        false,
                        Instant.MIN),
                facts);
    }

    private Fact back(HostReport current) {
        return new Fact.Back(
                host,
                report.map(base -> !base.run().bootId().equals(current.run().bootId()))
                        .orElse(false),
                report.map(base -> !base.run().equals(current.run())).orElse(false));
    }

    /** A daemon of another run knows nothing of what the one before it reported. */
    private HostEntry seen(Instant now, Duration told, DaemonRun run) {
        var booted = now.minus(told);
        var sameBoot =
                report.filter(base -> base.run().bootId().equals(run.bootId())).isPresent();
        var otherRun = report.filter(base -> !base.run().equals(run)).isPresent();
        return new HostEntry(
                host,
                otherRun && contact == Contact.REPORTING ? Contact.EXPECTED : contact,
                now,
                report,
                sameBoot && bootedAt.isBefore(booted) ? bootedAt : booted,
                told,
                parts,
                lacking,
                askedAt);
    }

    private HostEntry gathering(List<ReportPart> soFar) {
        return new HostEntry(host, contact, lastSeen, report, bootedAt, uptime, soFar, true, askedAt);
    }

    private HostEntry with(Contact newContact) {
        return new HostEntry(host, newContact, lastSeen, report, bootedAt, uptime, parts, lacking, askedAt);
    }

    private HostEntry withLacking(boolean lacks) {
        return new HostEntry(host, contact, lastSeen, report, bootedAt, uptime, parts, lacks, askedAt);
    }

    private static HostReport whole(List<ReportPart> parts) {
        var last = parts.get(parts.size() - 1);
        return new HostReport(
                last.host(),
                last.run(),
                last.revision(),
                last.uptime(),
                last.version(),
                parts.stream().flatMap(part -> part.nexuses().stream()).toList(),
                sharing(parts.stream().flatMap(part -> part.maps().stream()).toList()));
    }

    /** Maps of a host go mostly through the same nexuses and are kept by the same settings: these are kept once. */
    private static List<MapSummary> sharing(List<MapSummary> maps) {
        var kept = new HashMap<List<Nexus>, List<Nexus>>();
        var settings = new HashMap<Map<String, String>, Map<String, String>>();
        var ports = new HashMap<List<String>, List<String>>();
        return maps.stream()
                .map(map -> map.through(
                                kept.computeIfAbsent(map.preferred(), same -> same),
                                kept.computeIfAbsent(map.nexuses(), same -> same))
                        .with(map.serials(), settings.computeIfAbsent(map.settings(), same -> same))
                        .using(ports.computeIfAbsent(map.using(), same -> same)))
                .toList();
    }

    /** A row that is gone does not count: nothing is known of it any more. */
    private static Map<NexusState, List<Nexus>> changes(List<NexusRow> old, List<NexusRow> next) {
        var before = new HashMap<Nexus, NexusState>();
        old.forEach(row -> before.put(row.nexus(), row.state()));
        var changed = new HashMap<NexusState, List<Nexus>>();
        for (var row : next) {
            if (row.state() != before.get(row.nexus())) {
                changed.computeIfAbsent(row.state(), any -> new ArrayList<>()).add(row.nexus());
            }
        }
        return changed;
    }
}
