package org.lunwarden.fleet.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that happened, as it is kept.
 *
 * @param number counts up within one view's history; 0 before it is kept
 * @param kind in a word, for example {@code host-back}
 * @param incident the id of the incident that it happened to
 * @param about what an act of somebody is about, as {@link Touched} understands it; empty: it may concern everything
 * @param words for people, without control characters
 */
public record Happening(
        long number,
        Instant at,
        String kind,
        Optional<String> host,
        Optional<String> incident,
        List<String> about,
        String words) {

    static final int LONGEST_WORDS = 4000;

    /** Of what is about more than this it is not told about what: it concerns everything. */
    static final int MOST_ABOUT = 2000;

    private static final int LONGEST_ABOUT = 400;

    public Happening {
        about = about.size() > MOST_ABOUT
                ? List.of()
                : about.stream().map(each -> plain(cut(each, LONGEST_ABOUT))).toList();
        words = plain(cut(words, LONGEST_WORDS));
    }

    private static String cut(String text, int most) {
        return text.length() > most ? text.substring(0, most) : text;
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
                && about.equals(other.about)
                && words.equals(other.words);
    }

    public Happening(Instant at, String kind, Optional<String> host, Optional<String> incident, String words) {
        this(0, at, kind, host, incident, List.of(), words);
    }

    /** Of an act that is about something. */
    public Happening(Instant at, String kind, List<String> about, String words) {
        this(0, at, kind, Optional.empty(), Optional.empty(), about, words);
    }
}
