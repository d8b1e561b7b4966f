package org.lunwarden.fleet.localization;

import java.util.ArrayList;
import java.util.List;

/** How many rows fail for no reason that could be seen: learned from what no cause explains. */
final class Noise {

    /** The assumed noise counts as if it had been seen on so many rows. */
    private static final double ASSUMED_ROWS = 2_000;

    private static final double USUAL = 1e-3;
    private static final double LEAST = 2e-4;
    private static final double MOST = 0.03;

    /** A cause of which less fails may be noise that was taken for one. */
    private static final double FAINT = 0.2;

    /** Estimates that differ by no more than this factor are one. */
    private static final double SAME = 1.5;

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
        var rows = Math.max(0, seen.index.knownRows() - through) + ASSUMED_ROWS;
        return Math.clamp((failed + assumed * ASSUMED_ROWS) / rows, LEAST, MOST);
    }

    /** Logarithm of how common so much noise is: the more it is above what is usual, the rarer. */
    static double prior(double noise) {
        var above = Math.max(0, Math.log(noise / USUAL));
        return -above * above / 2;
    }
}
