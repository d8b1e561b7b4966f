package org.lunwarden.fleet.history;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened, as it is kept.
 *
 * @param number counts up within one view's history; 0 before it is kept
 * @param kind in a word, for example {@code host-back}
 * @param incident the id of the incident that it happened to
 * @param words for people
 */
public record Happening(
        long number, Instant at, String kind, Optional<String> host, Optional<String> incident, String words) {

    static final int LONGEST_WORDS = 4000;

    public Happening {
        words = words.length() > LONGEST_WORDS ? words.substring(0, LONGEST_WORDS) : words;
    }

    public Happening(Instant at, String kind, Optional<String> host, Optional<String> incident, String words) {
        this(0, at, kind, host, incident, words);
    }
}
