package org.lunwarden.http;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;

import org.lunwarden.fleet.FleetView;
import org.lunwarden.fleet.FleetView.Acknowledging;
import org.lunwarden.fleet.incident.Acknowledgement;

/** Who takes care of an incident: said to all views, and taken back. */
record AcknowledgementEndpoints(FleetView view) {

    record AcknowledgementRequestJson(Optional<String> by, Optional<String> comment) {}

    List<Endpoint> all() {
        return List.of(
                Endpoint.post("/api/v1/incidents/{id}/acknowledge", (request, id) -> say(request, id, false)),
                Endpoint.post("/api/v1/incidents/{id}/unacknowledge", (request, id) -> say(request, id, true)));
    }

    private CompletionStage<HttpResponse> say(HttpRequest request, String id, boolean withdrawn) {
        new Query(request).only();
        var wish = Body.read(request, AcknowledgementRequestJson.class);
        var by = wish.by().map(String::strip).orElse("");
        var comment = wish.comment().map(String::strip).orElse("");
        if (by.isEmpty() || by.length() > Acknowledgement.LONGEST_NAME) {
            throw new BadRequest("by must say who, in 1 to " + Acknowledgement.LONGEST_NAME + " characters");
        }
        if (comment.length() > Acknowledgement.LONGEST_COMMENT) {
            throw new BadRequest("a comment has at most " + Acknowledgement.LONGEST_COMMENT + " characters");
        }
        if (!PlainText.is(by) || !PlainText.is(comment.replace("\n", ""))) {
            throw new BadRequest("by and comment have no control characters, except line breaks in a comment");
        }
        return view.acknowledge(id, by, comment, withdrawn).thenApply(became -> switch (became) {
            case Acknowledging.Said(var word) -> Json.response(StatusCodes.OK, word);
            case Acknowledging.NotOpen() -> ProblemDocument.notFound("no open incident '" + id + "' is known here");
        });
    }
}
