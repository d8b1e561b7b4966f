package org.lunwarden.http;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.Location;

import org.lunwarden.fleet.FleetView;
import org.lunwarden.fleet.FleetView.FailbackStart;
import org.lunwarden.http.FailbackShapes.FailbackPlanJson;
import org.lunwarden.http.FailbackShapes.FailbackRequestJson;
import org.lunwarden.http.FailbackShapes.FailbackStartedJson;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;

/** Coordinated failback: plan (dry run), start, watch, stop. Without an explicit {@code "dryRun": false} nothing moves. */
record FailbackEndpoints(FleetView view) {

    List<Endpoint> all() {
        return List.of(
                Endpoint.post("/api/v1/failbacks", this::create),
                Endpoint.get("/api/v1/failbacks", request -> {
                    new Query(request).only();
                    return view.failbacks().thenApply(all -> Json.response(StatusCodes.OK, all));
                }),
                Endpoint.get(
                        "/api/v1/failbacks/{id}",
                        (request, id) -> view.failback(id)
                                .thenApply(found -> found.map(one -> Json.response(StatusCodes.OK, one))
                                        .orElseGet(() -> unknown(id)))),
                Endpoint.post(
                        "/api/v1/failbacks/{id}/stop",
                        (request, id) -> view.stopFailback(id)
                                .thenApply(found -> found.map(one -> Json.response(StatusCodes.OK, one))
                                        .orElseGet(() -> unknown(id)))));
    }

    private CompletionStage<HttpResponse> create(HttpRequest request) {
        if (!request.entity().getContentType().mediaType().equals(MediaTypes.APPLICATION_JSON)) {
            return CompletableFuture.completedStage(ProblemDocument.of(
                    StatusCodes.UNSUPPORTED_MEDIA_TYPE, "the body must be JSON, with its Content-Type"));
        }
        var wish = read(Endpoint.body(request));
        var component = component(wish);
        if (wish.dryRun().orElse(true)) {
            return view.planFailback(component)
                    .thenApply(plan -> Json.response(StatusCodes.OK, new FailbackPlanJson(true, plan)));
        }
        return view.startFailback(component).thenApply(start -> switch (start) {
            case FailbackStart.Started(var progress) ->
                Json.response(StatusCodes.ACCEPTED, new FailbackStartedJson(false, progress))
                        .addHeader(Location.create("/api/v1/failbacks/" + progress.id()));
            case FailbackStart.Refused(var reason, var running) ->
                ProblemDocument.of(
                        StatusCodes.CONFLICT,
                        reason
                                + running.map(id -> "; see /api/v1/failbacks/" + id)
                                        .orElse(""));
        });
    }

    private static FailbackRequestJson read(byte[] body) {
        try {
            var wish = Json.MAPPER.readValue(body, FailbackRequestJson.class);
            if (wish == null) {
                throw new BadRequest("the body must be a JSON object");
            }
            return wish;
        } catch (IOException wrong) {
            throw new BadRequest("the body cannot be read: " + firstLine(wrong));
        }
    }

    private static Optional<Component> component(FailbackRequestJson wish) {
        if (wish.kind().isPresent() != wish.id().isPresent()) {
            throw new BadRequest("class and id go together");
        }
        return wish.kind()
                .map(word -> new Component(
                        ComponentClass.parse(word)
                                .orElseThrow(() -> new BadRequest("'" + word + "' is no class of component")),
                        wish.id().orElseThrow()));
    }

    private static HttpResponse unknown(String id) {
        return ProblemDocument.notFound("no failback '" + id + "' is known");
    }

    private static String firstLine(Exception wrong) {
        var message = String.valueOf(wrong.getMessage());
        var end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
