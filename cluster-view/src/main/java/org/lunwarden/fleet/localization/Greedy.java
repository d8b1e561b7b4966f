package org.lunwarden.fleet.localization;

import java.util.Arrays;

/** Adds to a hypothesis, one by one, what gains most on the failed rows that it does not explain yet. */
final class Greedy {

    /** A row that is caused with less than this weight counts as not explained. */
    private static final double EXPLAINED = 0.01;

    private final Observed seen;
    private final Hypothesis.Scale scale;
    private final Hypothesis set;

    /** Candidates that may gain, ascending; gains only fall while others are taken. */
    private int[] open;

    /** Candidate -> rows down as a whole that are not explained. */
    private final int[] down;

    /** Candidate -> share that failed of all rows that are not explained, and their number. */
    private final double[] share;

    private final int[] count;
    private final boolean[] isDirty;
    private final double[] gain;
    private final boolean[] isExplained;
    private double leastTaken = 1;

    /** @param without candidates that are not to be taken */
    Greedy(Observed seen, Hypothesis.Scale scale, Hypothesis set, boolean[] without) {
        this.seen = seen;
        this.scale = scale;
        this.set = set;
        var candidates = seen.candidates.length;
        down = seen.down.clone();
        share = seen.failedShare.clone();
        count = seen.failedCount.clone();
        isDirty = new boolean[candidates];
        gain = new double[candidates];
        isExplained = new boolean[seen.failed.length];
        for (var number = 0; number < seen.failed.length; number++) {
            isExplained[number] = set.caused(number) >= EXPLAINED;
            if (isExplained[number]) {
                remove(number);
            }
        }
        Arrays.fill(isDirty, true);
        var isOut = without.clone();
        set.faults().forEach(fault -> isOut[fault.candidate()] = true);
        open = new int[candidates];
        var length = 0;
        for (var candidate = 0; candidate < candidates; candidate++) {
            if (count[candidate] >= scale.minFailed() && !isOut[candidate]) {
                open[length++] = candidate;
            }
        }
        open = Arrays.copyOf(open, length);
    }

    private void remove(int number) {
        for (var at = seen.start[number]; at < seen.start[number + 1]; at++) {
            var candidate = seen.crossed[at];
            down[candidate] -= seen.share[number] >= 1 ? 1 : 0;
            share[candidate] -= seen.share[number];
            count[candidate]--;
            isDirty[candidate] = true;
        }
    }

    /** Takes what gains and fails at least in this share, {@code most} of it. */
    void take(double least, int most) {
        var taken = 0;
        for (var next = best(least); next >= 0 && taken < most; next = best(least)) {
            take(next);
            taken++;
        }
    }

    /** The least fraction of all that was taken. */
    double leastTaken() {
        return leastTaken;
    }

    private int best(double least) {
        var best = -1;
        var kept = 0;
        for (var candidate : open) {
            if (count[candidate] < scale.minFailed()) {
                continue;
            }
            if (isDirty[candidate]) {
                gain[candidate] = gain(candidate);
                isDirty[candidate] = false;
            }
            if (gain[candidate] <= 0) {
                continue;
            }
            open[kept++] = candidate;
            if (fault(candidate).fraction() >= least && (best < 0 || gain[candidate] > gain[best] + 1e-9)) {
                best = candidate;
            }
        }
        open = Arrays.copyOf(open, kept);
        return best;
    }

    private Fault fault(int candidate) {
        return seen.working.fitted(candidate, count[candidate], share[candidate], seen.up[candidate]);
    }

    private double gain(int candidate) {
        var fault = fault(candidate);
        var sum = seen.working.log(candidate, fault.activity())
                + scale.priors().of(seen.candidates[candidate])
                + down[candidate] * scale.log(fault, 1);
        if (down[candidate] < count[candidate]) {
            for (var at = seen.rowsStart[candidate]; at < seen.rowsStart[candidate + 1]; at++) {
                var number = seen.rows[at];
                if (!isExplained[number] && seen.share[number] < 1) {
                    sum += scale.log(fault, seen.share[number]);
                }
            }
        }
        return sum;
    }

    private void take(int candidate) {
        var fault = fault(candidate);
        leastTaken = Math.min(leastTaken, fault.fraction());
        set.add(fault);
        for (var at = seen.rowsStart[candidate]; at < seen.rowsStart[candidate + 1]; at++) {
            var number = seen.rows[at];
            if (!isExplained[number] && set.caused(number) >= EXPLAINED) {
                isExplained[number] = true;
                remove(number);
            }
        }
        var kept = 0;
        for (var other : open) {
            if (other != candidate) {
                open[kept++] = other;
            }
        }
        open = Arrays.copyOf(open, kept);
    }
}
