package org.lunwarden.fleet;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.lunwarden.fleet.HostEntry.Fact;
import org.lunwarden.fleet.alert.Maintenance;
import org.lunwarden.fleet.diagnosis.Booting;
import org.lunwarden.fleet.diagnosis.Diagnosis;
import org.lunwarden.fleet.diagnosis.DiagnosisSettings;
import org.lunwarden.fleet.diagnosis.Names;
import org.lunwarden.fleet.diagnosis.Observation;
import org.lunwarden.fleet.diagnosis.Verdict;
import org.lunwarden.fleet.incident.Acknowledgement;
import org.lunwarden.fleet.incident.Acknowledgements;
import org.lunwarden.fleet.incident.Change;
import org.lunwarden.fleet.incident.Identities;
import org.lunwarden.fleet.incident.Identity;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.fleet.incident.IncidentSettings;
import org.lunwarden.fleet.incident.Incidents;
import org.lunwarden.model.Component;

/** From what all hosts say to incidents, one look after the other. Holds the incidents in between. */
final class FleetDiagnosis {

    /** All hosts that have nexuses through a component are asked at most so often to check them. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    /** After so long without fresh failures every host has looked. */
    private static final Duration NEWS = Duration.ofSeconds(5);

    private final Diagnosis diagnosis;
    private final Duration forget;
    private final Set<Acknowledgement> remembered = new HashSet<>();
    private Optional<Instant> listeningSince = Optional.empty();
    private final Map<Component, Instant> asked = new HashMap<>();
    private IncidentSettings settings;
    private Incidents incidents;
    private Identities shared = Identities.NONE;
    private Acknowledgements said = Acknowledgements.NONE;
    private Verdict verdict = Verdict.NOTHING_KNOWN;
    private final RecentChanges changes = new RecentChanges();
    private Maintenance maintenance = Maintenance.NONE;
    private Booting booting = Booting.NOBODY;

    /**
     * @param toShare what the other views do not know yet of how incidents are called
     * @param toRemember who takes care of what, which the views have forgotten
     * @param worthChecking components through which all hosts should check now
     */
    record Outcome(
            List<Change> changes,
            List<Identity> toShare,
            List<Acknowledgement> toRemember,
            List<Component> worthChecking) {}

    FleetDiagnosis(FleetSettings fleet, Incidents known) {
        var plain = DiagnosisSettings.DEFAULTS;
        this.diagnosis = new Diagnosis(
                new DiagnosisSettings(plain.noise(), fleet.timings().silence(), plain.minFailed(), plain.indecision()));
        this.settings = IncidentSettings.DEFAULTS.paced(
                fleet.timings().settle(), fleet.timings().hold(), new Names(fleet.names()));
        this.forget = fleet.timings().forget();
        this.incidents = known;
    }

    /** What people call components from here on. */
    void call(Names names) {
        settings = settings.with(names);
    }

    /** @param news all observations when one of them changed; empty when only time has passed */
    Outcome next(Optional<Collection<Observation>> news, Instant now) {
        verdict = news.map(maintenance::explain)
                .map(this::withoutBoots)
                .map(rows -> diagnosis.next(rows, changes.lately(now)))
                .orElse(verdict);
        var step = Incidents.next(incidents, verdict, knowsAllHosts(now), shared, now, settings);
        var acknowledged = step.incidents().acknowledged(said, now, settings);
        incidents = acknowledged.incidents();
        shared = shared.with(step.toShare());
        var changes = new ArrayList<>(step.changes());
        changes.addAll(acknowledged.changes());
        return new Outcome(changes, step.toShare(), toRemember(), worthChecking(now));
    }

    private Collection<Observation> withoutBoots(Collection<Observation> rows) {
        if (booting.cameUp().isEmpty()) {
            return rows;
        }
        return booting.explain(
                rows,
                incidents.all().stream()
                        .filter(Incident::isOpen)
                        .flatMap(incident -> incident.members().stream())
                        .filter(member -> booting.cameUp().containsKey(member.host()))
                        .collect(Collectors.toSet()));
    }

    /** Each is told once, until the views have said something else. */
    private List<Acknowledgement> toRemember() {
        return incidents.notIn(said).stream().filter(remembered::add).toList();
    }

    /** A host that has not been heard for so long would have been forgotten had it been known. */
    private boolean knowsAllHosts(Instant now) {
        var since = listeningSince.orElse(now);
        listeningSince = Optional.of(since);
        return !since.plus(forget).isAfter(now);
    }

    /**
     * Takes over what an earlier run of this view knew.
     *
     * @return what changed by it for those who watch, and what the other views may not know
     */
    Incidents.Step restored(List<Incident> earlier, Instant now) {
        var step = incidents.restored(earlier, shared, now, settings);
        incidents = step.incidents();
        shared = shared.with(step.toShare());
        return step;
    }

    void heard(List<Fact> facts, Instant now) {
        facts.forEach(fact -> changes.heard(fact, now));
    }

    /** Whether something else explains failures than before: then all observations mean something else. */
    boolean beside(Maintenance worked, Booting hosts) {
        var isNews = isNews(worked, hosts);
        maintenance = worked;
        booting = hosts;
        return isNews;
    }

    /** What came up on a host that boots is told by its reports. */
    boolean isNews(Maintenance worked, Booting hosts) {
        return !worked.equals(maintenance)
                || !hosts.cameUp().keySet().equals(booting.cameUp().keySet());
    }

    /** What the views have agreed on of who takes care of what. */
    void agreed(Acknowledgements acknowledgements) {
        said = acknowledgements;
        remembered.clear();
    }

    /** The next word on an open incident: later than all before, whatever the clocks of the views say. */
    Optional<Acknowledgement> word(String id, String by, String comment, boolean withdrawn, Instant now) {
        return incidents.find(id).filter(Incident::isOpen).map(incident -> {
            var last = said.last(incident).map(one -> one.at().plusMillis(1)).orElse(now);
            var since = incident.reopenedAt().map(at -> at.plusMillis(1)).orElse(now);
            var at = Stream.of(now, last, since).max(Instant::compareTo).orElse(now);
            return new Acknowledgement(incident.id(), by, comment, at.truncatedTo(ChronoUnit.MILLIS), withdrawn);
        });
    }

    /** What the views have agreed on of how incidents are called. */
    void agreed(Identities identities) {
        shared = identities;
    }

    /** A component is checked again only after a while, and not for failures that are no news. */
    private List<Component> worthChecking(Instant now) {
        asked.values().removeIf(at -> !at.plus(AGAIN).isAfter(now));
        if (!incidents.failing().grewAt().plus(NEWS).isAfter(now)) {
            return List.of();
        }
        return verdict.worthChecking().stream()
                .filter(component -> asked.putIfAbsent(component, now) == null)
                .toList();
    }

    /** Whether time alone may change something. */
    boolean isBusy() {
        return !verdict.findings().isEmpty()
                || !incidents.waiting().isEmpty()
                || !shared.areAllClosed()
                || incidents.all().stream().anyMatch(Incident::isOpen);
    }

    /** The newest. */
    Verdict verdict() {
        return verdict;
    }

    Incidents incidents() {
        return incidents;
    }
}
