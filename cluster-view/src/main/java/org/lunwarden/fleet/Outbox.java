package org.lunwarden.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.fleet.alert.AlertEntry;
import org.lunwarden.fleet.alert.BookLimit;
import org.lunwarden.fleet.alert.Notification;

/**
 * What the notifier holds of the shared book: what it still has to write there, and what a majority of the views knows and
 * may therefore be sent.
 */
final class Outbox {

    private static final Logger log = LoggerFactory.getLogger(Outbox.class);

    /** What is over is told again for so long to those who want it repeated, and kept for so long at least. */
    static final Duration OVER = Duration.ofMinutes(15);

    private final List<String> channels;
    private final long epoch;
    private final Map<String, AlertEntry> entries = new HashMap<>();
    private final Map<String, Integer> agreed = new HashMap<>();
    private final Set<String> unwritten = new HashSet<>();
    private final Map<String, AlertEntry> dropped = new HashMap<>();
    private List<AlertEntry> inFlight = List.of();
    private List<AlertEntry> dropping = List.of();
    private long writes;
    private boolean isWriting;
    private boolean isToBegin;
    private boolean isFull;

    /** What is written, and what is dropped. */
    record Batch(List<AlertEntry> entries, List<AlertEntry> dropped) {}

    /** @param known as a majority of the views knows it */
    Outbox(Collection<AlertEntry> known, List<String> channels, long epoch) {
        this.channels = channels;
        this.epoch = epoch;
        known.forEach(entry -> {
            entries.put(entry.incident(), entry);
            agreed.put(entry.incident(), entry.last().number());
        });
    }

    Collection<AlertEntry> entries() {
        return entries.values();
    }

    /** Characters of all of it, which is about what it takes on the wire before it is compressed. */
    long size() {
        return entries.values().stream().mapToLong(AlertEntry::size).sum();
    }

    long epoch() {
        return epoch;
    }

    /** Writes what is known, be it nothing: what is written shows that the book is begun. */
    void begin(Collection<AlertEntry> known) {
        known.forEach(this::put);
        fit();
        isToBegin = true;
    }

    /** What the book has no room for is left to be decided again. */
    void decided(Collection<AlertEntry> changed) {
        var size = size();
        var left = 0;
        for (var entry : changed) {
            var isKnown = entries.containsKey(entry.incident());
            if (isKnown || (!isFull && size <= BookLimit.MOST)) {
                size += isKnown ? 0 : entry.size();
                put(entry);
            } else {
                left++;
            }
        }
        if (left > 0) {
            log.warn("{} incidents are not told yet: what is told of {} others fills a message", left, entries.size());
        }
    }

    void delivered(String channel, String incident, int number) {
        var entry = entries.get(incident);
        if (entry != null) {
            put(entry.delivered(channel, number, channels));
        }
    }

    private void put(AlertEntry entry) {
        entries.put(entry.incident(), entry);
        unwritten.add(entry.incident());
    }

    /**
     * Forgets what is over and was told to everybody. What was written last stays: it tells whoever finds it up to where a
     * view has heard, and the next notifier of which epoch it is.
     *
     * @param mayComeBack under the id that it had: then the number of what it is told next must be another one
     */
    void clean(Instant now, Predicate<AlertEntry> mayComeBack) {
        var done = entries.values().stream()
                .filter(entry -> entry.isDone(channels, now.minus(OVER)))
                .toList();
        var latest = entries.values().stream().max(AlertEntry.BY_WRITE);
        for (var entry : done) {
            if (!mayComeBack.test(entry) && !latest.equals(Optional.of(entry))) {
                drop(entry);
            } else if (!entry.isRemembered()) {
                put(entry.remembered());
            }
        }
        fit();
    }

    private void fit() {
        var fitted = BookLimit.fit(entries.values(), channels, BookLimit.MOST);
        fitted.shortened().forEach(this::put);
        isFull = fitted.isFull();
    }

    private void drop(AlertEntry entry) {
        entries.remove(entry.incident());
        agreed.remove(entry.incident());
        unwritten.remove(entry.incident());
        dropped.put(entry.incident(), entry);
    }

    /** What is to be written now; one write at a time. */
    Optional<Batch> nextBatch() {
        if (isWriting || (unwritten.isEmpty() && dropped.isEmpty() && !isToBegin)) {
            return Optional.empty();
        }
        isWriting = true;
        isToBegin = false;
        writes++;
        for (var incident : unwritten) {
            entries.computeIfPresent(incident, (same, entry) -> entry.written(epoch, writes));
        }
        inFlight = unwritten.stream()
                .flatMap(incident -> Optional.ofNullable(entries.get(incident)).stream())
                .toList();
        dropping = dropped.values().stream()
                .map(entry -> entry.written(epoch, writes))
                .toList();
        unwritten.clear();
        dropped.clear();
        return Optional.of(new Batch(inFlight, dropping));
    }

    void written() {
        inFlight.forEach(entry -> agreed.put(entry.incident(), entry.last().number()));
        isWriting = false;
        inFlight = List.of();
        dropping = List.of();
    }

    void notWritten() {
        isToBegin |= inFlight.isEmpty() && dropping.isEmpty();
        inFlight.forEach(entry -> unwritten.add(entry.incident()));
        dropping.forEach(entry -> dropped.putIfAbsent(entry.incident(), entry));
        isWriting = false;
        inFlight = List.of();
        dropping = List.of();
    }

    /** What that channel is told next, of each incident one; only what a majority of the views knows to be told. */
    List<Notification> waitingFor(String channel) {
        return entries.values().stream()
                .flatMap(entry -> entry.nextFor(channel).stream())
                .filter(next -> next.number() <= agreed.getOrDefault(next.incident(), 0))
                .toList();
    }

    /** What that channel was told, and what still holds of it or ended a while ago. */
    List<Notification> standing(String channel, Instant now) {
        var standing = new ArrayList<Notification>();
        for (var entry : entries.values()) {
            var last = entry.last();
            var isCurrent = entry.delivered().getOrDefault(channel, 0) == last.number();
            if (isCurrent
                    && !entry.isRemembered()
                    && (entry.isOpen() || last.at().plus(OVER).isAfter(now))) {
                standing.add(last);
            }
        }
        standing.sort(Comparator.comparing(Notification::id));
        return standing;
    }
}
