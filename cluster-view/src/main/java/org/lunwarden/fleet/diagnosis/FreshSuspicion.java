package org.lunwarden.fleet.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.fleet.HostId;

/**
 * What should be looked at now: right after a failure most hosts have not checked their paths yet, so that what is up
 * says little.
 */
final class FreshSuspicion {

    /** Failures that are so much older than the newest one are no news. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    /** What a nexus counts that is up, and may only not have been checked yet. */
    private static final double TRUST = 0.05;

    private static final int MOST = 3;
    private static final int NOTHING = -1;

    private record Scored(int candidate, double score) {}

    private FreshSuspicion() {}

    static List<Component> of(RiskModel model, DiagnosisSettings settings, List<Fault> faults) {
        var since = Arrays.stream(model.failed)
                .map(Observation::changedAt)
                .max(Instant::compareTo)
                .orElse(Instant.MAX.minus(FRESH))
                .minus(FRESH);
        var settledBy = new int[model.failed.length];
        Arrays.fill(settledBy, NOTHING);
        for (var fault : faults) {
            var candidate = fault.candidate();
            if (model.candidates[candidate].kind().reach() == ComponentClass.Reach.FLEET && model.up[candidate] == 0) {
                for (var nexus : model.through[candidate]) {
                    settledBy[nexus] = candidate;
                }
            }
        }
        var scored = new ArrayList<Scored>();
        for (var candidate = 0; candidate < model.candidates.length; candidate++) {
            if (isWorthIt(model, candidate)) {
                var fresh = freshFailures(model, candidate, since, settledBy);
                if (fresh > 0) {
                    scored.add(new Scored(candidate, score(model, settings, candidate, fresh)));
                }
            }
        }
        return scored.stream()
                .filter(one -> one.score() > 0)
                .sorted(Comparator.comparingDouble((Scored one) -> -one.score())
                        .thenComparing(one -> model.candidates[one.candidate()]))
                .limit(MOST)
                .map(one -> model.candidates[one.candidate()])
                .toList();
    }

    private static boolean isWorthIt(RiskModel model, int candidate) {
        var kind = model.candidates[candidate].kind();
        return kind.reach() == ComponentClass.Reach.FLEET
                && kind != ComponentClass.HBA_FIRMWARE
                && model.up[candidate] > 0
                && model.failedHosts[candidate] > 1;
    }

    /** 0 unless two hosts have fresh ones, or when one fault that is fully seen explains all of them. */
    private static int freshFailures(RiskModel model, int candidate, Instant since, int[] settledBy) {
        var fresh = 0;
        var isOpen = false;
        var settler = NOTHING;
        var hosts = new ArrayList<HostId>(2);
        for (var nexus : model.through[candidate]) {
            var row = model.failed[nexus];
            if (row.changedAt().isBefore(since)) {
                continue;
            }
            fresh++;
            isOpen |= settledBy[nexus] == NOTHING || (settler != NOTHING && settler != settledBy[nexus]);
            settler = settledBy[nexus];
            if (hosts.size() < 2 && !hosts.contains(row.host())) {
                hosts.add(row.host());
            }
        }
        return hosts.size() < 2 || !isOpen ? 0 : fresh;
    }

    private static double score(RiskModel model, DiagnosisSettings settings, int candidate, int fresh) {
        var against = TRUST * model.up[candidate];
        var fraction = Math.min(FaultSearch.SUREST, fresh / (fresh + against));
        var prior = Priors.of(model.candidates[candidate].kind());
        return Likelihood.gain(fresh, against, fraction, settings.noise(), prior);
    }
}
