package org.lunwarden.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;

import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

import org.lunwarden.fleet.FleetView;
import org.lunwarden.fleet.ViewFigures;
import org.lunwarden.http.metrics.ViewMetrics;

/** For Prometheus: how the fleet and this view are. */
final class MetricsEndpoint {

    private final Lately<ViewFigures> figures;
    private final String version;

    MetricsEndpoint(FleetView view, String version) {
        this.figures = new Lately<>(view::figures);
        this.version = version;
    }

    List<Endpoint> all() {
        return List.of(Endpoint.get("/metrics", this::metrics));
    }

    private CompletionStage<HttpResponse> metrics(HttpRequest request) {
        var accept = request.getHeader("Accept").map(HttpHeader::value).orElse("");
        return figures.get().thenApply(now -> {
            var page = new ViewMetrics(now, version).page(accept);
            return HttpResponse.create()
                    .withEntity(HttpEntities.create(
                            ContentTypes.parse(page.contentType()), page.text().getBytes(StandardCharsets.UTF_8)));
        });
    }
}
