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

    /** Hosts that report at all regularly are commonly no further apart, in milliseconds. */
    private static final long REGULAR = 7_200_000;

    /** The clocks of no more than this share of hosts are far behind. */
    private static final double ODD = 0.2;

    /** The middle of the last reports of all hosts, and how far from it they commonly are. */
    private final long now;

    private final long apart;

    /** Host -> when it last reported. */
    private final long[] newest;

    Freshness(RiskIndex index) {
        newest = new long[index.hosts.length];
        Arrays.fill(newest, RowReading.NO_TIME);
        for (var row = 0; row < index.size(); row++) {
            var host = index.hostOf[row];
            newest[host] = Math.max(newest[host], index.reportedAt[row]);
        }
        var known = Arrays.stream(newest)
                .filter(at -> at != RowReading.NO_TIME)
                .sorted()
                .toArray();
        var middle = known.length == 0 ? RowReading.NO_TIME : known[known.length / 2];
        now = middle;
        apart = known.length == 0
                ? 0
                : Arrays.stream(known).map(at -> Math.abs(at - middle)).sorted().toArray()[known.length / 2];
    }

    /** The time that the reports of all hosts tell together; {@link RowReading#NO_TIME} when none does. */
    long now() {
        return now;
    }

    /** How far ahead the clock of a host is, in milliseconds; 0 when that could as well be the delay of a report. */
    long off(int host) {
        var ahead = newest[host] == RowReading.NO_TIME || now == RowReading.NO_TIME ? 0 : newest[host] - now;
        return Math.abs(ahead) <= LATE ? 0 : ahead;
    }

    /** When a host last reported, by its own clock; {@link RowReading#NO_TIME} when not known. */
    long newest(int host) {
        return newest[host];
    }

    /** Hosts whose last report is far behind those of the others. */
    BitSet late() {
        return now == RowReading.NO_TIME ? new BitSet() : exceptions(before(now - Math.max(LATE, COMMON * apart)));
    }

    /**
     * Hosts that last reported before all that began at this time, however many.
     *
     * @param aware hosts that see it; when these, too, reported before it, the times of reports tell nothing
     */
    BitSet unawareOf(long onset, BitSet aware) {
        var hosts = before(onset - SKEW);
        var early = (BitSet) hosts.clone();
        early.and(aware);
        hosts.andNot(aware);
        var isTold = apart <= REGULAR && early.cardinality() <= ODD * aware.cardinality();
        return isTold ? hosts : exceptions(hosts);
    }

    private BitSet before(long limit) {
        var hosts = new BitSet();
        for (var host = 0; host < newest.length; host++) {
            if (newest[host] != RowReading.NO_TIME && newest[host] < limit) {
                hosts.set(host);
            }
        }
        return hosts;
    }

    private BitSet exceptions(BitSet hosts) {
        return hosts.cardinality() > MOST * newest.length ? new BitSet() : hosts;
    }
}
