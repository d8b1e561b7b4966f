package org.lunwarden.fleet.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.fleet.HostId;

/** Puts found faults into words that can be answered for: who is named, who is only suspected, what stays open. */
final class Judgement {

    /** Failures with no longer pauses between them began together: as long as checks are apart at most. */
    private static final Duration BURST = Duration.ofSeconds(30);

    private final RiskModel model;
    private final DiagnosisSettings settings;
    private final List<Fault> faults;
    private final Collection<Observation> observations;
    private final FaultSet set;
    private final Naming naming;

    Judgement(RiskModel model, DiagnosisSettings settings, List<Fault> faults, Collection<Observation> observations) {
        this.model = model;
        this.settings = settings;
        this.faults = faults;
        this.observations = observations;
        set = FaultSet.of(model, settings.noise(), faults);
        naming = new Naming(model);
    }

    Verdict verdict() {
        var findings = new ArrayList<Finding>();
        faults.forEach(fault -> findings.add(finding(fault)));
        var silent = silentHosts();
        if (!silent.isEmpty()) {
            findings.add(silence(silent));
        }
        return new Verdict(
                findings,
                unexplained(),
                FreshSuspicion.of(model, settings, faults),
                Caveats.of(model, findings, silent.size()),
                model.rows);
    }

    private Finding finding(Fault fault) {
        var candidate = fault.candidate();
        var ranked = naming.ranked(model.alike(candidate));
        var others = new Rivals(model, settings.noise(), faults).of(fault);
        var rival = others.best();
        var gap = rival.isPresent() ? others.own() - rival.get().score() : others.own();
        var confidence = 1 / (1 + Math.exp(-gap) + Math.exp(-others.own()));
        var runnerUp = rival.map(other -> suspect(
                naming.ranked(model.alike(other.candidate())),
                other.fraction(),
                1 / (1 + Math.exp(gap) + Math.exp(-other.score()))));
        var doubt = naming.doubt(ranked.getFirst());
        if (doubt.isEmpty() && runnerUp.isPresent() && gap < settings.indecision()) {
            doubt = "both explain it about as well";
        }
        var suspects = new ArrayList<Suspect>();
        suspects.add(suspect(ranked, fault.fraction(), doubt.isEmpty() ? confidence : Math.min(0.5, confidence)));
        if (!doubt.isEmpty()) {
            runnerUp.ifPresent(suspects::add);
        }
        var members = membersOf(fault);
        return new Finding(
                Finding.Kind.FAULT,
                suspects,
                doubt,
                runnerUp,
                gap,
                Arrays.stream(members).mapToObj(this::member).toList(),
                (int) Arrays.stream(members)
                        .mapToObj(nexus -> model.failed[nexus].host())
                        .distinct()
                        .count(),
                onset(members));
    }

    private Suspect suspect(List<Integer> ranked, double fraction, double confidence) {
        var first = ranked.getFirst();
        var equivalent =
                ranked.stream().skip(1).map(other -> model.candidates[other]).toList();
        return new Suspect(model.candidates[first], equivalent, fraction, confidence, evidence(first));
    }

    private Evidence evidence(int candidate) {
        var partial = 0;
        for (var nexus : model.through[candidate]) {
            partial += model.share[nexus] < 1 ? 1 : 0;
        }
        var failed = model.through[candidate].length;
        return new Evidence(
                model.known(candidate),
                failed - partial,
                partial,
                model.failedHosts[candidate],
                model.neutral[candidate],
                model.knownRows - model.known(candidate),
                model.failed.length - failed);
    }

    /** Failed nexuses through the fault that no other fault explains clearly better. */
    private int[] membersOf(Fault fault) {
        var best = new double[model.failed.length];
        for (var other : faults) {
            for (var nexus : model.through[other.candidate()]) {
                best[nexus] = Math.max(best[nexus], other.fraction());
            }
        }
        return Arrays.stream(model.through[fault.candidate()])
                .filter(nexus -> fault.fraction() >= 0.9 * best[nexus])
                .toArray();
    }

    /** When most of the failures began: some of them may have failed long before, for another reason. */
    private Instant onset(int[] members) {
        var changes = Arrays.stream(members)
                .mapToObj(nexus -> model.failed[nexus].changedAt())
                .sorted()
                .toList();
        var first = changes.size() / 2;
        while (first > 0 && isSameBurst(changes.get(first - 1), changes.get(first))) {
            first--;
        }
        return changes.get(first);
    }

    private static boolean isSameBurst(Instant one, Instant next) {
        return Duration.between(one, next).compareTo(BURST) <= 0;
    }

    private List<Member> unexplained() {
        var members = new ArrayList<Member>();
        for (var nexus = 0; nexus < model.failed.length; nexus++) {
            if (set.survival(nexus) >= 1 - settings.noise()) {
                members.add(member(nexus));
            }
        }
        return members;
    }

    private Member member(int nexus) {
        return new Member(model.failed[nexus].host(), model.failed[nexus].nexus());
    }

    /** Hosts of which every row is too old, with these rows. */
    private Map<HostId, List<Observation>> silentHosts() {
        var silent = new TreeMap<HostId, List<Observation>>();
        for (var row : observations) {
            if (Diagnosis.isSilent(row, settings)) {
                silent.computeIfAbsent(row.host(), host -> new ArrayList<>()).add(row);
            }
        }
        if (!silent.isEmpty()) {
            for (var row : observations) {
                if (!Diagnosis.isSilent(row, settings)) {
                    silent.remove(row.host());
                }
            }
        }
        return silent;
    }

    private Finding silence(Map<HostId, List<Observation>> silent) {
        var suspects = new ArrayList<Suspect>();
        var members = new ArrayList<Member>();
        silent.forEach((host, rows) -> {
            var evidence = new Evidence(0, 0, 0, 1, rows.size(), model.knownRows, model.failed.length);
            suspects.add(new Suspect(new Component(ComponentClass.HOST, host.value()), List.of(), 1, 1, evidence));
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
