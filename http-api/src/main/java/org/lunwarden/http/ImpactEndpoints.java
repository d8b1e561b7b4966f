package org.lunwarden.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;

import org.lunwarden.fleet.FleetView;
import org.lunwarden.fleet.impact.Gate;
import org.lunwarden.fleet.impact.Impact;
import org.lunwarden.fleet.impact.Steps;
import org.lunwarden.http.ImpactShapes.GateJson;
import org.lunwarden.http.ImpactShapes.GateRequestJson;
import org.lunwarden.http.ImpactShapes.ImpactJson;
import org.lunwarden.http.ImpactShapes.ImpactRequestJson;

/**
 * What happens if components go down, and whether all is back after they did. Nothing is changed. A question walks the
 * whole fleet, once for each component.
 */
final class ImpactEndpoints {

    private final FleetView view;
    private final InTurn inTurn;

    ImpactEndpoints(FleetView view) {
        this.view = view;
        this.inTurn = new InTurn(view, "impact");
    }

    List<Endpoint> all() {
        return List.of(Endpoint.post("/api/v1/impact", this::impact), Endpoint.post("/api/v1/gate", this::gate));
    }

    private CompletionStage<HttpResponse> impact(HttpRequest request) {
        new Query(request).only();
        var down = ImpactShapes.components(
                Body.read(request, ImpactRequestJson.class).components());
        return inTurn.answer(fleet -> {
            var steps = down.size() > 1 ? Optional.of(Steps.of(fleet, down)) : Optional.<Steps>empty();
            return Json.response(StatusCodes.OK, ImpactJson.of(fleet, Impact.of(fleet, down), steps, view.names()));
        });
    }

    private CompletionStage<HttpResponse> gate(HttpRequest request) {
        new Query(request).only();
        var wish = Body.read(request, GateRequestJson.class);
        var components = ImpactShapes.components(wish.components());
        var since = since(wish);
        return inTurn.answer(fleet -> {
            if (since.isAfter(fleet.at())) {
                return ProblemDocument.badRequest("since " + since + " is later than this view's " + fleet.at());
            }
            return Json.response(StatusCodes.OK, GateJson.of(fleet, Gate.of(fleet, components, since, wish.before())));
        });
    }

    private static Instant since(GateRequestJson wish) {
        var text = wish.since().orElseThrow(() -> new BadRequest("since must say when the step began"));
        try {
            return Instant.parse(text);
        } catch (DateTimeException wrong) {
            throw new BadRequest("since '" + text + "' is no instant such as 2026-03-01T10:00:00Z");
        }
    }
}
