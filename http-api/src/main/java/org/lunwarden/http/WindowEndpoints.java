package org.lunwarden.http;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.Location;

import org.lunwarden.fleet.FleetView;
import org.lunwarden.fleet.alert.Window;
import org.lunwarden.http.WindowShapes.WindowJson;
import org.lunwarden.http.WindowShapes.WindowRequestJson;

/** Silences and maintenance: what is planned, what holds, what is over. All views agree on them. */
record WindowEndpoints(FleetView view, InstantSource clock) {

    List<Endpoint> all() {
        return List.of(
                Endpoint.get("/api/v1/silences", request -> list(request, Window.Kind.SILENCE)),
                Endpoint.post("/api/v1/silences", request -> create(request, Window.Kind.SILENCE)),
                Endpoint.delete("/api/v1/silences/{id}", (request, id) -> end(id, Window.Kind.SILENCE)),
                Endpoint.get("/api/v1/maintenance", request -> list(request, Window.Kind.MAINTENANCE)),
                Endpoint.post("/api/v1/maintenance", request -> create(request, Window.Kind.MAINTENANCE)),
                Endpoint.delete("/api/v1/maintenance/{id}", (request, id) -> end(id, Window.Kind.MAINTENANCE)));
    }

    private CompletionStage<HttpResponse> list(HttpRequest request, Window.Kind kind) {
        new Query(request).only();
        return view.windows()
                .thenApply(all -> Json.response(
                        StatusCodes.OK,
                        all.stream()
                                .filter(window -> window.kind() == kind)
                                .map(window -> WindowJson.of(window, clock.instant()))
                                .toList()));
    }

    private CompletionStage<HttpResponse> create(HttpRequest request, Window.Kind kind) {
        new Query(request).only();
        var window = Body.read(request, WindowRequestJson.class).window(kind, clock.instant());
        var at = kind == Window.Kind.SILENCE ? "/api/v1/silences/" : "/api/v1/maintenance/";
        return view.agree(window)
                .thenApply(agreed -> Json.response(StatusCodes.CREATED, WindowJson.of(agreed, clock.instant()))
                        .addHeader(Location.create(at + agreed.id())));
    }

    /** One that has not begun yet never holds; one that is over stays as it was. */
    private CompletionStage<HttpResponse> end(String id, Window.Kind kind) {
        var now = clock.instant();
        return view.windows().thenCompose(all -> {
            var found = all.stream()
                    .filter(window -> window.kind() == kind && window.id().equals(id))
                    .findFirst();
            if (found.isEmpty()) {
                return answer(ProblemDocument.notFound("no " + kind.word() + " '" + id + "' is known"));
            }
            var window = found.get();
            var ended = now.isBefore(window.until()) ? Optional.of(window.endedAt(now)) : Optional.<Window>empty();
            return ended.map(view::agree)
                    .orElseGet(() -> CompletableFuture.completedStage(window))
                    .thenApply(agreed -> Json.response(StatusCodes.OK, WindowJson.of(agreed, now)));
        });
    }

    private static CompletionStage<HttpResponse> answer(HttpResponse response) {
        return CompletableFuture.completedStage(response);
    }
}
