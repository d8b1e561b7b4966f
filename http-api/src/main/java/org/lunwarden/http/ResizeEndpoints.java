package org.lunwarden.http;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.Location;

import org.lunwarden.fleet.FleetView;
import org.lunwarden.fleet.resize.ResizePlan;
import org.lunwarden.fleet.resize.ResizeProgress;
import org.lunwarden.model.Wwid;

/** Gives the maps of a LUN its new size on all hosts. Without an explicit {@code "dryRun": false} nothing is touched. */
record ResizeEndpoints(FleetView view) {

    private static final int LONGEST_NAME = 200;

    record ResizeRequestJson(Optional<String> wwid, Optional<Boolean> dryRun, Optional<String> by) {}

    record ResizePlannedJson(boolean dryRun, ResizePlan plan) {}

    record ResizeStartedJson(boolean dryRun, ResizeProgress resize) {}

    List<Endpoint> all() {
        return List.of(
                Endpoint.post("/api/v1/resize", this::create),
                Endpoint.get(
                        "/api/v1/resize/{id}",
                        (request, id) -> view.resize(id)
                                .thenApply(found -> found.map(one -> Json.response(StatusCodes.OK, one))
                                        .orElseGet(
                                                () -> ProblemDocument.notFound("no resize '" + id + "' is known")))));
    }

    private CompletionStage<HttpResponse> create(HttpRequest request) {
        new Query(request).only();
        var wish = Body.read(request, ResizeRequestJson.class);
        var wwid = wish.wwid()
                .filter(Wwid::isValid)
                .map(Wwid::new)
                .orElseThrow(() -> new BadRequest("wwid must name a LUN"));
        if (wish.dryRun().orElse(true)) {
            return view.planResize(wwid)
                    .thenApply(plan -> Json.response(StatusCodes.OK, new ResizePlannedJson(true, plan)));
        }
        var by = wish.by().orElse("");
        if (by.length() > LONGEST_NAME || !PlainText.is(by)) {
            throw new BadRequest("by must be a name of at most " + LONGEST_NAME + " characters");
        }
        return view.startResize(wwid, by)
                .thenApply(resize -> Json.response(StatusCodes.ACCEPTED, new ResizeStartedJson(false, resize))
                        .addHeader(Location.create("/api/v1/resize/" + resize.id())));
    }
}
