package org.lunwarden.fleet.alert;

import java.time.Duration;
import java.util.Optional;

/** How long to wait before another attempt: twice as long after each, up to five minutes, never all at the same time. */
public final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private Backoff() {}

    /**
     * @param failures in a row, at least 1
     * @param notBefore what the receiver wants, respected up to five minutes: whoever is to be told waits
     * @param random from 0 to 1
     */
    public static Duration after(int failures, Optional<Duration> notBefore, double random) {
        var doubled = FIRST.multipliedBy(1L << Math.min(failures - 1, 16));
        var full = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        var wait = Duration.ofMillis((long) (full.toMillis() * (0.5 + random / 2)));
        var wish = notBefore.orElse(Duration.ZERO);
        var least = wish.compareTo(LONGEST) > 0 ? LONGEST : wish;
        return wait.compareTo(least) > 0 ? wait : least;
    }
}
