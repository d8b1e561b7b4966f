package org.lunwarden.fleet.localization;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Which hosts' reports are too old to count. What "now" is, the reports of all hosts say together: the clock of any one of
 * them may be off by an hour. A host that last reported before a failure began says nothing about it.
 */
final class Freshness {

    /** Reports may be this much behind those of most hosts, in milliseconds. */
    private static final long LATE = 90_000;

    /** And so many times as far behind as hosts commonly are. */
    private static final long COMMON = 6;

    /** Clocks may be off by so much and still tell before from after, in milliseconds. */
    private static final long SKEW = 15_000;

    /** When more hosts than this share would not count, their silence is no exception and the rule is wrong. */
    private static final double MOST = 0.4;

    /** Host -> when it last reported. */
    private final long[] newest;

    Freshness(RiskIndex index) {
        newest = new long[index.hosts.length];
        Arrays.fill(newest, RowReading.NO_TIME);
        for (var row = 0; row < index.size(); row++) {
            var host = index.hostOf[row];
            newest[host] = Math.max(newest[host], index.reportedAt[row]);
        }
    }

    /** Hosts whose last report is far behind those of the others. */
    BitSet late() {
        var known = Arrays.stream(newest)
                .filter(at -> at != RowReading.NO_TIME)
                .sorted()
                .toArray();
        if (known.length == 0) {
            return new BitSet();
        }
        var now = known[known.length / 2];
        var apart = Arrays.stream(known).map(at -> Math.abs(at - now)).sorted().toArray()[known.length / 2];
        return before(now - Math.max(LATE, COMMON * apart));
    }

    /** Hosts that last reported before all that began at this time. */
    BitSet unawareOf(long onset) {
        return onset == RowReading.NO_TIME ? new BitSet() : before(onset - SKEW);
    }

    private BitSet before(long limit) {
        var hosts = new BitSet();
        for (var host = 0; host < newest.length; host++) {
            if (newest[host] != RowReading.NO_TIME && newest[host] < limit) {
                hosts.set(host);
            }
        }
        return hosts.cardinality() > MOST * newest.length ? new BitSet() : hosts;
    }
}
