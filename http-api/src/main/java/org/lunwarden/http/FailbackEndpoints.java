package org.lunwarden.http;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.Location;

import org.lunwarden.fleet.FailbackProgress;
import org.lunwarden.fleet.FleetView;
import org.lunwarden.fleet.FleetView.FailbackStart;
import org.lunwarden.http.FailbackShapes.FailbackPlanJson;
import org.lunwarden.http.FailbackShapes.FailbackRequestJson;
import org.lunwarden.http.FailbackShapes.FailbackStartedJson;
import org.lunwarden.model.Component;

/**
 * Coordinated failback: plan (dry run), start, watch, pause, resume, stop. Without an explicit {@code "dryRun": false} nothing
 * moves.
 */
record FailbackEndpoints(FleetView view) {

    private static final int LONGEST_NAME = 100;

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
                steering("stop", view::stopFailback),
                steering("pause", id -> view.pauseFailback(id, true)),
                steering("resume", id -> view.pauseFailback(id, false)));
    }

    private static Endpoint steering(String word, Function<String, CompletionStage<Optional<FailbackProgress>>> steer) {
        return Endpoint.post(
                "/api/v1/failbacks/{id}/" + word,
                (request, id) -> steer.apply(id)
                        .thenApply(found -> found.map(one -> Json.response(StatusCodes.OK, one))
                                .orElseGet(() -> unknown(id))));
    }

    private CompletionStage<HttpResponse> create(HttpRequest request) {
        var wish = Body.read(request, FailbackRequestJson.class);
        var component = component(wish);
        if (wish.dryRun().orElse(true)) {
            return view.planFailback(component)
                    .thenApply(plan -> Json.response(StatusCodes.OK, new FailbackPlanJson(true, plan)));
        }
        return view.startFailback(component, wish.plan(), by(wish)).thenApply(start -> switch (start) {
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

    private static String by(FailbackRequestJson wish) {
        var by = wish.by().orElse("");
        if (by.length() > LONGEST_NAME || by.chars().anyMatch(Character::isISOControl)) {
            throw new BadRequest("by must be a name of at most " + LONGEST_NAME + " characters");
        }
        return by;
    }

    private static Optional<Component> component(FailbackRequestJson wish) {
        if (wish.kind().isPresent() != wish.id().isPresent()) {
            throw new BadRequest("class and id go together");
        }
        return wish.kind().map(kind -> Body.component(kind, wish.id().orElseThrow()));
    }

    private static HttpResponse unknown(String id) {
        return ProblemDocument.notFound("no failback '" + id + "' is known");
    }
}
