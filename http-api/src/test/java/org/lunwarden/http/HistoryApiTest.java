package org.lunwarden.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.fleet.history.HistoryQuery;

class HistoryApiTest extends ServedApi {

    @Test
    void whatHappenedIsToldInPartsWithHowTheStoreIs() throws Exception {
        FLEET.asked.clear();
        var told = get(
                "/api/v1/history?since=2026-03-01T10:00:00Z&kind=host-back&host=h001&incident=i-1&before=9&limit=5");

        assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
        assertShape(told, "History");
        assertThat(json(told).at("/items/0/words").asText()).isEqualTo("is heard again");
        assertThat(json(told).path("next").asLong()).isEqualTo(7);
        assertThat(json(told).at("/store/dropped").asInt()).isEqualTo(2);
        assertThat(FLEET.asked)
                .containsExactly(new HistoryQuery(
                        Optional.of(Instant.parse("2026-03-01T10:00:00Z")),
                        Optional.empty(),
                        Optional.of("host-back"),
                        Optional.of("h001"),
                        Optional.of("i-1"),
                        Optional.of(9L),
                        5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "since=noon",
                "limit=0",
                "limit=1001",
                "before=-1",
                "kinds=x",
                "since=%2B1000000000-01-01T00:00:00Z",
                "host=%00",
                "incident=%1B%5B2J"
            })
    void aQuestionThatCannotBeUnderstoodIsRefused(String query) throws Exception {
        assertIsProblem(get("/api/v1/history?" + query), 400);
    }

    @Test
    void anIncidentThatIsLongOverIsReadFromTheHistory() throws Exception {
        assertShape(get("/api/v1/incidents/i-past"), "Incident");
        assertIsProblem(get("/api/v1/incidents/i-never"), 404);
    }

    @Test
    void besideAnIncidentStandsWhatChangedOnItsHostsInTheHourBeforeAndSince() throws Exception {
        FLEET.asked.clear();
        var beside = get("/api/v1/incidents/i-1/changes");

        assertShape(beside, "History");
        assertThat(json(beside).path("items")).hasSize(1);
        assertThat(FLEET.asked.getFirst().since()).contains(SmallFleet.NOW.minusSeconds(9 + 3600));
        assertIsProblem(get("/api/v1/incidents/i-never/changes"), 404);
    }

    @Test
    void whatVerdictsRestOnIsToldInLinesAlsoOfAnIncidentThatWasKeptUnderAFormerId() throws Exception {
        assertThat(get("/api/v1/observations").body()).isEqualTo("now\n");
        assertThat(get("/api/v1/incidents/i-1/observations").body()).isEqualTo("of i-0\n");
        assertIsProblem(get("/api/v1/incidents/i-9/observations"), 404);
    }

    @Test
    void aBrokenHistoryIsToldWithHealthAndLeavesTheViewReady() throws Exception {
        var ready = get("/health/ready");

        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(json(ready).at("/history/problem").asText()).isEqualTo("the disk is full");
    }
}
