package org.lunwarden.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowApiTest extends ServedApi {

    private static final String SWITCH = "{\"class\": \"switch\", \"id\": \"100000000000000b/12\"}";
    private static final String WHO = "\"by\": \"ops\", \"reason\": \"new firmware\"";

    @BeforeEach
    void forget() {
        FLEET.windows.clear();
    }

    @Test
    void maintenanceIsPlannedSeenAndEnded() throws Exception {
        var from = Instant.now().plus(Duration.ofHours(1));
        var body = "{\"components\": [%s], \"from\": \"%s\", \"until\": \"%s\", %s}"
                .formatted(SWITCH, from, from.plus(Duration.ofHours(2)), WHO);

        var created = post("/api/v1/maintenance", body);

        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertShape(created, "Window");
        var id = json(created).path("id").asText();
        assertThat(created.headers().firstValue("Location")).contains("/api/v1/maintenance/" + id);
        assertThat(json(created).path("state").asText()).isEqualTo("planned");
        assertThat(list("/api/v1/maintenance")).hasSize(1);
        assertThat(list("/api/v1/silences")).isEmpty();
        var ended = send(request("/api/v1/maintenance/" + id).DELETE());
        assertThat(ended.statusCode()).as(ended.body()).isEqualTo(200);
        assertThat(json(ended).path("state").asText()).isEqualTo("over");
        assertThat(list("/api/v1/maintenance").path(0).path("state").asText()).isEqualTo("over");
    }

    @Test
    void anIncidentIsSilencedFromNowOn() throws Exception {
        var until = Instant.now().plus(Duration.ofHours(1));

        var created =
                post("/api/v1/silences", "{\"incidents\": [\"i-1\"], \"until\": \"%s\", %s}".formatted(until, WHO));

        assertThat(json(created).path("state").asText()).isEqualTo("active");
        assertIsProblem(
                send(request("/api/v1/maintenance/" + json(created).path("id").asText())
                        .DELETE()),
                404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"components\": [SWITCH], \"until\": \"2020-01-01T00:00:00Z\", WHO}",
                "{\"components\": [SWITCH], \"until\": \"tomorrow\", WHO}",
                "{\"components\": [SWITCH], \"until\": \"2999-01-01T00:00:00Z\", WHO}",
                "{\"components\": [SWITCH], \"until\": \"SOON\"}",
                "{\"components\": [], \"until\": \"SOON\", WHO}",
                "{\"components\": [{\"class\": \"toaster\", \"id\": \"1\"}], \"until\": \"SOON\", WHO}",
                "{\"components\": [{\"class\": \"switch\"}], \"until\": \"SOON\", WHO}",
                "{\"components\": [SWITCH], \"until\": \"SOON\", \"by\": \"ops\", \"reason\": \"new \\u001b[2J\"}",
                "{\"incidents\": [\"i-1\"], \"until\": \"SOON\", WHO}",
                "{\"components\": [SWITCH], \"until\": \"SOON\", \"who\": \"ops\", WHO}"
            })
    void whatCannotBeMeantIsRefusedAndNothingHolds(String wish) throws Exception {
        var body = wish.replace("SWITCH", SWITCH)
                .replace("WHO", WHO)
                .replace("SOON", Instant.now().plusSeconds(60).toString());

        assertIsProblem(post("/api/v1/maintenance", body), 400);
        assertThat(FLEET.windows).isEmpty();
    }

    @Test
    void withoutAMajorityNothingIsPromised() throws Exception {
        FLEET.unavailable = true;

        var refused = post(
                "/api/v1/silences",
                "{\"components\": [%s], \"until\": \"%s\", %s}"
                        .formatted(SWITCH, Instant.now().plusSeconds(60), WHO));

        assertIsProblem(refused, 503);
    }

    @Test
    void anotherSitesPageMaySilenceNothing() throws Exception {
        var request = request("/api/v1/silences/s-1")
                .header("Sec-Fetch-Site", "cross-site")
                .DELETE();

        assertIsProblem(send(request), 403);
    }

    private static JsonNode list(String path) throws Exception {
        return json(get(path));
    }
}
