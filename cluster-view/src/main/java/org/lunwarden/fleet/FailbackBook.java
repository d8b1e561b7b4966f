package org.lunwarden.fleet;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.LWWMapKey;
import org.apache.pekko.cluster.ddata.LWWRegister;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;

/** The failbacks that the views agree on, by id: small, shared state, written by the coordinator only. */
final class FailbackBook {

    static final Key<LWWMap<String, FailbackEntry>> KEY = LWWMapKey.create("failbacks");

    /** So many are kept, live ones always. */
    private static final int KEPT = 20;

    private FailbackBook() {}

    /** So many writes has an epoch at most: epochs near the time leave room for it for some thousand years. */
    private static final long WRITES = 1L << 16;

    /** What a later coordinator wrote is newer, and so is what one wrote later, whatever the clocks of the views say. */
    private static final LWWRegister.Clock<FailbackEntry> BY_EPOCH =
            (current, entry) -> entry.epoch() * WRITES + Math.min(entry.version(), WRITES - 1);

    /**
     * Writes one, and drops the oldest ended ones beyond those that are kept.
     *
     * @throws IllegalStateException when a later coordinator has written anything: then nothing of it may count as written
     */
    static LWWMap<String, FailbackEntry> with(
            LWWMap<String, FailbackEntry> book, FailbackEntry entry, SelfUniqueAddress writer) {
        if (latest(book.getEntries().values()) > entry.epoch()) {
            throw new IllegalStateException("a later coordinator has begun");
        }
        var next = book.put(writer, entry.id(), entry, BY_EPOCH);
        var surplus = newestFirst(next.getEntries().values()).stream()
                .filter(each -> !each.isLive())
                .skip(KEPT)
                .toList();
        for (var old : surplus) {
            next = next.remove(writer, old.id());
        }
        return next;
    }

    /** Adds what a view knew before it was stopped. */
    static LWWMap<String, FailbackEntry> withMissing(
            LWWMap<String, FailbackEntry> book, Collection<FailbackEntry> kept, SelfUniqueAddress writer) {
        var next = book;
        for (var entry : kept) {
            if (!next.contains(entry.id())) {
                next = next.put(writer, entry.id(), entry, BY_EPOCH);
            }
        }
        return next;
    }

    /** The highest epoch of all; 0 when there is none. */
    static long latest(Collection<FailbackEntry> entries) {
        return entries.stream().mapToLong(FailbackEntry::epoch).max().orElse(0);
    }

    static List<FailbackEntry> newestFirst(Collection<FailbackEntry> entries) {
        return entries.stream()
                .sorted(Comparator.comparing(
                                (FailbackEntry entry) -> entry.progress().startedAt())
                        .thenComparing(FailbackEntry::id)
                        .reversed())
                .toList();
    }
}
