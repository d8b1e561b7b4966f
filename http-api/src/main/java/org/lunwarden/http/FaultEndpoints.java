package org.lunwarden.http;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;

/** The switchboard of a demonstration: break and mend parts of its simulated SAN. */
record FaultEndpoints(FaultInjection faults) {

    List<Endpoint> all() {
        return List.of(
                Endpoint.get("/demo/v1/parts", request -> answer(Json.response(StatusCodes.OK, faults.parts()))),
                Endpoint.post("/demo/v1/parts/{id}/fail", (request, id) -> act(id, faults.fail(id))),
                Endpoint.post("/demo/v1/parts/{id}/restore", (request, id) -> act(id, faults.restore(id))));
    }

    private static CompletionStage<HttpResponse> act(String id, boolean known) {
        return answer(
                known
                        ? HttpResponse.create().withStatus(StatusCodes.NO_CONTENT)
                        : ProblemDocument.notFound("the SAN has no part '" + id + "'"));
    }

    private static CompletionStage<HttpResponse> answer(HttpResponse response) {
        return CompletableFuture.completedStage(response);
    }
}
