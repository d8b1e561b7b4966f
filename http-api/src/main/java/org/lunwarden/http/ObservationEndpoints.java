package org.lunwarden.http;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.zip.GZIPInputStream;

import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.stream.javadsl.StreamConverters;

import org.lunwarden.fleet.FleetView;

/** What verdicts rest on, as JSON lines: now, and at the moments of an incident. */
record ObservationEndpoints(FleetView view) {

    List<Endpoint> all() {
        return List.of(
                Endpoint.get("/api/v1/observations", request -> {
                    new Query(request).only();
                    return view.observations().thenApply(ObservationEndpoints::lines);
                }),
                Endpoint.get("/api/v1/incidents/{id}/observations", this::ofIncident));
    }

    private CompletionStage<HttpResponse> ofIncident(HttpRequest request, String id) {
        new Query(request).only();
        return view.snapshot().thenCompose(fleet -> {
            var ids = fleet.incident(id)
                    .map(incident -> {
                        var all = new java.util.ArrayList<>(incident.formerIds());
                        all.add(incident.id());
                        return List.copyOf(all);
                    })
                    .orElse(List.of(id));
            return first(ids.reversed())
                    .thenApply(found -> found.map(ObservationEndpoints::lines)
                            .orElseGet(() -> ProblemDocument.notFound(
                                    "no observations of incident '" + id + "' are kept here")));
        });
    }

    private CompletionStage<Optional<byte[]>> first(List<String> ids) {
        return ids.isEmpty()
                ? CompletableFuture.completedStage(Optional.empty())
                : view.observations(ids.getFirst())
                        .thenCompose(found -> found.isPresent()
                                ? CompletableFuture.completedStage(found)
                                : first(ids.subList(1, ids.size())));
    }

    /** Unpacked as it is sent: it may be much. */
    private static HttpResponse lines(byte[] packed) {
        return HttpResponse.create()
                .withEntity(HttpEntities.createChunked(
                        ContentTypes.create(MediaTypes.applicationBinary("x-ndjson", MediaTypes.COMPRESSIBLE)),
                        StreamConverters.fromInputStream(() -> new GZIPInputStream(new ByteArrayInputStream(packed)))
                                .mapMaterializedValue(done -> (Object) done)));
    }
}
