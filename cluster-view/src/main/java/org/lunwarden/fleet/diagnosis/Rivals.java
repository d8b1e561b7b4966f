package org.lunwarden.fleet.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What else could explain the failures of a fault, all other faults given. */
final class Rivals {

    private final RiskModel model;
    private final double noise;
    private final List<Fault> faults;

    /** Another explanation: how much it gains over noise. */
    record Rival(int candidate, double fraction, double score) {}

    /** @param own what the fault itself gains, measured in the same way */
    record Comparison(double own, Optional<Rival> best) {}

    Rivals(RiskModel model, double noise, List<Fault> faults) {
        this.model = model;
        this.noise = noise;
        this.faults = faults;
    }

    Comparison of(Fault fault) {
        var others = faults.stream().filter(other -> !other.equals(fault)).toList();
        var without = FaultSet.of(model, noise, others);
        var failed = new double[model.candidates.length];
        for (var nexus : model.through[fault.candidate()]) {
            if (without.survival(nexus) >= 1 - noise) {
                for (var candidate : model.crossed[nexus]) {
                    failed[candidate] += model.share[nexus];
                }
            }
        }
        var best = Optional.<Rival>empty();
        for (var candidate = 0; candidate < failed.length; candidate++) {
            if (failed[candidate] > 0
                    && !model.areAlike(candidate, fault.candidate())
                    && others.stream().noneMatch(isCandidate(candidate))) {
                var rival = rival(candidate, failed[candidate]);
                if (rival.score() > 0 && (best.isEmpty() || isBetter(rival, best.get()))) {
                    best = Optional.of(rival);
                }
            }
        }
        return new Comparison(
                rival(fault.candidate(), failed[fault.candidate()]).score(), best);
    }

    private static Predicate<Fault> isCandidate(int candidate) {
        return fault -> fault.candidate() == candidate;
    }

    private boolean isBetter(Rival one, Rival other) {
        var difference = one.score() - other.score();
        return Math.abs(difference) > 1e-9
                ? difference > 0
                : model.candidates[one.candidate()].compareTo(model.candidates[other.candidate()]) < 0;
    }

    private Rival rival(int candidate, double failed) {
        var against = model.against[candidate];
        var fraction = Math.min(FaultSearch.SUREST, failed / (failed + against));
        return new Rival(
                candidate,
                fraction,
                Likelihood.gain(failed, against, fraction, noise, Priors.of(model.candidates[candidate].kind())));
    }
}
