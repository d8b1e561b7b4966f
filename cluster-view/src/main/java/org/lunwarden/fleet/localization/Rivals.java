package org.lunwarden.fleet.localization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What else could explain the failures of a fault, all other faults given. */
final class Rivals {

    /** Explanations that differ by no more, priors apart, are the same to the data. */
    private static final double SAME = 0.05;

    private static final double EXPLAINED = 0.01;

    private final Observed seen;
    private final Hypothesis.Scale scale;
    private final Hypothesis set;
    private final boolean[] isTaken;
    private final Open open;

    /** @param score how much it gains over noise */
    record Rival(int candidate, double fraction, double score) {}

    /**
     * @param own what the fault itself gains, measured in the same way
     * @param best the best other one
     * @param same those that explain the same to the data
     */
    record Comparison(double own, Optional<Rival> best, List<Rival> same) {}

    Rivals(Observed seen, Hypothesis.Scale scale, Hypothesis set) {
        this.seen = seen;
        this.scale = scale;
        this.set = set;
        isTaken = new boolean[seen.candidates.length];
        set.faults().forEach(fault -> isTaken[fault.candidate()] = true);
        open = new Open(seen);
    }

    Comparison of(Fault fault) {
        open.clear();
        for (var at = seen.rowsStart[fault.candidate()]; at < seen.rowsStart[fault.candidate() + 1]; at++) {
            if (set.causedWithout(fault, seen.rows[at]) < EXPLAINED) {
                open.add(seen.rows[at]);
            }
        }
        var own = rival(fault.candidate());
        var ownPlain = own.score() - prior(fault.candidate());
        Rival best = null;
        var same = new ArrayList<Rival>();
        for (var candidate : open.candidates()) {
            if (isTaken[candidate]) {
                continue;
            }
            var rival = rival(candidate);
            if (seen.areAlike(candidate, fault.candidate())) {
                continue;
            }
            if (Math.abs(rival.score() - prior(candidate) - ownPlain) < SAME) {
                same.add(rival);
            } else if (rival.score() > 0 && (best == null || rival.score() > best.score() + 1e-9)) {
                best = rival;
            }
        }
        return new Comparison(own.score(), Optional.ofNullable(best), same);
    }

    /** The failed rows of a fault that no other one explains, counted by candidate. One for all faults: most touch few. */
    private static final class Open {
        final int[] count;
        final int[] down;
        final double[] failed;
        final boolean[] isOpen;
        private final Observed seen;
        private final int[] touched;
        private int touchedCount;
        private final int[] rows;
        private int rowCount;

        Open(Observed seen) {
            this.seen = seen;
            count = new int[seen.candidates.length];
            down = new int[seen.candidates.length];
            failed = new double[seen.candidates.length];
            touched = new int[seen.candidates.length];
            isOpen = new boolean[seen.failed.length];
            rows = new int[seen.failed.length];
        }

        void add(int number) {
            isOpen[number] = true;
            rows[rowCount++] = number;
            for (var at = seen.start[number]; at < seen.start[number + 1]; at++) {
                var candidate = seen.crossed[at];
                if (count[candidate]++ == 0) {
                    touched[touchedCount++] = candidate;
                }
                down[candidate] += seen.share[number] >= 1 ? 1 : 0;
                failed[candidate] += seen.share[number];
            }
        }

        void clear() {
            for (var i = 0; i < touchedCount; i++) {
                count[touched[i]] = 0;
                down[touched[i]] = 0;
                failed[touched[i]] = 0;
            }
            for (var i = 0; i < rowCount; i++) {
                isOpen[rows[i]] = false;
            }
            touchedCount = 0;
            rowCount = 0;
        }

        /** Ascending. */
        int[] candidates() {
            var all = Arrays.copyOf(touched, touchedCount);
            Arrays.sort(all);
            return all;
        }
    }

    private Rival rival(int candidate) {
        var fault = seen.working.fitted(candidate, open.count[candidate], open.failed[candidate], seen.up[candidate]);
        var score = prior(candidate)
                + seen.working.log(candidate, fault.activity())
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
