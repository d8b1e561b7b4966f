package org.lunwarden.fleet.history;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened, as it is kept.
 *
 * @param number counts up within one view's history; 0 before it is kept
 * @param kind in a word, for example {@code host-back}
 * @param incident the id of the incident that it happened to
 * @param words for people, without control characters
 */
public record Happening(
        long number, Instant at, String kind, Optional<String> host, Optional<String> incident, String words) {

    static final int LONGEST_WORDS = 4000;

    public Happening {
        words = plain(words.length() > LONGEST_WORDS ? words.substring(0, LONGEST_WORDS) : words);
    }

    /** What a host or a person wrote may hold what no database takes and no terminal should be sent. */
    private static String plain(String words) {
        var plain = new StringBuilder(words.length());
        words.codePoints()
                .map(point -> Character.isISOControl(point)
                        ? ' '
                        : Character.getType(point) == Character.SURROGATE ? '\uFFFD' : point)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    /** Whether both are one, whatever number they were kept under. */
    boolean isSameAs(Happening other) {
        return at.toEpochMilli() == other.at.toEpochMilli()
                && kind.equals(other.kind)
                && host.equals(other.host)
                && incident.equals(other.incident)
                && words.equals(other.words);
    }

    public Happening(Instant at, String kind, Optional<String> host, Optional<String> incident, String words) {
        this(0, at, kind, host, incident, words);
    }
}
