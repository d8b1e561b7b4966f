package org.lunwarden.fleet;

import java.util.Collection;

import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.LWWMapKey;
import org.apache.pekko.cluster.ddata.LWWRegister;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;

import org.lunwarden.fleet.alert.AlertEntry;

/** What was told of incidents and what is still to be told, as the views agree on it; written by the notifier only. */
final class AlertBook {

    static final Key<LWWMap<String, AlertEntry>> KEY = LWWMapKey.create("alerts");

    /** So many writes at least has an epoch before it looks newer than the next one. */
    private static final long WRITES = 1L << 20;

    /** What a later notifier wrote is newer, whatever the clocks of the views say. */
    private static final LWWRegister.Clock<AlertEntry> BY_EPOCH =
            (current, entry) -> Math.max(current + 1, entry.epoch() * WRITES);

    private AlertBook() {}

    /** Writes these and drops those, save what a later notifier has written. */
    static LWWMap<String, AlertEntry> with(
            LWWMap<String, AlertEntry> book,
            Collection<AlertEntry> entries,
            Collection<AlertEntry> dropped,
            SelfUniqueAddress writer) {
        var next = book;
        for (var entry : entries) {
            if (!isLater(next, entry)) {
                next = next.put(writer, entry.incident(), entry, BY_EPOCH);
            }
        }
        for (var entry : dropped) {
            if (!isLater(next, entry) && next.contains(entry.incident())) {
                next = next.remove(writer, entry.incident());
            }
        }
        return next;
    }

    private static boolean isLater(LWWMap<String, AlertEntry> book, AlertEntry than) {
        var known = book.getEntries().get(than.incident());
        return known != null && known.epoch() > than.epoch();
    }
}
