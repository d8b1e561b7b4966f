package org.lunwarden.fleet.localization;

import java.util.ArrayList;
import java.util.List;

/** How many rows fail for no reason that could be seen: learned from what no cause explains. */
final class Noise {

    private static final double USUAL = 1e-3;
    private static final double LEAST = 2e-4;
    private static final double MOST = 0.03;

    /** A cause of which less fails may be noise that was taken for one. */
    private static final double FAINT = 0.2;

    /** Estimates that differ by no more than this factor are one. */
    private static final double SAME = 1.5;

    /** Of the logarithm of how many rows fail so, over fleets and moments. */
    private static final double VARIANCE = 0.36;

    private static final int STEPS = 30;

    private Noise() {}

    /** What to search with: noise as what is left, and, where faint causes were found, noise as these and what is left. */
    static List<Double> tries(Observed seen, Hypothesis found, double assumed) {
        var tries = new ArrayList<Double>();
        tries.add(beside(seen, found, 0, assumed));
        var most = beside(seen, found, FAINT, assumed);
        if (most > SAME * tries.getFirst()) {
            tries.add(most);
        }
        return tries;
    }

    /** The share of failures among rows that cross no cause of at least this fraction. */
    private static double beside(Observed seen, Hypothesis found, double least, double assumed) {
        var isTouched = new boolean[seen.failed.length];
        var through = 0L;
        for (var fault : found.faults()) {
            if (fault.activity() >= least) {
                through += seen.knownThrough(fault.candidate());
                for (var at = seen.rowsStart[fault.candidate()]; at < seen.rowsStart[fault.candidate() + 1]; at++) {
                    isTouched[seen.rows[at]] = true;
                }
            }
        }
        var failed = 0;
        for (var is : isTouched) {
            failed += is ? 0 : 1;
        }
        return likeliest(failed, Math.max(0, seen.index.knownRows() - through), assumed);
    }

    /** Where the logarithm of its likelihood and of {@link #prior} rises no more; both sides of what is usual are as rare. */
    private static double likeliest(int failed, long rows, double assumed) {
        var low = Math.log(LEAST);
        var high = Math.log(MOST);
        for (var step = 0; step < STEPS; step++) {
            var middle = (low + high) / 2;
            if (failed - rows * Math.exp(middle) - (middle - Math.log(assumed)) / VARIANCE > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.exp((low + high) / 2);
    }

    /** Logarithm of how common so much noise is: the more it is above what is usual, the rarer. */
    static double prior(double noise) {
        var above = Math.max(0, Math.log(noise / USUAL));
        return -above * above / (2 * VARIANCE);
    }
}
