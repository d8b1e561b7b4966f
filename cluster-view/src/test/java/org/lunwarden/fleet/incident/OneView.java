package org.lunwarden.fleet.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.lunwarden.fleet.diagnosis.Diagnosis;
import org.lunwarden.fleet.diagnosis.DiagnosisSettings;
import org.lunwarden.fleet.diagnosis.Observation;
import org.lunwarden.fleet.diagnosis.SanPlan;
import org.lunwarden.model.Component;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.NexusState;

/** One view: what it sees at which millisecond, and what it makes of that. */
final class OneView {

    private static final SanPlan SAN = SanPlan.coreEdge(48, 4, 4, 2);

    Incidents incidents = Incidents.NONE;
    Identities shared = Identities.NONE;
    final List<Change.Kind> told = new ArrayList<>();
    private final Map<String, Instant> failedSince = new HashMap<>();
    Acknowledgements said = Acknowledgements.NONE;
    Set<String> silent = Set.of();
    Predicate<SanPlan.Row> hidden = row -> false;
    boolean knowsAllHosts;
    private long millis;

    OneView at(long newMillis) {
        millis = newMillis;
        return this;
    }

    void sees(Component... broken) {
        seesFailed(row -> List.of(broken).stream().anyMatch(row::crosses));
    }

    void seesFailed(Predicate<SanPlan.Row> isDown) {
        var now = SanPlan.START.plusMillis(millis);
        var rows = SAN.rows().stream()
                .filter(hidden.negate())
                .map(row -> observed(row.host(), row.nexus(), row.components(), isDown.test(row), now))
                .toList();
        var verdict = Diagnosis.of(rows, DiagnosisSettings.DEFAULTS);
        var step = Incidents.next(incidents, verdict, knowsAllHosts, shared, now, IncidentSettings.DEFAULTS);
        shared = shared.with(step.toShare());
        step.changes().forEach(change -> told.add(change.kind()));
        incidents = step.incidents();
        acknowledge();
    }

    /** What this view kept in an earlier life, or all that the other one knows. */
    void restores(List<Incident> earlier) {
        var now = SanPlan.START.plusMillis(millis);
        var step = incidents.restored(earlier, shared, now, IncidentSettings.DEFAULTS);
        shared = shared.with(step.toShare());
        step.changes().forEach(change -> told.add(change.kind()));
        incidents = step.incidents();
    }

    void say(Acknowledgement word) {
        said = new Acknowledgements(Map.of(word.incident(), word));
        acknowledge();
    }

    private void acknowledge() {
        var step = incidents.acknowledged(said, SanPlan.START.plusMillis(millis), IncidentSettings.DEFAULTS);
        incidents = step.incidents();
        step.changes().forEach(change -> told.add(change.kind()));
    }

    long millis() {
        return millis;
    }

    static int number(SanPlan.Row row) {
        return Integer.parseInt(row.host().value().substring(1));
    }

    private Observation observed(HostId host, Nexus nexus, List<Component> components, boolean isDown, Instant now) {
        var key = host + " " + nexus;
        if (isDown) {
            failedSince.putIfAbsent(key, now);
        } else {
            failedSince.remove(key);
        }
        return new Observation(
                host,
                nexus,
                components,
                isDown ? NexusState.DOWN : NexusState.UP,
                4,
                isDown ? 4 : 0,
                failedSince.getOrDefault(key, SanPlan.START),
                silent.contains(host.value()) ? Duration.ofSeconds(7) : Duration.ZERO);
    }

    Incident open() {
        assertThat(incidents.open()).hasSize(1);
        return incidents.open().getFirst();
    }

    Set<String> ids() {
        var ids = new HashSet<String>();
        incidents.open().forEach(incident -> ids.add(incident.id()));
        return ids;
    }

    /** What each of them shares reaches all. */
    static void agree(OneView... views) {
        var all = Stream.of(views)
                .flatMap(view -> view.shared.byId().values().stream())
                .toList();
        for (var view : views) {
            view.shared = view.shared.with(all);
        }
    }
}
