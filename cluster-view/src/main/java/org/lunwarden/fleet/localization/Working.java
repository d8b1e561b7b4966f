package org.lunwarden.fleet.localization;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * What rows that are up say against a cause. A host on which none failed through it may tell old news: that is one accident,
 * however many rows the host has, and those that are up speak together. The less likely that is by all else the host tells,
 * the more they count.
 */
final class Working {

    /** So many hosts say up whatever is. */
    private static final double STALE = 0.04;

    /** Of these, so many show a failure all the same that a cause seems to have brought about. */
    private static final double TOLD = 0.01;

    /** How surely a host tells news -> logarithm of how likely it does not. */
    private static final double[] LOG_STALE = {Math.log(STALE), Math.log(STALE * TOLD)};

    /** What is less likely than old news by so much, as a logarithm, does not count beside it. */
    private static final double SURELY = 13;

    private static final int STEPS = 2;

    private static final Hosts NONE_UP = new Hosts(0, 0, 0, new int[0], new int[0], new int[0]);

    private final Observed seen;
    private final @Nullable Hosts[] hosts;

    private static final class Hosts {
        /** Rows that are up, of hosts that surely tell news. */
        final int beside;

        /** Hosts on which a row failed. */
        final int failed;

        /** Other hosts, on which all rows are up. */
        final int up;

        /** How many rows these have, and how surely they tell news: each pair once. */
        final int[] rows;

        final int[] told;

        /** How many hosts are so. */
        final int[] times;

        Hosts(int beside, int failed, int up, int[] rows, int[] told, int[] times) {
            this.beside = beside;
            this.failed = failed;
            this.up = up;
            this.rows = rows;
            this.told = told;
            this.times = times;
        }
    }

    /** @param seen as far as its rows are counted */
    Working(Observed seen) {
        this.seen = seen;
        hosts = new Hosts[seen.candidates.length];
    }

    /** Logarithm of the likelihood of the rows that are up through a candidate, over there being no fault. */
    double log(int candidate, double activity) {
        var its = of(candidate);
        var works = Math.log(1 - activity);
        var sum = its.beside * works;
        for (var i = 0; i < its.rows.length; i++) {
            sum += its.times[i] * ofHost(its.rows[i] * works, LOG_STALE[its.told[i]]);
        }
        return sum;
    }

    /** @param works logarithm of the likelihood that all its rows are up if it is not stale */
    private static double ofHost(double works, double stale) {
        if (works < stale - SURELY) {
            return stale;
        }
        var old = Math.exp(stale);
        return Math.log(old + (1 - old) * Math.exp(works));
    }

    /** Rows that are up and news, as far as can be told when a candidate touches this share of its rows. */
    double news(int candidate, double activity) {
        var its = of(candidate);
        var works = Math.log(1 - activity);
        var sum = (double) its.beside;
        for (var i = 0; i < its.rows.length; i++) {
            var old = Math.exp(LOG_STALE[its.told[i]]);
            var fresh = (1 - old) * Math.exp(its.rows[i] * works);
            sum += (double) its.rows[i] * its.times[i] * fresh / (old + fresh);
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
            known = seen.up[candidate] == 0
                    ? NONE_UP
                    : isOfOneHost(seen.candidates[candidate])
                            ? new Hosts(seen.up[candidate], 1, 0, new int[0], new int[0], new int[0])
                            : counted(seen.candidates[candidate]);
            hosts[candidate] = known;
        }
        return known;
    }

    /** Then it is a host that tells of a failure, or the component would be no candidate. */
    private boolean isOfOneHost(int component) {
        var first = seen.index.rows[seen.index.rowsStart[component]];
        var last = seen.index.rows[seen.index.rowsStart[component + 1] - 1];
        return seen.index.hostOf[first] == seen.index.hostOf[last];
    }

    private Hosts counted(int component) {
        var index = seen.index;
        var isAll = seen.ignored.isEmpty();
        // by rows that are up and how surely their host tells news, together one number
        var upOf = new int[8 * News.SURE];
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
                up += index.isUp(row) && (isAll || !seen.ignored.get(row)) ? 1 : 0;
                failed += index.isFailed(row) ? 1 : 0;
            }
            failedHosts += failed > 0 ? 1 : 0;
            if (failed > 0 || seen.told[host] == News.SURE) {
                beside += up;
            } else if (up > 0) {
                upHosts++;
                var kind = up * News.SURE + seen.told[host];
                upOf = kind < upOf.length ? upOf : Arrays.copyOf(upOf, 2 * kind);
                upOf[kind]++;
            }
        }
        var different = Arrays.stream(upOf).filter(times -> times > 0).toArray();
        var rows = new int[different.length];
        var told = new int[different.length];
        for (int kind = 0, at = 0; kind < upOf.length; kind++) {
            if (upOf[kind] > 0) {
                rows[at] = kind / News.SURE;
                told[at++] = kind % News.SURE;
            }
        }
        return new Hosts(beside, failedHosts, upHosts, rows, told, different);
    }
}
