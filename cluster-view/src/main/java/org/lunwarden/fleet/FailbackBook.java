package org.lunwarden.fleet;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.LWWMapKey;
import org.apache.pekko.cluster.ddata.LWWRegister;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;

/** The failbacks that the views agree on, by id: small, shared state, written by the coordinator only. */
final class FailbackBook {

    static final Key<LWWMap<String, FailbackProgress>> KEY = LWWMapKey.create("failbacks");

    /** So many are kept, running ones always. */
    private static final int KEPT = 20;

    private FailbackBook() {}

    /** So many writes at least has an epoch before it looks newer than the next one. */
    private static final long WRITES = 4096;

    /** What a later coordinator wrote is newer, whatever the clocks of the views say. */
    private static final LWWRegister.Clock<FailbackProgress> BY_EPOCH =
            (current, progress) -> Math.max(current + 1, progress.epoch() * WRITES);

    /**
     * Writes one, and drops the oldest ended ones beyond those that are kept. Changes nothing when a later coordinator
     * has written of it.
     */
    static LWWMap<String, FailbackProgress> with(
            LWWMap<String, FailbackProgress> book, FailbackProgress progress, SelfUniqueAddress writer) {
        var newest = Optional.ofNullable(book.getEntries().get(progress.id()));
        if (newest.filter(known -> known.epoch() > progress.epoch()).isPresent()) {
            return book;
        }
        var next = book.put(writer, progress.id(), progress, BY_EPOCH);
        var surplus = newestFirst(next.getEntries()).stream()
                .filter(each -> each.phase() != FailbackProgress.Phase.RUNNING)
                .skip(KEPT)
                .toList();
        for (var old : surplus) {
            next = next.remove(writer, old.id());
        }
        return next;
    }

    static List<FailbackProgress> newestFirst(Map<String, FailbackProgress> entries) {
        return new HashMap<>(entries)
                .values().stream()
                        .sorted(Comparator.comparing(FailbackProgress::startedAt)
                                .thenComparing(FailbackProgress::id)
                                .reversed())
                        .toList();
    }
}
