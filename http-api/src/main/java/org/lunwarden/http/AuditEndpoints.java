package org.lunwarden.http;

import java.util.List;
import java.util.concurrent.CompletionStage;

import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;

import org.lunwarden.fleet.FleetView;
import org.lunwarden.fleet.audit.Audit;
import org.lunwarden.fleet.audit.AuditSettings;
import org.lunwarden.fleet.audit.Severity;
import org.lunwarden.http.AuditShapes.AuditJson;

/** What is amiss though nothing has failed. */
final class AuditEndpoints {

    private final FleetView view;
    private final AuditSettings settings;
    private final InTurn inTurn;

    AuditEndpoints(FleetView view, AuditSettings settings) {
        this.view = view;
        this.settings = settings;
        this.inTurn = new InTurn(view, "audit");
    }

    List<Endpoint> all() {
        return List.of(Endpoint.get("/api/v1/audit", this::audit));
    }

    private CompletionStage<HttpResponse> audit(HttpRequest request) {
        var query = new Query(request).only("minSeverity", "offset", "limit");
        var least = query.value("minSeverity", Severity::parse, "a severity: notice, warning, critical")
                .orElse(Severity.NOTICE);
        var paging = query.paging();
        return inTurn.answer(fleet -> {
            var names = view.names();
            return Json.response(
                    StatusCodes.OK, AuditJson.of(fleet, Audit.of(fleet, settings, names), least, paging, names));
        });
    }
}
