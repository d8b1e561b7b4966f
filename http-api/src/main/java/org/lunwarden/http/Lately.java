package org.lunwarden.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Asks no more than once in a while, whoever asks how often; in between it gives what it was told last. */
final class Lately<T> {

    private static final long WHILE = Duration.ofSeconds(1).toNanos();

    private final Supplier<CompletionStage<T>> source;
    private CompletionStage<T> last = CompletableFuture.failedStage(new IllegalStateException("not asked yet"));
    private boolean asked;
    private long askedAt;

    Lately(Supplier<CompletionStage<T>> source) {
        this.source = source;
    }

    synchronized CompletionStage<T> get() {
        var now = System.nanoTime();
        if (!asked || now - askedAt >= WHILE) {
            asked = true;
            askedAt = now;
            last = source.get();
        }
        return last;
    }
}
