package org.lunwarden.fleet;

import java.util.Collection;
import java.util.stream.Stream;

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

    /**
     * Writes these and drops those.
     *
     * @throws IllegalStateException when a later notifier has written anything: then nothing of it may count as written
     */
    static LWWMap<String, AlertEntry> with(
            LWWMap<String, AlertEntry> book,
            Collection<AlertEntry> entries,
            Collection<AlertEntry> dropped,
            SelfUniqueAddress writer) {
        var next = book;
        var latest = latest(book.getEntries().values());
        if (Stream.concat(entries.stream(), dropped.stream()).anyMatch(entry -> entry.epoch() < latest)) {
            throw new IllegalStateException("a later notifier has begun");
        }
        for (var entry : entries) {
            next = next.put(writer, entry.incident(), entry, BY_EPOCH);
        }
        for (var entry : dropped) {
            if (next.contains(entry.incident())) {
                next = next.remove(writer, entry.incident());
            }
        }
        return next;
    }

    /** The epoch of the last notifier that wrote anything; 0 when none did. */
    static long latest(Collection<AlertEntry> entries) {
        return entries.stream().mapToLong(AlertEntry::epoch).max().orElse(0);
    }
}
