package org.lunwarden.fleet.localization;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * What rows that are up say against a cause. A host that sees next to no failure at all may tell old news: that is one
 * accident, however many rows the host has, and those that are up speak together.
 */
final class Working {

    /** So many hosts say up whatever is. */
    private static final double STALE = 0.04;

    private static final double LOG_STALE = Math.log(STALE);
    private static final int STEPS = 2;

    /** One in so many rows of a host may have failed earlier. */
    private static final int EARLIER = 8;

    private final RiskIndex index;
    private final BitSet ignored;

    /** Candidate -> component. */
    private final int[] candidates;

    /** Host -> whether it tells of failures, so that what it tells is news. */
    private final boolean[] isAwake;

    private final @Nullable Hosts[] hosts;

    private static final class Hosts {
        /** Rows that are up, of hosts that tell of failures. */
        final int beside;

        /** Hosts on which a row failed. */
        final int failed;

        /** Other hosts, on which all rows are up. */
        final int up;

        /** How many rows these have: each number once. */
        final int[] rows;

        /** How many hosts have so many. */
        final int[] times;

        Hosts(int beside, int failed, int up, int[] rows, int[] times) {
            this.beside = beside;
            this.failed = failed;
            this.up = up;
            this.rows = rows;
            this.times = times;
        }
    }

    Working(RiskIndex index, BitSet ignored, int[] candidates) {
        this.index = index;
        this.ignored = ignored;
        this.candidates = candidates;
        hosts = new Hosts[candidates.length];
        var known = new int[index.hosts.length];
        var failed = new int[index.hosts.length];
        for (var row = 0; row < index.size(); row++) {
            known[index.hostOf[row]] += index.isKnown(row) ? 1 : 0;
            failed[index.hostOf[row]] += index.isFailed(row) ? 1 : 0;
        }
        isAwake = new boolean[known.length];
        for (var host = 0; host < known.length; host++) {
            isAwake[host] = EARLIER * failed[host] > known[host];
        }
    }

    /** Logarithm of the likelihood of the rows that are up through a candidate, over there being no fault. */
    double log(int candidate, double activity) {
        var its = of(candidate);
        var works = Math.log1p(-activity);
        var sum = its.beside * works;
        for (var i = 0; i < its.rows.length; i++) {
            sum += its.times[i] * ofHost(its.rows[i] * works);
        }
        return sum;
    }

    /** @param works logarithm of the likelihood that all its rows are up if it is not stale */
    private static double ofHost(double works) {
        return works < 2 * LOG_STALE - 10 ? LOG_STALE : Math.log(STALE + (1 - STALE) * Math.exp(works));
    }

    /** Rows that are up and news, as far as can be told when a candidate touches this share of its rows. */
    double news(int candidate, double activity) {
        var its = of(candidate);
        var works = Math.log1p(-activity);
        var sum = (double) its.beside;
        for (var i = 0; i < its.rows.length; i++) {
            var fresh = (1 - STALE) * Math.exp(its.rows[i] * works);
            sum += (double) its.rows[i] * its.times[i] * fresh / (STALE + fresh);
        }
        return sum;
    }

    /**
     * The likelier one of two: all hosts tell news, or those that see nothing tell old ones.
     *
     * @param failed sum of the shares of the {@code touched} rows
     */
    Fault fitted(int candidate, double touched, double failed, int up) {
        var plain = Fault.fitted(candidate, touched, failed, up);
        if (up == 0) {
            return plain;
        }
        var its = of(candidate);
        if (its.up == 0 || its.up > its.failed) {
            return plain;
        }
        var other = Fault.fitted(candidate, touched, failed, its.beside);
        for (var step = 0; step < STEPS; step++) {
            other = Fault.fitted(candidate, touched, failed, news(candidate, other.activity()));
        }
        return likelihood(other, touched) > likelihood(plain, touched) ? other : plain;
    }

    private double likelihood(Fault fault, double touched) {
        return touched * Math.log(fault.activity()) + log(fault.candidate(), fault.activity());
    }

    private Hosts of(int candidate) {
        var known = hosts[candidate];
        if (known == null) {
            known = counted(candidates[candidate]);
            hosts[candidate] = known;
        }
        return known;
    }

    private Hosts counted(int component) {
        var upOf = new int[8];
        var beside = 0;
        var failedHosts = 0;
        var upHosts = 0;
        var to = index.rowsStart[component + 1];
        for (var at = index.rowsStart[component]; at < to; ) {
            var host = index.hostOf[index.rows[at]];
            var up = 0;
            var failed = 0;
            for (; at < to && index.hostOf[index.rows[at]] == host; at++) {
                var row = index.rows[at];
                if (!ignored.get(row)) {
                    up += index.isUp(row) ? 1 : 0;
                    failed += index.isFailed(row) ? 1 : 0;
                }
            }
            failedHosts += failed > 0 ? 1 : 0;
            if (failed > 0 || isAwake[host]) {
                beside += up;
            } else if (up > 0) {
                upHosts++;
                upOf = up < upOf.length ? upOf : Arrays.copyOf(upOf, 2 * up);
                upOf[up]++;
            }
        }
        var numbers = upOf;
        var rows =
                IntStream.range(1, numbers.length).filter(up -> numbers[up] > 0).toArray();
        return new Hosts(
                beside,
                failedHosts,
                upHosts,
                rows,
                Arrays.stream(rows).map(up -> numbers[up]).toArray());
    }
}
