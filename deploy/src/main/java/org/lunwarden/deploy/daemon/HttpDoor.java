package org.lunwarden.deploy.daemon;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.apache.pekko.Done;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.http.HttpApi;

/**
 * The HTTP server of a daemon. An address that is taken is tried again and again, since nothing that keeps paths may end
 * because a port is taken.
 */
final class HttpDoor {

    private static final Logger LOG = LoggerFactory.getLogger(HttpDoor.class);
    private static final int PAUSE_SECONDS = 10;

    private final Supplier<CompletionStage<HttpApi>> start;
    private final CompletableFuture<HttpApi> firstTry;
    private Optional<HttpApi> open = Optional.empty();
    private boolean closed;

    private HttpDoor(Supplier<CompletionStage<HttpApi>> start) {
        this.start = start;
        this.firstTry = begin();
    }

    static HttpDoor open(Supplier<CompletionStage<HttpApi>> start) {
        return new HttpDoor(start);
    }

    private CompletableFuture<HttpApi> begin() {
        CompletionStage<HttpApi> starting;
        try {
            starting = start.get();
        } catch (Exception broken) { // Pekko throws checked ones that it does not declare
            starting = CompletableFuture.failedStage(broken);
        }
        return starting.whenComplete(this::tried).toCompletableFuture();
    }

    private synchronized void tried(HttpApi api, Throwable refused) {
        if (refused == null) {
            if (closed) {
                api.stop();
            }
            open = Optional.of(api);
        } else if (!closed) {
            LOG.error("the HTTP API cannot listen, and tries again in {} s: {}", PAUSE_SECONDS, refused.getMessage());
            CompletableFuture.delayedExecutor(PAUSE_SECONDS, TimeUnit.SECONDS).execute(this::again);
        }
    }

    private synchronized void again() {
        if (!closed) {
            var unused = begin();
        }
    }

    /** Waits for the first try. @throws java.util.concurrent.CompletionException when the address is taken */
    HttpApi require() {
        return firstTry.join();
    }

    synchronized Optional<HttpApi> current() {
        return open;
    }

    synchronized CompletionStage<Done> close() {
        closed = true;
        return open.map(HttpApi::stop).orElseGet(() -> CompletableFuture.completedStage(Done.getInstance()));
    }
}
