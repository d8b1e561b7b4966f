package org.lunwarden.fleet.diagnosis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.lunwarden.fleet.localization.RiskIndex;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.fleet.HostId;

/** Hosts that do not report. Nothing is known of their nexuses, which is told as one finding. */
final class Silence {

    private Silence() {}

    static boolean is(Observation row, DiagnosisSettings settings) {
        return row.age().compareTo(settings.silentAfter()) > 0;
    }

    static Optional<Finding> of(Collection<Observation> observations, DiagnosisSettings settings, RiskIndex index) {
        var silent = hosts(observations, settings);
        return silent.isEmpty() ? Optional.empty() : Optional.of(finding(silent, index));
    }

    /** Hosts of which every row is too old, with these rows. */
    private static Map<HostId, List<Observation>> hosts(
            Collection<Observation> observations, DiagnosisSettings settings) {
        var silent = new TreeMap<HostId, List<Observation>>();
        for (var row : observations) {
            if (is(row, settings)) {
                silent.computeIfAbsent(row.host(), host -> new ArrayList<>()).add(row);
            }
        }
        if (!silent.isEmpty()) {
            for (var row : observations) {
                if (!is(row, settings)) {
                    silent.remove(row.host());
                }
            }
        }
        return silent;
    }

    private static Finding finding(Map<HostId, List<Observation>> silent, RiskIndex index) {
        var suspects = new ArrayList<Suspect>();
        var members = new ArrayList<Member>();
        silent.forEach((host, rows) -> {
            var evidence = new Evidence(0, 0, 0, 1, rows.size(), index.knownRows(), index.failedRows());
            suspects.add(new Suspect(
                    new Component(ComponentClass.HOST, host.value()), List.of(), List.of(), 1, 1, evidence));
            rows.stream()
                    .map(row -> new Member(row.host(), row.nexus()))
                    .distinct()
                    .sorted()
                    .forEach(members::add);
        });
        var onset = silent.values().stream()
                .flatMap(List::stream)
                .map(Observation::changedAt)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        return new Finding(Finding.Kind.SILENCE, suspects, "", Optional.empty(), 0, members, silent.size(), onset);
    }
}
