package org.lunwarden.fleet.alert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Keeps what was told of incidents so small that the views can pass it to each other in one message. Of what is over and was
 * told to all first only the number stays; then texts are cut short. Nothing is dropped.
 */
public final class BookLimit {

    /** Characters. Compressed, with all that goes around them, it is less than the 256 KiB that a message may have. */
    public static final long MOST = 400_000;

    private static final Comparator<AlertEntry> OLDEST =
            Comparator.comparing((AlertEntry entry) -> entry.last().at()).thenComparing(AlertEntry::incident);

    private BookLimit() {}

    /**
     * What must change.
     *
     * @param shortened with less text
     * @param isFull whether it is still too much: then nothing may be added
     */
    public record Fitted(List<AlertEntry> shortened, boolean isFull) {}

    /**
     * @param channels that are told
     * @param most characters
     */
    public static Fitted fit(Collection<AlertEntry> entries, Collection<String> channels, long most) {
        var all = new ArrayList<>(entries);
        all.sort(OLDEST);
        var fitting = new Fitting(all, most);
        fitting.shorten(entry -> entry.isDone(channels, Instant.MAX), AlertEntry::remembered);
        fitting.shorten(entry -> true, AlertEntry::brief);
        fitting.shorten(entry -> entry.isDone(channels, Instant.MAX), AlertEntry::remembered);
        return new Fitted(List.copyOf(fitting.shortened.values()), fitting.size > most);
    }

    private static final class Fitting {

        final Map<String, AlertEntry> shortened = new LinkedHashMap<>();
        private final List<AlertEntry> entries;
        private final long most;
        private long size;

        Fitting(List<AlertEntry> entries, long most) {
            this.entries = entries;
            this.most = most;
            this.size = entries.stream().mapToLong(AlertEntry::size).sum();
        }

        /** The oldest first, until it fits. */
        void shorten(Predicate<AlertEntry> which, UnaryOperator<AlertEntry> how) {
            for (var at = 0; at < entries.size() && size > most; at++) {
                var entry = entries.get(at);
                var less = which.test(entry) ? how.apply(entry) : entry;
                if (less.size() < entry.size()) {
                    size -= entry.size() - less.size();
                    entries.set(at, less);
                    shortened.put(less.incident(), less);
                }
            }
        }
    }
}
