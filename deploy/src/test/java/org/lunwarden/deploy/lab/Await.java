package org.lunwarden.deploy.lab;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for something outside the JVM to become true: asks again and again until a deadline. */
public final class Await {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Await() {}

    /** The first value that fits; an {@link AssertionError} with the last value when none did in time. */
    public static <T> T until(Duration limit, String wish, Supplier<T> look, Predicate<T> fits) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            T seen = look.get();
            if (fits.test(seen)) {
                return seen;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + limit.toSeconds() + " s: " + wish + "; last seen:\n" + seen);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    public static void until(Duration limit, String wish, BooleanSupplier holds) {
        until(limit, wish, holds::getAsBoolean, seen -> seen);
    }

    /** The first value there is. */
    public static <T> T untilPresent(Duration limit, String wish, Supplier<Optional<T>> look) {
        return until(limit, wish, look, Optional::isPresent).orElseThrow();
    }
}
