package org.lunwarden.fleet.localization;

import java.util.Arrays;
import java.util.BitSet;

/** Which hosts last reported before what was found began: that rows of theirs are up says nothing about it. */
final class Awareness {

    /** As many causes of one host each that begin together are one event that was not seen as one. */
    private static final int TOGETHER = 3;

    private static final long APART = 30_000;

    private Awareness() {}

    static BitSet lacking(Freshness freshness, Observed seen, Hypothesis found) {
        var newest = RowReading.NO_TIME;
        var aware = new BitSet();
        var ofOneHost = new long[found.faults().size()];
        var count = 0;
        for (var fault : found.faults()) {
            var rows = rowsThrough(seen, fault);
            for (var row : rows) {
                aware.set(seen.index.hostOf[row]);
            }
            var onset = Onset.of(seen.index, rows);
            if (seen.failedHosts(fault.candidate()) > 1) {
                newest = Math.max(newest, onset);
            } else if (onset != RowReading.NO_TIME) {
                ofOneHost[count++] = onset;
            }
        }
        var sorted = Arrays.copyOf(ofOneHost, count);
        Arrays.sort(sorted);
        for (var i = 0; i + TOGETHER <= count; i++) {
            if (sorted[i + TOGETHER - 1] - sorted[i] <= APART) {
                newest = Math.max(newest, sorted[i]);
            }
        }
        return newest == RowReading.NO_TIME ? new BitSet() : freshness.unawareOf(newest, aware);
    }

    private static int[] rowsThrough(Observed seen, Fault fault) {
        return Arrays.stream(seen.rows, seen.rowsStart[fault.candidate()], seen.rowsStart[fault.candidate() + 1])
                .map(number -> seen.failed[number])
                .toArray();
    }
}
