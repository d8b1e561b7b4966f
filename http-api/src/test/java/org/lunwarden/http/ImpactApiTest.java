package org.lunwarden.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImpactApiTest extends ServedApi {

    private static final String SWITCH = "{\"class\": \"switch\", \"id\": \"100000000000000b/12\"}";
    private static final String PORT = "{\"class\": \"hbaPort\", \"id\": \"h001a\"}";
    private static final String OTHER_PORT = "{\"class\": \"hbaPort\", \"id\": \"h001b\"}";
    private static final String NOWHERE = "{\"class\": \"array\", \"id\": \"nowhere\"}";

    @Test
    void whatHappensIfASwitchGoesDownIsToldAsPromised() throws Exception {
        var impact = asked("/api/v1/impact", "Impact", "{\"components\": [" + SWITCH + "]}");

        assertThat(impact.path("safe").asBoolean()).isFalse();
        assertThat(impact.at("/maps/unknown").asInt()).isEqualTo(3);
        assertThat(impact.at("/down/0/label").asText()).isEqualTo("switch 12 of fabric B");
        assertThat(impact.at("/through/nexuses").asInt()).isEqualTo(2);
        assertThat(impact.path("affected")).hasSize(3);
        assertThat(impact.has("order")).isFalse();
    }

    @Test
    void theLastPathOfAMapIsAnOutageAndOneThatIsDownAlreadyIsNot() throws Exception {
        var outage = asked("/api/v1/impact", "Impact", "{\"components\": [" + PORT + "]}");
        var harmless = asked("/api/v1/impact", "Impact", "{\"components\": [" + OTHER_PORT + "]}");

        assertThat(outage.at("/maps/outage").asInt()).isEqualTo(1);
        assertThat(outage.path("safe").asBoolean()).isFalse();
        assertThat(harmless.at("/maps/fine").asInt()).isEqualTo(2);
        assertThat(harmless.at("/maps/silent").asInt()).isEqualTo(1);
        assertThat(harmless.path("safe").asBoolean()).isTrue();
    }

    @Test
    void forSeveralComponentsThereIsAnOrder() throws Exception {
        var impact = asked("/api/v1/impact", "Impact", "{\"components\": [" + NOWHERE + ", " + SWITCH + "]}");

        assertThat(impact.path("order")).hasSize(2);
        assertThat(impact.at("/unseen/0/id").asText()).isEqualTo("nowhere");
    }

    @Test
    void theGateIsShutWhileWhatWentDownIsNotBackAndForWhatNothingGoesThrough() throws Exception {
        var since = "\"since\": \"" + SmallFleet.NOW.minusSeconds(60) + "\"";
        var gate = asked("/api/v1/gate", "Gate", "{" + since + ", \"components\": [" + SWITCH + "]}");
        var nowhere = asked("/api/v1/gate", "Gate", "{" + since + ", \"components\": [" + NOWHERE + "]}");

        assertThat(gate.path("open").asBoolean()).isFalse();
        assertThat(gate.path("shutBy").asInt()).isEqualTo(3);
        assertThat(nowhere.path("open").asBoolean()).isFalse();
        assertThat(nowhere.at("/through/nexuses").asInt()).isZero();
    }

    @Test
    void aViewApartFromTheOthersCallsNothingSafeAndOpensNoGate() throws Exception {
        var since = "\"since\": \"" + SmallFleet.NOW.minusSeconds(60) + "\"";
        var gate = "{" + since + ", \"before\": {\"nexuses\": 1, \"upPaths\": 2}, \"components\": [" + PORT + "]}";
        assertThat(asked("/api/v1/gate", "Gate", gate).path("open").asBoolean()).isTrue();

        FLEET.majority = false;

        assertThat(asked("/api/v1/impact", "Impact", "{\"components\": [" + OTHER_PORT + "]}")
                        .path("safe")
                        .asBoolean())
                .isFalse();
        assertThat(asked("/api/v1/gate", "Gate", gate).path("open").asBoolean()).isFalse();
    }

    @Test
    void questionsThatComeTogetherAreAnsweredOneAfterTheOther() {
        var question = "{\"components\": [" + SWITCH + "]}";
        var answers = Stream.generate(() -> request("/api/v1/impact")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(question))
                        .build())
                .limit(6)
                .map(request -> client.sendAsync(request, BodyHandlers.ofString()))
                .toList();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "impact | {}                                                          | name one at least",
                "impact | {\"components\": []}                                        | name one at least",
                "impact | {\"components\": [null]}                                    | a class and an id",
                "impact | {\"components\": [{\"class\": \"switch\"}]}                   | a class and an id",
                "impact | {\"components\": [{\"class\": \"moon\", \"id\": \"1\"}]}        | no class of component",
                "impact | {\"since\": \"x\"}                                          | cannot be read",
                "impact | null                                                        | JSON object",
                "gate   | {\"components\": [{\"class\": \"host\", \"id\": \"h\"}]}        | since must say",
                "gate   | {\"since\": \"2126-01-01T00:00:00Z\", \"components\": [{\"class\": \"host\", \"id\": \"h\"}]} | later than",
                "gate   | {\"since\": \"noon\", \"components\": [{\"class\": \"host\", \"id\": \"h\"}]} | no instant"
            })
    void aQuestionThatCannotBeUnderstoodIsRefusedWithAReason(String question, String body, String reason)
            throws Exception {
        var refused = post("/api/v1/" + question, body);

        assertIsProblem(refused, 400);
        assertThat(refused.body()).contains(reason);
    }

    private static JsonNode asked(String path, String shape, String body) throws Exception {
        var response = post(path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertShape(response, shape);
        return json(response);
    }
}
