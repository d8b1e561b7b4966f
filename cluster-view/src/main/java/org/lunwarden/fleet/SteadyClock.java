package org.lunwarden.fleet;

import java.time.Instant;
import java.time.InstantSource;

/** The wall clock as it was once, and from there on a clock that nobody sets. */
final class SteadyClock implements InstantSource {

    private final Instant start = Instant.now();
    private final long startNanos = System.nanoTime();

    @Override
    public Instant instant() {
        return start.plusNanos(System.nanoTime() - startNanos);
    }
}
