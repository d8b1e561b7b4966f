package org.lunwarden.fleet.diagnosis;

import java.util.Arrays;
import java.util.List;

/** Looks for the set of faults with the greatest posterior likelihood. */
final class FaultSearch {

    /** No component fails so surely that one nexus that is still up would rule it out: reports are late. */
    static final double SUREST = 0.999;

    /** From which share of failed nexuses a fault counts as hard; one search for each, the last knows no hard ones. */
    private static final double[] HARD = {0.97, 0.8, 0.6, 0};

    private final RiskModel model;
    private final DiagnosisSettings settings;
    private final double noise;

    FaultSearch(RiskModel model, DiagnosisSettings settings) {
        this.model = model;
        this.settings = settings;
        this.noise = settings.noise();
    }

    /** The likeliest set, the strongest fault first. */
    List<Fault> likeliest() {
        if (model.failed.length < settings.minFailed()) {
            return List.of();
        }
        var best = FaultSet.none(model, noise);
        for (var hard : HARD) {
            var found = greedy(hard);
            found.refine();
            if (found.logLikelihood() > best.logLikelihood() + 1e-9) {
                best = found;
            }
        }
        return best.faults();
    }

    private FaultSet greedy(double hard) {
        var set = FaultSet.none(model, noise);
        var round = new Round(set);
        for (var least : hard == 0 ? new double[] {0} : new double[] {hard, 0}) {
            for (var next = round.best(least); next >= 0; next = round.best(least)) {
                round.take(next);
            }
        }
        return set;
    }

    /** Scores of all candidates against what is not explained yet, kept up to date as faults are taken. */
    private final class Round {

        private final FaultSet set;
        private final double[] unexplained = new double[model.candidates.length];
        private final int[] unexplainedCount = new int[model.candidates.length];
        private final boolean[] isTaken = new boolean[model.candidates.length];
        private final boolean[] isDirty = new boolean[model.candidates.length];
        private final double[] score = new double[model.candidates.length];
        private final boolean[] isExplained = new boolean[model.failed.length];

        Round(FaultSet set) {
            this.set = set;
            for (var candidate = 0; candidate < unexplained.length; candidate++) {
                for (var nexus : model.through[candidate]) {
                    unexplained[candidate] += model.share[nexus];
                }
                unexplainedCount[candidate] = model.through[candidate].length;
            }
            Arrays.fill(isDirty, true);
        }

        /** The candidate that gains most, of those that fail at least in this share; -1 when none gains. */
        int best(double least) {
            var best = -1;
            for (var candidate = 0; candidate < score.length; candidate++) {
                if (isTaken[candidate]
                        || unexplainedCount[candidate] < settings.minFailed()
                        || share(candidate) < least) {
                    continue;
                }
                if (isDirty[candidate]) {
                    score[candidate] = gain(candidate);
                    isDirty[candidate] = false;
                }
                if (score[candidate] > 0 && (best < 0 || isBetter(candidate, best))) {
                    best = candidate;
                }
            }
            return best;
        }

        private double share(int candidate) {
            return unexplained[candidate] / (unexplained[candidate] + model.against[candidate]);
        }

        private double gain(int candidate) {
            var fraction = Math.min(SUREST, share(candidate));
            return Likelihood.gain(
                    unexplained[candidate],
                    model.against[candidate],
                    fraction,
                    noise,
                    Priors.of(model.candidates[candidate].kind()));
        }

        private boolean isBetter(int one, int other) {
            var difference = score[one] - score[other];
            return Math.abs(difference) > 1e-9
                    ? difference > 0
                    : model.candidates[one].compareTo(model.candidates[other]) < 0;
        }

        void take(int candidate) {
            set.add(new Fault(candidate, Math.min(SUREST, share(candidate))));
            isTaken[candidate] = true;
            for (var nexus : model.through[candidate]) {
                if (isExplained[nexus]) {
                    continue;
                }
                isExplained[nexus] = true;
                for (var other : model.crossed[nexus]) {
                    unexplained[other] -= model.share[nexus];
                    unexplainedCount[other]--;
                    isDirty[other] = true;
                }
            }
        }
    }
}
