package org.lunwarden.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcknowledgementApiTest extends ServedApi {

    private static final String EVE = "{\"by\": \"eve\", \"comment\": \"cable ordered\"}";

    @AfterEach
    void forget() {
        FLEET.acknowledged = Optional.empty();
    }

    @Test
    void whoTakesCareOfAnIncidentIsToldWithItUntilItIsTakenBack() throws Exception {
        var said = post("/api/v1/incidents/i-0/acknowledge", EVE);

        assertThat(said.statusCode()).as(said.body()).isEqualTo(200);
        assertShape(said, "Acknowledgement");
        assertThat(json(said).path("incident").asText()).isEqualTo("i-1");
        var told = get("/api/v1/incidents/i-1");
        assertShape(told, "Incident");
        assertThat(json(told).at("/acknowledgement/by").asText()).isEqualTo("eve");
        assertThat(json(told).at("/acknowledgement/comment").asText()).isEqualTo("cable ordered");
        assertThat(json(told).at("/timeline/0/suspects/0/class").asText()).isEqualTo("switch");
        assertThat(json(told).at("/timeline/0/nexuses").asInt()).isEqualTo(2);

        assertThat(post("/api/v1/incidents/i-1/unacknowledge", EVE).statusCode())
                .isEqualTo(200);
        assertThat(json(get("/api/v1/incidents/i-1")).has("acknowledgement")).isFalse();
    }

    @Test
    void anIncidentThatIsNotOpenCannotBeAcknowledged() throws Exception {
        assertIsProblem(post("/api/v1/incidents/i-9/acknowledge", EVE), 404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | by must say who",
                "{\"by\": \" \"} | by must say who",
                "{\"who\": \"eve\"} | cannot be read",
                "{\"by\": \"e\\u0000ve\"} | control characters",
                "{\"by\": \"eve\\u001b[2J\"} | control characters",
                "{\"by\": \"eve\", \"comment\": \"\\ud800\"} | control characters"
            })
    void aWordOfNobodyIsRefused(String body, String reason) throws Exception {
        var refused = post("/api/v1/incidents/i-1/acknowledge", body);

        assertIsProblem(refused, 400);
        assertThat(refused.body()).contains(reason);
        assertThat(FLEET.acknowledged).isEmpty();
    }
}
