package org.lunwarden.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;

import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** The description of the API (OpenAPI 3.1), served as it lies in {@code openapi.json}. */
final class OpenApiDocument {

    private OpenApiDocument() {}

    static Endpoint endpoint() {
        var document = resource("openapi.json");
        return Endpoint.get(
                "/api/v1/openapi.json",
                request -> CompletableFuture.completedStage(HttpResponse.create()
                        .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, document))));
    }

    /** @throws UncheckedIOException when it is missing from the build */
    static byte[] resource(String name) {
        try (var stream = OpenApiDocument.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IOException("no resource " + name);
            }
            return stream.readAllBytes();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
