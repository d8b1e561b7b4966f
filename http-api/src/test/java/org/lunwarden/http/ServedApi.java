package org.lunwarden.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import org.lunwarden.fleet.audit.AuditSettings;

/** A server on a small fleet, for the tests of one class, and what a client does with it. */
abstract class ServedApi {

    static final SmallFleet FLEET = new SmallFleet();
    static final JsonNode DOCUMENT = document();
    static final HttpSettings SETTINGS = new HttpSettings("127.0.0.1", 0, AuditSettings.DEFAULT, "0.1.0");
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    static HttpClient client = HttpClient.newHttpClient();
    static HttpApi api;

    @BeforeAll
    static void start() {
        client = HttpClient.newHttpClient();
        api = HttpApi.start(FLEET, SETTINGS, Optional.empty())
                .toCompletableFuture()
                .join();
    }

    @AfterAll
    static void stop() {
        api.stop().toCompletableFuture().join();
        client.close();
    }

    @BeforeEach
    void reset() {
        FLEET.unavailable = false;
        FLEET.member = true;
        FLEET.majority = true;
        FLEET.sizes = false;
        FLEET.running = Optional.empty();
        FLEET.started.clear();
        FLEET.resized.clear();
    }

    static void assertIsProblem(HttpResponse<String> response, int status) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(json(response).path("detail").asText()).isNotBlank();
        assertShape(response, "Problem");
    }

    static void assertShape(HttpResponse<String> response, String name) throws IOException {
        assertThat(schema(DOCUMENT.at("/components/schemas/" + name)).validate(json(response)))
                .isEmpty();
    }

    /** A schema of the document, with the document's own schemas for its references. */
    static JsonSchema schema(JsonNode schema) {
        var whole = Json.MAPPER.createObjectNode();
        whole.set("allOf", Json.MAPPER.createArrayNode().add(schema));
        whole.set("components", DOCUMENT.path("components"));
        return SCHEMAS.getSchema(whole);
    }

    static String pointer(String path) {
        return "/paths/" + path.replace("~", "~0").replace("/", "~1");
    }

    static JsonNode document() {
        try {
            return Json.MAPPER.readTree(OpenApiDocument.resource("openapi.json"));
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    static JsonNode json(HttpResponse<String> response) throws IOException {
        return Json.MAPPER.readTree(response.body());
    }

    static HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    static HttpResponse<String> post(String path, String body) throws Exception {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + path))
                .timeout(Duration.ofMinutes(1));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
