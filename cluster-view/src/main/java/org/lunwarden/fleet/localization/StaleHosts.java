package org.lunwarden.fleet.localization;

import java.util.BitSet;

/**
 * Hosts that still say up, on all their rows, where a component failed hard for all other hosts: what they report is
 * old, whatever time it bears.
 */
final class StaleHosts {

    /** Of a hard fault, at least so much of the traffic of all hosts fails, stale ones included. */
    private static final double HARD = 0.7;

    /** The same where hosts have one row each through it, so that a fault in part looks alike. */
    private static final double HARD_BY_ONE = 0.85;

    /** Of the rows of a host that has seen a hard fault, at least so many failed. */
    private static final double SEEN = 0.93;

    private static final int LEAST_HOSTS = 3;

    private final Observed seen;

    StaleHosts(Observed seen) {
        this.seen = seen;
    }

    BitSet under(Hypothesis set) {
        var index = seen.index;
        var hosts = index.hosts.length;
        var expected = new int[hosts];
        var working = new int[hosts];
        for (var fault : set.faults()) {
            if (isHard(fault)) {
                var component = seen.candidates[fault.candidate()];
                for (var at = index.rowsStart[component]; at < index.rowsStart[component + 1]; at++) {
                    var row = index.rows[at];
                    if (seen.isKnown(row)) {
                        expected[index.hostOf[row]]++;
                        working[index.hostOf[row]] += index.isUp(row) ? 1 : 0;
                    }
                }
            }
        }
        var stale = new BitSet();
        for (var host = 0; host < hosts; host++) {
            if (expected[host] > 0 && working[host] == expected[host]) {
                stale.set(host);
            }
        }
        return stale;
    }

    private boolean isHard(Fault fault) {
        var candidate = fault.candidate();
        if (fault.fraction() < HARD || seen.up[candidate] == 0) {
            return false;
        }
        var index = seen.index;
        var component = seen.candidates[candidate];
        var host = -1;
        var up = 0;
        var failed = 0;
        var failedHosts = 0;
        var rowsOfMany = 0;
        var failedOfMany = 0;
        for (var at = index.rowsStart[component]; at <= index.rowsStart[component + 1]; at++) {
            var row = at < index.rowsStart[component + 1] ? index.rows[at] : -1;
            if (row < 0 || index.hostOf[row] != host) {
                if (failed > 0) {
                    failedHosts++;
                    if (up + failed > 1) {
                        rowsOfMany += up + failed;
                        failedOfMany += failed;
                    }
                }
                if (row < 0) {
                    break;
                }
                host = index.hostOf[row];
                up = 0;
                failed = 0;
            }
            if (seen.isKnown(row)) {
                up += index.isUp(row) ? 1 : 0;
                failed += index.isFailed(row) ? 1 : 0;
            }
        }
        if (failedHosts < LEAST_HOSTS) {
            return false;
        }
        return rowsOfMany == 0 ? fault.fraction() >= HARD_BY_ONE : failedOfMany >= SEEN * rowsOfMany;
    }
}
