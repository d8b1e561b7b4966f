package org.lunwarden.map;

import java.time.Duration;

/**
 * A pause that doubles with each repeated failure. Time is the host's uptime.
 *
 * @param until end of the pause
 * @param length of this pause; the next one is twice as long, one minute at most
 */
record Backoff(Duration until, Duration length) {

    static final Duration FIRST = Duration.ofSeconds(1);

    private static final Duration LONGEST = Duration.ofMinutes(1);

    static Backoff starting(Duration now, Duration length) {
        return new Backoff(now.plus(length), length);
    }

    Backoff again(Duration now) {
        var doubled = length.multipliedBy(2);
        return starting(now, doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST);
    }

    /** Whether the pause is over for so long that the next failure is a first one. */
    boolean isForgotten(Duration now) {
        return now.compareTo(until.plus(LONGEST)) > 0;
    }

    /** The pause is over; its length stays, for the next failure. */
    Backoff due(Duration now) {
        return new Backoff(now, length);
    }
}
