package org.lunwarden.http;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;

import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.FleetView;
import org.lunwarden.fleet.history.HistoryStatus;

/**
 * Probes for whoever runs the daemon: live while it answers at all, ready while its view is in the fleet and reaches most of
 * the views. A history that is not kept is told there, and changes neither.
 */
record HealthEndpoints(FleetView view) {

    List<Endpoint> all() {
        return List.of(
                Endpoint.get(
                        "/health/live",
                        request -> CompletableFuture.completedStage(
                                Json.response(StatusCodes.OK, Map.of("status", "live")))),
                Endpoint.get(
                        "/health/ready",
                        request -> view.failbacks()
                                .thenCompose(answered -> view.snapshot())
                                .thenApply(fleet -> readiness(fleet, view.historyStatus()))));
    }

    private static HttpResponse readiness(FleetSnapshot fleet, HistoryStatus history) {
        if (!fleet.member() || !fleet.majority()) {
            return ProblemDocument.of(
                    StatusCodes.SERVICE_UNAVAILABLE,
                    "view " + fleet.view()
                            + (fleet.member() ? " does not reach most of the views" : " is not in the fleet"));
        }
        return Json.response(
                StatusCodes.OK,
                Map.of(
                        "status",
                        "ready",
                        "view",
                        fleet.view().value(),
                        "hosts",
                        fleet.hosts().size(),
                        "history",
                        history));
    }
}
