package org.lunwarden.map;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A pause that doubles with each repeated failure. Time is the host's uptime.
 *
 * @param until end of the pause
 * @param length of this pause; the next one is twice as long, one minute at most unless another bound is given
 * @param repeated whether another pause came before it, not long ago
 */
record Backoff(Duration until, Duration length, boolean repeated) {

    static final Duration FIRST = Duration.ofSeconds(1);

    private static final Duration LONGEST = Duration.ofMinutes(1);

    static Backoff starting(Duration now, Duration length) {
        return new Backoff(now.plus(length), length, false);
    }

    Backoff again(Duration now) {
        return again(now, length.compareTo(LONGEST) < 0 ? LONGEST : length);
    }

    Backoff again(Duration now, Duration longest) {
        var doubled = length.multipliedBy(2);
        var next = doubled.compareTo(longest) < 0 ? doubled : longest;
        return new Backoff(now.plus(next), next, true);
    }

    /** Whether the pause is over for so long, as long as it was, that the next failure is a first one. */
    boolean isForgotten(Duration now) {
        return now.compareTo(until.plus(length.compareTo(LONGEST) < 0 ? LONGEST : length)) > 0;
    }

    /** Good news end a first pause; a repeated one is waited out, since the news before it were wrong. */
    Backoff goodNews(Duration now) {
        return repeated || now.compareTo(until) >= 0 ? this : new Backoff(now, length, false);
    }

    /** What is in its pause now. */
    static <K> Set<K> waiting(Map<K, Backoff> pauses, Duration now) {
        return pauses.entrySet().stream()
                .filter(entry -> now.compareTo(entry.getValue().until()) < 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
