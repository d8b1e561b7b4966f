package org.lunwarden.fleet.localization;

import java.util.Arrays;

/** When a cause began, told from the clocks of many hosts. */
final class Onset {

    /** Failures with no longer pauses between them began together: as long as checks are apart at most. */
    private static final long BURST = 30_000;

    /** The first of so many hosts may have a clock that is behind. */
    private static final int ONE_IN = 20;

    private Onset() {}

    /** Some rows may have failed long before, for another reason, and the clocks of some hosts may be far off. */
    static long of(RiskIndex index, int[] members) {
        var first = new long[members.length];
        var hosts = 0;
        var last = -1;
        for (var row : members) {
            if (index.changedAt[row] == RowReading.NO_TIME) {
                continue;
            }
            if (index.hostOf[row] == last) {
                first[hosts - 1] = Math.min(first[hosts - 1], index.changedAt[row]);
            } else {
                first[hosts++] = index.changedAt[row];
                last = index.hostOf[row];
            }
        }
        if (hosts == 0) {
            return RowReading.NO_TIME;
        }
        var sorted = Arrays.copyOf(first, hosts);
        Arrays.sort(sorted);
        var from = hosts / 2;
        while (from > 0 && sorted[from] - sorted[from - 1] <= BURST) {
            from--;
        }
        return sorted[from + (hosts - from) / ONE_IN];
    }
}
