package org.lunwarden.fleet.localization;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What else could explain the failures of a fault, all other faults given. */
final class Rivals {

    /** Explanations that differ by no more, priors apart, are the same to the data. */
    private static final double SAME = 0.05;

    private static final double EXPLAINED = 0.01;

    private final Observed seen;
    private final Hypothesis.Scale scale;
    private final List<Fault> faults;

    /** @param score how much it gains over noise */
    record Rival(int candidate, double fraction, double score) {}

    /**
     * @param own what the fault itself gains, measured in the same way
     * @param best the best other one
     * @param same those that explain the same to the data
     */
    record Comparison(double own, Optional<Rival> best, List<Rival> same) {}

    Rivals(Observed seen, Hypothesis.Scale scale, List<Fault> faults) {
        this.seen = seen;
        this.scale = scale;
        this.faults = faults;
    }

    Comparison of(Fault fault) {
        var others = faults.stream().filter(other -> !other.equals(fault)).toList();
        var without = Hypothesis.of(seen, scale, others);
        var open = new Open(seen.candidates.length, new boolean[seen.failed.length]);
        for (var at = seen.rowsStart[fault.candidate()]; at < seen.rowsStart[fault.candidate() + 1]; at++) {
            if (without.caused(seen.rows[at]) < EXPLAINED) {
                open.add(seen, seen.rows[at]);
            }
        }
        var isTaken = new boolean[seen.candidates.length];
        others.forEach(other -> isTaken[other.candidate()] = true);
        var own = rival(fault.candidate(), open);
        var ownPlain = own.score() - prior(fault.candidate());
        Rival best = null;
        var same = new ArrayList<Rival>();
        for (var candidate = 0; candidate < isTaken.length; candidate++) {
            if (open.count[candidate] == 0 || isTaken[candidate] || candidate == fault.candidate()) {
                continue;
            }
            var rival = rival(candidate, open);
            if (seen.areAlike(candidate, fault.candidate())) {
                continue;
            }
            if (Math.abs(rival.score() - prior(candidate) - ownPlain) < SAME) {
                same.add(rival);
            }
            if (rival.score() > 0 && (best == null || rival.score() > best.score() + 1e-9)) {
                best = rival;
            }
        }
        return new Comparison(own.score(), Optional.ofNullable(best), same);
    }

    /** The failed rows of a fault that no other one explains, counted by candidate. */
    private static final class Open {
        final int[] count;
        final int[] down;
        final double[] failed;
        final boolean[] isOpen;

        Open(int candidates, boolean[] isOpen) {
            count = new int[candidates];
            down = new int[candidates];
            failed = new double[candidates];
            this.isOpen = isOpen;
        }

        void add(Observed seen, int number) {
            isOpen[number] = true;
            for (var at = seen.start[number]; at < seen.start[number + 1]; at++) {
                count[seen.crossed[at]]++;
                down[seen.crossed[at]] += seen.share[number] >= 1 ? 1 : 0;
                failed[seen.crossed[at]] += seen.share[number];
            }
        }
    }

    private Rival rival(int candidate, Open open) {
        var fault = Fault.fitted(candidate, open.count[candidate], open.failed[candidate], seen.up[candidate]);
        var score = prior(candidate)
                + Likelihood.ofUp(seen.up[candidate], fault.activity())
                + open.down[candidate] * scale.log(fault, 1);
        if (open.down[candidate] < open.count[candidate]) {
            for (var at = seen.rowsStart[candidate]; at < seen.rowsStart[candidate + 1]; at++) {
                var share = seen.share[seen.rows[at]];
                if (open.isOpen[seen.rows[at]] && share < 1) {
                    score += scale.log(fault, share);
                }
            }
        }
        return new Rival(candidate, fault.fraction(), score);
    }

    private double prior(int candidate) {
        return scale.priors().of(seen.candidates[candidate]);
    }
}
