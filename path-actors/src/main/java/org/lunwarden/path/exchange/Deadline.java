package org.lunwarden.path.exchange;

import java.time.Duration;

/** The moment at which all questions of one check must be answered. */
public final class Deadline {

    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    /** That much time from now. */
    public static Deadline in(Duration timeout) {
        return new Deadline(System.nanoTime() + timeout.toNanos());
    }

    /** What is left of it; 0 or less when it has passed. */
    public Duration left() {
        return Duration.ofNanos(end - System.nanoTime());
    }
}
