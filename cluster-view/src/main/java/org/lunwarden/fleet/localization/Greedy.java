package org.lunwarden.fleet.localization;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/** Adds to a hypothesis, one by one, what gains most on the failed rows that it does not explain yet. */
final class Greedy {

    /** A row that is caused with less than this weight counts as not explained. */
    private static final double EXPLAINED = 0.01;

    private static final double UNKNOWN = -1;

    private final Observed seen;
    private final Hypothesis.Scale scale;
    private final Hypothesis set;
    private final Alone alone;

    /** Candidates that may gain, ascending; gains only fall while others are taken. */
    private int[] open;

    /** Candidate -> rows down as a whole that are not explained. */
    private final int[] down;

    /** Candidate -> share that failed of all rows that are not explained, and their number. */
    private final double[] share;

    private final int[] count;

    /** Whether the gain of a candidate is only known to be no greater. */
    private final boolean[] isBound;

    private final double[] gain;
    private final double[] fraction;
    private final boolean[] isExplained;
    private final int[] tally;
    private int left;
    private double leastTaken = 1;

    /**
     * @param alone on the same scale
     * @param without candidates that are not to be taken
     */
    Greedy(Observed seen, Hypothesis.Scale scale, Hypothesis set, Alone alone, boolean[] without) {
        this.seen = seen;
        this.scale = scale;
        this.set = set;
        this.alone = alone;
        var candidates = seen.candidates.length;
        down = seen.down.clone();
        share = seen.failedShare.clone();
        count = seen.failedCount.clone();
        isBound = new boolean[candidates];
        Arrays.fill(isBound, true);
        gain = alone.mosts();
        fraction = new double[candidates];
        Arrays.fill(fraction, UNKNOWN);
        isExplained = new boolean[seen.failed.length];
        tally = new int[seen.shares.length];
        left = seen.failed.length;
        if (!set.faults().isEmpty()) {
            explain(0, seen.failed.length, null);
        }
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
            // what cannot be the best is not looked at: its gain has not risen since it was last worked out
            if (isBound[candidate] && (best < 0 || gain[candidate] > gain[best] + 1e-9)) {
                if (fraction(candidate) < least) {
                    open[kept++] = candidate;
                    continue;
                }
                weigh(candidate);
            }
            if (gain[candidate] <= 0) {
                continue;
            }
            open[kept++] = candidate;
            if (!isBound[candidate]
                    && fraction(candidate) >= least
                    && (best < 0 || gain[candidate] > gain[best] + 1e-9)) {
                best = candidate;
            }
        }
        open = Arrays.copyOf(open, kept);
        return best;
    }

    private double fraction(int candidate) {
        if (fraction[candidate] < 0) {
            fraction[candidate] = fault(candidate).fraction();
        }
        return fraction[candidate];
    }

    private void weigh(int candidate) {
        isBound[candidate] = false;
        if (count[candidate] == seen.failedCount[candidate]) {
            gain[candidate] = alone.gain(candidate);
            return;
        }
        var fault = fault(candidate);
        gain[candidate] = seen.working.log(candidate, fault.activity())
                + scale.priors().of(seen.candidates[candidate])
                + down[candidate] * scale.log(fault, 1)
                + inPart(candidate, fault);
    }

    private double inPart(int candidate, Fault fault) {
        if (down[candidate] == count[candidate]) {
            return 0;
        }
        for (var at = seen.rowsStart[candidate]; at < seen.rowsStart[candidate + 1]; at++) {
            tally[seen.shareOf[seen.rows[at]]] += isExplained[seen.rows[at]] ? 0 : 1;
        }
        return alone.inPart(fault, tally);
    }

    private Fault fault(int candidate) {
        return count[candidate] == seen.failedCount[candidate]
                ? alone.fault(candidate)
                : seen.working.fitted(candidate, count[candidate], share[candidate], seen.up[candidate]);
    }

    private void take(int candidate) {
        var fault = fault(candidate);
        leastTaken = Math.min(leastTaken, fault.fraction());
        set.add(fault);
        explain(seen.rowsStart[candidate], seen.rowsStart[candidate + 1], seen.rows);
        var kept = 0;
        for (var other : open) {
            if (other != candidate) {
                open[kept++] = other;
            }
        }
        open = Arrays.copyOf(open, kept);
    }

    /** Takes out what is explained now; where that is most of what was left, the rest is counted anew instead. */
    private void explain(int from, int to, int @Nullable [] numbers) {
        var fresh = new int[to - from];
        var found = 0;
        for (var at = from; at < to; at++) {
            var number = numbers == null ? at : numbers[at];
            if (!isExplained[number] && set.caused(number) >= EXPLAINED) {
                isExplained[number] = true;
                fresh[found++] = number;
            }
        }
        left -= found;
        if (found > left) {
            recount();
        } else {
            for (var i = 0; i < found; i++) {
                remove(fresh[i]);
            }
        }
    }

    private void remove(int number) {
        for (var at = seen.start[number]; at < seen.start[number + 1]; at++) {
            var candidate = seen.crossed[at];
            down[candidate] -= seen.share[number] >= 1 ? 1 : 0;
            share[candidate] -= seen.share[number];
            count[candidate]--;
            isBound[candidate] = true;
            fraction[candidate] = UNKNOWN;
        }
    }

    private void recount() {
        Arrays.fill(down, 0);
        Arrays.fill(share, 0);
        Arrays.fill(count, 0);
        Arrays.fill(isBound, true);
        Arrays.fill(fraction, UNKNOWN);
        for (var number = 0; number < seen.failed.length; number++) {
            if (!isExplained[number]) {
                for (var at = seen.start[number]; at < seen.start[number + 1]; at++) {
                    var candidate = seen.crossed[at];
                    down[candidate] += seen.share[number] >= 1 ? 1 : 0;
                    share[candidate] += seen.share[number];
                    count[candidate]++;
                }
            }
        }
    }
}
