package org.lunwarden.deploy.daemon;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

import org.apache.pekko.Done;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP server of a daemon. An address that is taken is tried again and again, since nothing that keeps paths may end
 * because a port is taken.
 */
final class HttpDoor<S> {

    private static final Logger LOG = LoggerFactory.getLogger(HttpDoor.class);
    private static final int PAUSE_SECONDS = 10;

    private final String what;
    private final Supplier<CompletionStage<S>> start;
    private final Function<S, CompletionStage<Done>> stop;
    private final CompletableFuture<S> firstTry;
    private Optional<S> open = Optional.empty();
    private boolean closed;

    private HttpDoor(String what, Supplier<CompletionStage<S>> start, Function<S, CompletionStage<Done>> stop) {
        this.what = what;
        this.start = start;
        this.stop = stop;
        this.firstTry = begin();
    }

    /** @param what the name of the server, for the log */
    static <S> HttpDoor<S> open(
            String what, Supplier<CompletionStage<S>> start, Function<S, CompletionStage<Done>> stop) {
        return new HttpDoor<>(what, start, stop);
    }

    private CompletableFuture<S> begin() {
        CompletionStage<S> starting;
        try {
            starting = start.get();
        } catch (Exception broken) { // Pekko throws checked ones that it does not declare
            starting = CompletableFuture.failedStage(broken);
        }
        return starting.whenComplete(this::tried).toCompletableFuture();
    }

    private synchronized void tried(S server, Throwable refused) {
        if (refused == null) {
            if (closed) {
                var unused = stop.apply(server);
            }
            open = Optional.of(server);
        } else if (!closed) {
            LOG.error("{} cannot listen, and tries again in {} s: {}", what, PAUSE_SECONDS, refused.getMessage());
            CompletableFuture.delayedExecutor(PAUSE_SECONDS, TimeUnit.SECONDS).execute(this::again);
        }
    }

    private synchronized void again() {
        if (!closed) {
            var unused = begin();
        }
    }

    /** Waits for the first try. @throws java.util.concurrent.CompletionException when the address is taken */
    S require() {
        return firstTry.join();
    }

    synchronized Optional<S> current() {
        return open;
    }

    synchronized CompletionStage<Done> close() {
        closed = true;
        return open.map(stop).orElseGet(() -> CompletableFuture.completedStage(Done.getInstance()));
    }
}
