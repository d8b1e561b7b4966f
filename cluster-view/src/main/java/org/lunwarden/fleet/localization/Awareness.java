package org.lunwarden.fleet.localization;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Which hosts last reported before what was found began: that rows of theirs are up says nothing about it. */
final class Awareness {

    /** As many causes of one host each that begin together are one event that was not seen as one. */
    private static final int TOGETHER = 3;

    private static final long APART = 30_000;

    private Awareness() {}

    /**
     * @param newest when the newest cause of several hosts, or the newest event of many hosts, began
     * @param hosts those that may know nothing of it
     */
    record Lacking(long newest, BitSet hosts) {}

    static Lacking lacking(Freshness freshness, Observed seen, Hypothesis found) {
        var faults = found.faults();
        var onsets = faults.stream()
                .mapToLong(fault -> Onset.of(seen.index, rowsThrough(seen, fault)))
                .toArray();
        var newest = newest(seen, faults, onsets);
        return new Lacking(newest, hosts(freshness, seen, faults, onsets, newest));
    }

    private static BitSet hosts(Freshness freshness, Observed seen, List<Fault> faults, long[] onsets, long newest) {
        if (newest == RowReading.NO_TIME) {
            return new BitSet();
        }
        // failures of its own that are older do not show that a host looked since
        var aware = new BitSet();
        for (var at = 0; at < onsets.length; at++) {
            if (onsets[at] >= newest - APART) {
                for (var row : rowsThrough(seen, faults.get(at))) {
                    aware.set(seen.index.hostOf[row]);
                }
            }
        }
        return freshness.unawareOf(newest, aware);
    }

    private static long newest(Observed seen, List<Fault> faults, long[] onsets) {
        var newest = RowReading.NO_TIME;
        var ofOneHost = new long[onsets.length];
        var count = 0;
        for (var at = 0; at < onsets.length; at++) {
            if (seen.failedHosts(faults.get(at).candidate()) > 1) {
                newest = Math.max(newest, onsets[at]);
            } else if (onsets[at] != RowReading.NO_TIME) {
                ofOneHost[count++] = onsets[at];
            }
        }
        var sorted = Arrays.copyOf(ofOneHost, count);
        Arrays.sort(sorted);
        for (var i = 0; i + TOGETHER <= count; i++) {
            if (sorted[i + TOGETHER - 1] - sorted[i] <= APART) {
                newest = Math.max(newest, sorted[i]);
            }
        }
        return newest;
    }

    private static int[] rowsThrough(Observed seen, Fault fault) {
        return Arrays.stream(seen.rows, seen.rowsStart[fault.candidate()], seen.rowsStart[fault.candidate() + 1])
                .map(number -> seen.failed[number])
                .toArray();
    }
}
