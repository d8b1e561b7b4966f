package org.lunwarden.fleet.localization;

import java.util.Arrays;

/** What each candidate gains when it alone explains all failed rows through it; worked out when it is asked for. */
final class Alone {

    private final Observed seen;
    private final Hypothesis.Scale scale;
    private final double[] gain;
    private final int[] tally;

    Alone(Observed seen, Hypothesis.Scale scale) {
        this.seen = seen;
        this.scale = scale;
        gain = new double[seen.candidates.length];
        Arrays.fill(gain, Double.NaN);
        tally = new int[seen.shares.length];
    }

    /** Candidate -> no less than it gains, whatever it has to explain. A copy. */
    double[] mosts() {
        var most = scale.most();
        var all = new double[gain.length];
        for (var candidate = 0; candidate < all.length; candidate++) {
            all[candidate] = Double.isNaN(gain[candidate])
                    ? scale.priors().of(seen.candidates[candidate]) + seen.failedCount[candidate] * most
                    : gain[candidate];
        }
        return all;
    }

    Fault fault(int candidate) {
        return seen.alone(candidate);
    }

    double gain(int candidate) {
        if (Double.isNaN(gain[candidate])) {
            var fault = fault(candidate);
            gain[candidate] = seen.working.log(candidate, fault.activity())
                    + scale.priors().of(seen.candidates[candidate])
                    + seen.down[candidate] * scale.log(fault, 1)
                    + inPart(candidate, fault);
        }
        return gain[candidate];
    }

    private double inPart(int candidate, Fault fault) {
        if (seen.down[candidate] == seen.failedCount[candidate]) {
            return 0;
        }
        for (var at = seen.rowsStart[candidate]; at < seen.rowsStart[candidate + 1]; at++) {
            tally[seen.shareOf[seen.rows[at]]]++;
        }
        return inPart(fault, tally);
    }

    /**
     * What a fault gains on rows that failed in part.
     *
     * @param tally share -> rows; cleared
     */
    double inPart(Fault fault, int[] tally) {
        var sum = 0.0;
        for (var share = 0; share < tally.length; share++) {
            if (tally[share] > 0 && seen.shares[share] < 1) {
                sum += tally[share] * scale.log(fault, seen.shares[share]);
            }
            tally[share] = 0;
        }
        return sum;
    }
}
