package org.lunwarden.fleet.alert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Keeps what was told of incidents so small that the views can pass it to each other in one message. What is over goes
 * first; of what is open, texts are cut short, and nothing is dropped.
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
     * @param shortened of those that stay, with less text
     * @param dropped all of them over
     * @param isFull whether it is still too much: then nothing may be added
     */
    public record Fitted(List<AlertEntry> shortened, List<AlertEntry> dropped, boolean isFull) {}

    /**
     * @param channels that are told
     * @param most characters
     */
    public static Fitted fit(Collection<AlertEntry> entries, Collection<String> channels, long most) {
        var size = entries.stream().mapToLong(AlertEntry::size).sum();
        if (size <= most) {
            return new Fitted(List.of(), List.of(), false);
        }
        var stay = new ArrayList<>(entries);
        stay.sort(OLDEST);
        var dropped = new ArrayList<AlertEntry>();
        size -= drop(stay, dropped, size - most, channels);
        var shortened = new LinkedHashMap<String, AlertEntry>();
        for (var entry : List.copyOf(stay)) {
            var brief = entry.brief();
            if (size > most && brief.size() < entry.size()) {
                size -= entry.size() - brief.size();
                shortened.put(entry.incident(), brief);
                stay.set(stay.indexOf(entry), brief);
            }
        }
        size -= drop(stay, dropped, size - most, List.of());
        dropped.forEach(entry -> shortened.remove(entry.incident()));
        return new Fitted(List.copyOf(shortened.values()), List.copyOf(dropped), size > most);
    }

    /** Drops the oldest of those that are over and that all of these channels were told. */
    private static long drop(
            List<AlertEntry> stay, List<AlertEntry> dropped, long tooMuch, Collection<String> channels) {
        var gone = 0L;
        for (var entry : List.copyOf(stay)) {
            if (gone < tooMuch && entry.isDone(channels, Instant.MAX)) {
                gone += entry.size();
                stay.remove(entry);
                dropped.add(entry);
            }
        }
        return gone;
    }
}
