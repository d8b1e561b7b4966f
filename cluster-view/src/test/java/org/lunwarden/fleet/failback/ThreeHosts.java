package org.lunwarden.fleet.failback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.lunwarden.fleet.diagnosis.Diagnosis;
import org.lunwarden.fleet.diagnosis.DiagnosisSettings;
import org.lunwarden.fleet.diagnosis.Observation;
import org.lunwarden.fleet.incident.Identities;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.fleet.incident.IncidentSettings;
import org.lunwarden.fleet.incident.Incidents;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Transport;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostAnswer.Move;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusRow;
import org.lunwarden.model.fleet.PathCounts;

/** Three hosts, each with a LUN of its own and one that all share; all prefer fabric A and run on fabric B. */
final class ThreeHosts {

    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    static final Instant BOOTED = NOW.minusSeconds(3600);
    static final FailbackSettings SETTINGS = FailbackSettings.DEFAULTS;
    static final Component SWITCH_A = new Component(ComponentClass.SWITCH, "A/1");
    static final Wwid SHARED = new Wwid("3600a0");
    static final Wwid OF_H1 = new Wwid("3600b1");
    static final Wwid OF_H2 = new Wwid("3600b2");
    static final Wwid OF_H3 = new Wwid("3600b3");

    private final TreeMap<String, HostState> states = new TreeMap<>();

    ThreeHosts() {
        var own = List.of(OF_H1, OF_H2, OF_H3);
        for (var h = 1; h <= 3; h++) {
            var preferred = row("a" + h, "ta", "A", true);
            states.put(
                    "h" + h,
                    new HostState(
                            new HostId("h" + h),
                            daemon("h" + h),
                            true,
                            BOOTED,
                            List.of(preferred, row("b" + h, "tb", "B", true)),
                            List.of(
                                    summary(SHARED, true, preferred.nexus()),
                                    summary(own.get(h - 1), true, preferred.nexus()))));
        }
    }

    List<HostState> hosts() {
        return List.copyOf(states.values());
    }

    Situation at(Instant now) {
        return new Situation(now, hosts(), List.of());
    }

    Situation at(Instant now, Incident incident) {
        return new Situation(now, hosts(), List.of(incident));
    }

    void silent(String host) {
        change(host, state -> new HostState(state.host(), state.run(), false, BOOTED, state.nexuses(), state.maps()));
    }

    void gone(String host) {
        states.remove(host);
    }

    void restarted(String host) {
        change(
                host,
                state -> new HostState(
                        state.host(),
                        Optional.of(new DaemonRun("boot", "another")),
                        state.reporting(),
                        BOOTED,
                        state.nexuses(),
                        state.maps()));
    }

    /** Heard, and its report has not come. */
    void expected(String host) {
        states.put(host, new HostState(new HostId(host), Optional.empty(), false, BOOTED, List.of(), List.of()));
    }

    /** Has the initiator reach that controller; empty: one that is not known. */
    void through(String host, String initiator, String controller) {
        rows(
                host,
                rows -> rows.stream()
                        .map(row -> row.nexus().initiatorPort().equals(initiator)
                                ? with(row, controller.isEmpty() ? List.of() : List.of(controller))
                                : row)
                        .toList());
    }

    /** Has the host prefer another nexus for that map. */
    void prefers(String host, Wwid map, NexusRow row) {
        rows(host, rows -> Stream.concat(rows.stream(), Stream.of(row)).toList());
        map(host, map, each -> each.through(List.of(row.nexus()), List.of(row.nexus())));
    }

    private static NexusRow with(NexusRow row, List<String> controllers) {
        return new NexusRow(
                row.nexus(),
                row.transport(),
                controllers.stream()
                        .map(id -> new Component(ComponentClass.CONTROLLER, id))
                        .toList(),
                row.paths(),
                row.uptimeOfChange());
    }

    private void rows(String host, UnaryOperator<List<NexusRow>> change) {
        change(
                host,
                state -> new HostState(
                        state.host(),
                        state.run(),
                        state.reporting(),
                        BOOTED,
                        change.apply(state.nexuses()),
                        state.maps()));
    }

    void down(String host, String initiator) {
        change(
                host,
                state -> new HostState(
                        state.host(),
                        state.run(),
                        state.reporting(),
                        BOOTED,
                        state.nexuses().stream()
                                .map(row -> row.nexus().initiatorPort().equals(initiator)
                                        ? row(initiator, row.nexus().targetPort(), "A", false)
                                        : row)
                                .toList(),
                        state.maps()));
    }

