package org.lunwarden.fleet;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import org.lunwarden.fleet.diagnosis.Diagnosis;
import org.lunwarden.fleet.diagnosis.DiagnosisSettings;
import org.lunwarden.fleet.diagnosis.Names;
import org.lunwarden.fleet.diagnosis.Observation;
import org.lunwarden.fleet.incident.Change;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.fleet.incident.IncidentSettings;
import org.lunwarden.fleet.incident.Incidents;
import org.lunwarden.model.Component;

/** From what all hosts say to incidents, one look after the other. Holds the incidents in between. */
final class FleetDiagnosis {

    private final DiagnosisSettings diagnosis;
    private final IncidentSettings settings;
    private Incidents incidents;
    private boolean suspicious;

    /** @param worthChecking components through which all hosts should check now */
    record Outcome(List<Change> changes, List<Component> worthChecking) {}

    FleetDiagnosis(FleetSettings fleet, Incidents known) {
        var plain = DiagnosisSettings.DEFAULTS;
        this.diagnosis =
                new DiagnosisSettings(plain.noise(), fleet.timings().silence(), plain.minFailed(), plain.indecision());
        var usual = IncidentSettings.DEFAULTS;
        this.settings = new IncidentSettings(
                fleet.timings().settle(),
                usual.decisiveGap(),
                usual.singleHostDelay(),
                usual.sameCause(),
                usual.backShare(),
                fleet.timings().hold(),
                usual.remember(),
                new Names(fleet.names()));
        this.incidents = known;
    }

    Outcome next(Collection<Observation> observations, Instant now) {
        var verdict = Diagnosis.of(observations, diagnosis);
        var step = Incidents.next(incidents, verdict, now, settings);
        incidents = step.incidents();
        suspicious = !verdict.findings().isEmpty();
        return new Outcome(step.changes(), verdict.worthChecking());
    }

    /** Whether time alone may change something. */
    boolean isBusy() {
        return suspicious
                || !incidents.waiting().isEmpty()
                || incidents.all().stream().anyMatch(Incident::isOpen);
    }

    Incidents incidents() {
        return incidents;
    }
}
