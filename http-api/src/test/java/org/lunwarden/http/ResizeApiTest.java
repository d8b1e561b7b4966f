package org.lunwarden.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResizeApiTest extends ServedApi {

    private static final String LUN = "\"wwid\": \"" + SmallFleet.LUN + "\"";

    @Test
    void withoutAnExplicitWordNothingIsTouchedAndWhatSpeaksAgainstItIsTold() throws Exception {
        var planned = post("/api/v1/resize", "{" + LUN + "}");

        assertThat(planned.statusCode()).isEqualTo(200);
        assertShape(planned, "ResizePlanned");
        assertThat(json(planned).at("/plan/obstacles").toString()).contains("h003 does not report", "2 of 4 paths");
        assertThat(FLEET.resized).isEmpty();
    }

    @Test
    void withItTheViewIsAskedAndTellsWhatBecomesOfIt() throws Exception {
        var started = post("/api/v1/resize", "{" + LUN + ", \"dryRun\": false, \"by\": \"eve\"}");

        assertThat(started.statusCode()).isEqualTo(202);
        assertShape(started, "ResizeStarted");
        assertThat(started.headers().firstValue("Location")).contains("/api/v1/resize/resize-1");
        assertThat(FLEET.resized).containsExactly(SmallFleet.LUN);
        assertThat(json(started).at("/resize/by").asText()).isEqualTo("eve");
        assertThat(json(started).at("/resize/phase").asText()).isEqualTo("refused");
        assertThat(json(started).at("/resize/hosts/0/step").asText()).isEqualTo("notResized");
        assertIsProblem(get("/api/v1/resize/nothing"), 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"wwid\": \"a b\"}", "{\"wwid\": 7, \"dryRun\": \"maybe\"}", "{\"lun\": \"x\"}"})
    void whatNamesNoLunIsRefused(String body) throws Exception {
        assertIsProblem(post("/api/v1/resize", body), 400);

        assertThat(FLEET.resized).isEmpty();
    }
}