    void map(String host, Wwid wwid, UnaryOperator<MapSummary> change) {
        change(
                host,
                state -> new HostState(
                        state.host(),
                        state.run(),
                        state.reporting(),
                        BOOTED,
                        state.nexuses(),
                        state.maps().stream()
                                .map(map -> map.wwid().equals(wwid) ? change.apply(map) : map)
                                .toList()));
    }

    /** As a host would: asked, it looks; told, it moves what is not in place. */
    HostAnswer answers(FailbackRun.Order order) {
        var outcomes = new ArrayList<HostAnswer.Outcome>();
        for (var wwid : order.command().maps()) {
            if (!map(order.host(), wwid).isOffBestGroup()) {
                outcomes.add(new HostAnswer.Outcome(wwid, Move.IN_PLACE, ""));
            } else if (order.command() instanceof HostCommand.MayFailBack) {
                outcomes.add(new HostAnswer.Outcome(wwid, Move.READY, ""));
            } else {
                map(order.host().value(), wwid, map -> offBest(map, false));
                outcomes.add(new HostAnswer.Outcome(wwid, Move.SWITCHED, ""));
            }
        }
        return new HostAnswer.FailedBack(outcomes);
    }

    private MapSummary map(HostId host, Wwid wwid) {
        return Optional.ofNullable(states.get(host.value())).orElseThrow().maps().stream()
                .filter(map -> map.wwid().equals(wwid))
                .findFirst()
                .orElseThrow();
    }

    private void change(String host, UnaryOperator<HostState> change) {
        states.computeIfPresent(host, (name, state) -> change.apply(state));
    }

    static Incident incidentOn(Component component) {
        var rows = new ArrayList<Observation>();
        for (var host = 1; host <= 3; host++) {
            for (var fabric : List.of("a", "b")) {
                var row = row(fabric + host, "t" + fabric, fabric.toUpperCase(Locale.ROOT), fabric.equals("b"));
                rows.add(Observation.of(new HostId("h" + host), row, NOW, Duration.ZERO));
            }
        }
        var verdict = Diagnosis.of(rows, DiagnosisSettings.DEFAULTS);
        var incident = Incidents.next(Incidents.NONE, verdict, Identities.NONE, NOW, IncidentSettings.DEFAULTS)
                .incidents()
                .all()
                .getFirst();
        assertThat(incident.first().components()).contains(component);
        return incident;
    }

    static NexusRow row(String initiator, String target, String fabric, boolean up) {
        return new NexusRow(
                new Nexus(initiator, target),
                Transport.FC,
                List.of(new Component(ComponentClass.SWITCH, fabric + "/1")),
                new PathCounts(4, up ? 4 : 0, up ? 0 : 4, 0, 0, 0),
                Duration.ofSeconds(60));
    }

    static MapSummary summary(Wwid wwid, boolean off, Nexus preferred) {
        return new MapSummary(
                wwid, wwid.value(), 2048, 2, 2, 1, off ? 2 : 1, false, List.of(preferred), List.of(preferred));
    }

    static MapSummary withGroups(MapSummary map, int best, int next) {
        return new MapSummary(
                map.wwid(),
                map.name(),
                map.sizeSectors(),
                map.paths(),
                map.usablePaths(),
                best,
                next,
                map.queueing(),
                map.preferred(),
                map.nexuses());
    }

    static MapSummary usable(MapSummary map, int paths) {
        return new MapSummary(
                map.wwid(),
                map.name(),
                map.sizeSectors(),
                map.paths(),
                paths,
                map.bestGroup(),
                map.nextGroup(),
                map.queueing(),
                map.preferred(),
                map.nexuses());
    }

    /** As when the views agree on the id that another of them gave. */
    static Incident renamed(Incident incident, String id) {
        return new Incident(
                id,
                List.of(incident.id()),
                incident.phase(),
                incident.kind(),
                incident.suspects(),
                incident.doubt(),
                incident.runnerUp(),
                incident.gap(),
                incident.members(),
                incident.hosts(),
                incident.back(),
                incident.onset(),
                incident.openedAt(),
                incident.lastJoinedAt(),
                incident.confirmedAt(),
                incident.backSince(),
                incident.resolvedAt(),
                incident.mergedInto(),
                incident.splitFrom(),
                incident.reopened(),
                incident.reopenedAt(),
                incident.acknowledgement(),
                incident.title(),
                incident.words(),
                incident.timeline());
    }

    static Optional<DaemonRun> daemon(String host) {
        return Optional.of(new DaemonRun("boot", "first of " + host));
    }

    static MapSummary offBest(MapSummary map, boolean off) {
        return withGroups(map, 1, off ? 2 : 1);
    }
}
