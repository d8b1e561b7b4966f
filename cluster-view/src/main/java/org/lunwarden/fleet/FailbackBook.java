package org.lunwarden.fleet;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.LWWMapKey;
import org.apache.pekko.cluster.ddata.LWWRegister;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;

import org.lunwarden.model.fleet.Epoch;

/**
 * The failbacks that the views agree on: small, shared state, written by the coordinator only. Each coordinator writes under
 * keys of its own, so that of two at the same time none can replace what the other wrote; what counts of a failback is the
 * entry of the highest epoch.
 */
final class FailbackBook {

    static final Key<LWWMap<String, FailbackEntry>> KEY = LWWMapKey.create("failbacks");

    /** So many are kept, live ones always. */
    private static final int KEPT = 20;

    private FailbackBook() {}

    /** So many writes has a term at most: terms near the time leave room for it for some thousand years. */
    private static final long WRITES = 1L << 16;

    /** What a coordinator wrote later is newer, whatever the clocks of the views say. */
    private static final LWWRegister.Clock<FailbackEntry> BY_TERM =
            (current, entry) -> entry.epoch().term() * WRITES + Math.min(entry.version(), WRITES - 1);

    private static final Comparator<FailbackEntry> BY_EPOCH =
            Comparator.comparing(FailbackEntry::epoch).thenComparingLong(FailbackEntry::version);

    /** How each failback stands, newest first. */
    static List<FailbackEntry> of(LWWMap<String, FailbackEntry> book) {
        return newestFirst(latestOfEach(book.getEntries().values()));
    }

    /** How each stands that one of both knows, newest first; of what has ended the newest. */
    static List<FailbackEntry> merged(Collection<FailbackEntry> one, Collection<FailbackEntry> other) {
        var all = newestFirst(
                latestOfEach(Stream.concat(one.stream(), other.stream()).toList()));
        var surplus = surplus(all);
        return all.stream().filter(entry -> !surplus.contains(entry.id())).toList();
    }

    /** @param all newest first */
    private static Set<String> surplus(List<FailbackEntry> all) {
        return all.stream()
                .filter(entry -> !entry.isLive())
                .skip(KEPT)
                .map(FailbackEntry::id)
                .collect(Collectors.toSet());
    }

    private static Collection<FailbackEntry> latestOfEach(Collection<FailbackEntry> entries) {
        var latest = new HashMap<String, FailbackEntry>();
        entries.forEach(entry -> latest.merge(entry.id(), entry, BinaryOperator.maxBy(BY_EPOCH)));
        return latest.values();
    }

    private static String key(FailbackEntry entry) {
        return entry.id() + " " + entry.epoch().by();
    }

    /**
     * Writes one, drops what others wrote of it under a lower epoch, and the oldest ended ones beyond those that are kept.
     *
     * @throws IllegalStateException when a later coordinator has written anything: then nothing of it may count as written
     */
    static LWWMap<String, FailbackEntry> with(
            LWWMap<String, FailbackEntry> book, FailbackEntry entry, SelfUniqueAddress writer) {
        if (entry.epoch().isOlderThan(latest(book.getEntries().values()))) {
            throw new IllegalStateException("a later coordinator has begun");
        }
        var next = book.put(writer, key(entry), entry, BY_TERM);
        var surplus = surplus(of(next));
        for (var old : next.getEntries().entrySet()) {
            var isReplaced =
                    old.getValue().id().equals(entry.id()) && !old.getKey().equals(key(entry));
            if (isReplaced || surplus.contains(old.getValue().id())) {
                next = next.remove(writer, old.getKey());
            }
        }
        return next;
    }

    /** Adds what a view knew before it was stopped. */
    static LWWMap<String, FailbackEntry> withMissing(
            LWWMap<String, FailbackEntry> book, Collection<FailbackEntry> kept, SelfUniqueAddress writer) {
        var next = book;
        for (var entry : kept) {
            if (!next.contains(key(entry))) {
                next = next.put(writer, key(entry), entry, BY_TERM);
            }
        }
        return next;
    }

    /** The highest epoch of all. */
    static Epoch latest(Collection<FailbackEntry> entries) {
        return entries.stream().map(FailbackEntry::epoch).reduce(Epoch.NONE, Epoch::max);
    }

    private static List<FailbackEntry> newestFirst(Collection<FailbackEntry> entries) {
        return entries.stream()
                .sorted(Comparator.comparing(
                                (FailbackEntry entry) -> entry.progress().startedAt())
                        .thenComparing(FailbackEntry::id)
                        .reversed())
                .toList();
    }
}
