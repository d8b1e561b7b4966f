package org.lunwarden.fleet.localization;

/**
 * How surely each host tells news. Old news may show failures of long ago, or such as happen for no reason; what a cause took
 * down since it began, they hardly show. So it is the failures of a host, wherever they are, that say whether the rest of what
 * it reports can be believed.
 */
final class News {

    /** So many failures that old news would not show leave no doubt. */
    static final int SURE = 2;

    /** A row is a failure that a cause took down where that cause explains it at least so well. */
    private static final double EXPLAINED = 0.05;

    /** Rows that failed so long before a cause began failed before it, clocks and checks taken into account; in ms. */
    private static final long BEFORE = 45_000;

    private News() {}

    /** Host -> failures that speak for it, up to {@link #SURE}, as long as nothing is known of causes. */
    static byte[] byFailures(RiskIndex index) {
        var told = new byte[index.hosts.length];
        for (var row = 0; row < index.size(); row++) {
            if (index.isFailed(row) && told[index.hostOf[row]] < SURE) {
                told[index.hostOf[row]]++;
            }
        }
        return told;
    }

    /**
     * The same, causes given: what none of them explains, or what failed before the newest of them began, does not count.
     *
     * @param newest when that was; {@link RowReading#NO_TIME} when not known
     */
    static byte[] byCauses(Observed seen, Hypothesis found, Freshness freshness, long newest) {
        var told = new byte[seen.index.hosts.length];
        for (var number = 0; number < seen.failed.length; number++) {
            var host = seen.index.hostOf[seen.failed[number]];
            if (told[host] < SURE && found.caused(number) >= EXPLAINED && isSince(seen, number, freshness, newest)) {
                told[host]++;
            }
        }
        return told;
    }

    private static boolean isSince(Observed seen, int number, Freshness freshness, long newest) {
        var row = seen.failed[number];
        var changed = seen.index.changedAt[row];
        return newest == RowReading.NO_TIME
                || changed == RowReading.NO_TIME
                || changed - freshness.off(seen.index.hostOf[row]) >= newest - BEFORE;
    }
}
