package org.lunwarden.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.CacheControl;
import org.apache.pekko.http.javadsl.model.headers.CacheDirectives;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

import org.lunwarden.fleet.FleetEvent;
import org.lunwarden.fleet.FleetView;

/**
 * Server-sent events (WHATWG HTML, 9.2): every event of the view, resumable by {@code Last-Event-ID} or {@code ?after=}. A
 * client that reads too slowly is cut off, and resumes where it was.
 */
record EventEndpoint(FleetView view) {

    /** More than a view remembers, so that a client which missed all of it is not cut off while it catches up. */
    private static final int BUFFER = 16_384;

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
    private static final ByteString COMMENT = ByteString.fromString(":\n\n");

    List<Endpoint> all() {
        return List.of(Endpoint.get("/api/v1/events", this::events));
    }

    private CompletionStage<HttpResponse> events(HttpRequest request) {
        var after = new Query(request)
                .only("after")
                .text("after")
                .or(() -> request.getHeader("Last-Event-ID").map(HttpHeader::value));
        var source = Source.<FleetEvent>queue(BUFFER, OverflowStrategy.fail())
                .mapMaterializedValue(queue -> {
                    var subscription = new AtomicReference<Optional<AutoCloseable>>(Optional.empty());
                    subscription.set(Optional.of(view.subscribe(after, event -> {
                        var offered = queue.offer(event);
                        offered.exceptionally(full -> null);
                    })));
                    queue.watchCompletion()
                            .whenComplete((done, failed) -> subscription.get().ifPresent(EventEndpoint::close));
                    return queue;
                })
                .map(EventEndpoint::format)
                .prepend(Source.single(COMMENT))
                .keepAlive(KEEP_ALIVE, () -> COMMENT);
        return CompletableFuture.completedStage(HttpResponse.create()
                .addHeader(CacheControl.create(CacheDirectives.NO_STORE))
                .withEntity(HttpEntities.createChunked(MediaTypes.TEXT_EVENT_STREAM.toContentType(), source)));
    }

    /** JSON has no newlines here, so that an event is one data line. */
    private static ByteString format(FleetEvent event) {
        return ByteString.fromString("id: " + event.id() + "\ndata: " + Json.text(EventJson.of(event)) + "\n\n");
    }

    private static void close(AutoCloseable subscription) {
        try {
            subscription.close();
        } catch (Exception broken) {
            throw new IllegalStateException("a subscription could not be closed", broken);
        }
    }
}
