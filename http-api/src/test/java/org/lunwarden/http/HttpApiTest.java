package org.lunwarden.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.fleet.FleetEvent;
import org.lunwarden.fleet.FleetEvent.HostStopped;
import org.lunwarden.fleet.FleetEvent.IncidentChanged;
import org.lunwarden.model.fleet.HostId;

/** The API as a client sees it: a real server, real sockets, answers held against the OpenAPI document. */
class HttpApiTest extends ServedApi {

    @Test
    void theDocumentAndTheRoutesNameTheSameOperations() {
        var routes = new TreeSet<String>();
        Endpoints.of(FLEET, SETTINGS, Optional.empty())
                .endpoints()
                .forEach(endpoint -> routes.add(endpoint.method().value() + " " + endpoint.path()));
        var documented = new TreeSet<String>();
        DOCUMENT.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method ->
                                documented.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));

        assertThat(routes).isEqualTo(documented);
    }

    static Stream<String> everyGet() {
        return DOCUMENT.path("paths").properties().stream()
                .filter(path -> path.getValue().at("/get/responses/200/content").has("application/json"))
                .map(Map.Entry::getKey);
    }

    @ParameterizedTest
    @MethodSource("everyGet")
    void everyAnswerHasTheShapeThatTheDocumentPromises(String path) throws Exception {
        var response = get(path.replace("{host}", "h001")
                .replace("{wwid}", SmallFleet.LUN.value())
                .replace("{id}", path.contains("incidents") ? "i-1" : "f-1"));

        assertThat(response.statusCode()).isEqualTo(200);
        var promised = DOCUMENT.at(pointer(path) + "/get/responses/200/content/application~1json/schema");
        assertThat(schema(promised).validate(Json.MAPPER.readTree(response.body())))
                .isEmpty();
    }

    @Test
    void theWrongShapeIsNoticed() throws IOException {
        var promised = DOCUMENT.at(pointer("/api/v1/hosts") + "/get/responses/200/content/application~1json/schema");

        assertThat(schema(promised)
                        .validate(Json.MAPPER.readTree("{\"items\":[{\"host\":7}],\"total\":1,\"offset\":0}")))
                .isNotEmpty();
    }

    @Test
    void hostsAreToldWithTheirContactAndWhatHurtsThem() throws Exception {
        var hosts = json(get("/api/v1/hosts")).path("items");

        assertThat(hosts).hasSize(3);
        assertThat(hosts.get(0).path("nexuses").path("down").asInt()).isEqualTo(1);
        assertThat(hosts.get(2).path("contact").asText()).isEqualTo("silent");
        assertThat(hosts.get(2).path("nexuses").path("unknown").asInt()).isEqualTo(1);
    }

    @Test
    void nexusesAreFoundByTheComponentTheyCross() throws Exception {
        var through = json(get("/api/v1/nexuses?class=switch&id=100000000000000b/12&state=down"));

        assertThat(through.path("total").asInt()).isEqualTo(2);
    }

    @Test
    void componentsCarryTheNamesPeopleCallThem() throws Exception {
        var components = json(get("/api/v1/components?class=switch")).path("items");

        assertThat(components.get(0).path("label").asText()).isEqualTo("switch 12 of fabric B");
    }

    @Test
    void longListsAreReadInParts() throws Exception {
        var part = json(get("/api/v1/hosts?offset=1&limit=1"));

        assertThat(part.path("total").asInt()).isEqualTo(3);
        assertThat(part.path("items")).hasSize(1);
        assertThat(part.path("items").get(0).path("host").asText()).isEqualTo("h002");
    }

    @Test
    void aHostThatDoesNotAnswerIsNamedWithItsReason() throws Exception {
        var hosts = json(get("/api/v1/maps/" + SmallFleet.LUN)).path("hosts");

        assertThat(hosts.get(0).path("topology").path("groups")).hasSize(1);
        assertThat(hosts.get(2).path("refused").asText()).isEqualTo("h003 is silent");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/hosts/nowhere, 404",
        "/api/v1/incidents/none, 404",
        "/api/v1/failbacks/none, 404",
        "/api/v1/maps/3600a0980383, 404",
        "/api/v1/maps/a%20b, 400",
        "/api/v1/nowhere, 404",
        "/nowhere, 404",
        "/api/v1/hosts?contact=lost, 400",
        "/api/v1/hosts?limit=0, 400",
        "/api/v1/hosts?limit=many, 400",
        "/api/v1/hosts?offset=-1, 400",
        "/api/v1/hosts?hots=h001, 400",
        "/api/v1/hosts?limit=1&limit=2, 400",
        "/api/v1/nexuses?class=switch, 400",
        "/api/v1/nexuses?state=broken, 400",
        "/api/v1/nexuses?explained=perhaps, 400",
        "/api/v1/fleet?limit=1, 400",
        "/api/v1/components?class=toaster, 400",
        "/api/v1/incidents?phase=over, 400",
        "/api/v1/incidents?open=perhaps, 400",
    })
    void whatCannotBeAnsweredIsAProblemDocumentWithAReason(String path, int status) throws Exception {
        assertIsProblem(get(path), status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/hosts", "/api/v1/events", "/health/live"})
    void aWrongMethodIsToldWhichOnesThereAre(String path) throws Exception {
        var response = send(request(path).DELETE());

        assertIsProblem(response, 405);
        assertThat(json(response).path("detail").asText()).contains("GET");
    }

    @Test
    void aFailbackIsADryRunUnlessToldOtherwise() throws Exception {
        var response = post("/api/v1/failbacks", "{\"class\":\"switch\",\"id\":\"100000000000000b/12\"}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).path("dryRun").asBoolean()).isTrue();
        assertThat(FLEET.started).isEmpty();
        assertShape(response, "FailbackPlanned");
    }

    @Test
    void aFailbackIsStartedByAnExplicitWord() throws Exception {
        var response =
                post("/api/v1/failbacks", "{\"class\":\"switch\",\"id\":\"100000000000000b/12\",\"dryRun\":false}");

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.headers().firstValue("Location")).hasValue("/api/v1/failbacks/f-1");
        assertThat(FLEET.started).containsExactly(Optional.of(SmallFleet.SWITCH));
        assertShape(response, "FailbackStarted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause", "resume", "stop"})
    void aFailbackIsSteeredByItsId(String word) throws Exception {
        var response = post("/api/v1/failbacks/f-1/" + word, "");

        assertThat(response.statusCode()).isEqualTo(200);
        assertShape(response, "Failback");
        assertIsProblem(post("/api/v1/failbacks/none/" + word, ""), 404);
    }

    @Test
    void whoWantsAFailbackHasANameOfOneLine() throws Exception {
        assertIsProblem(post("/api/v1/failbacks", "{\"dryRun\":false,\"by\":\"eve\\nbob\"}"), 400);
    }

    @Test
    void aSecondFailbackIsRefusedWhileOneRuns() throws Exception {
        FLEET.running = Optional.of("f-0");

        var response = post("/api/v1/failbacks", "{\"dryRun\":false}");

        assertIsProblem(response, 409);
        assertThat(json(response).path("detail").asText()).contains("/api/v1/failbacks/f-0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{\"dryRun\":\"perhaps\"}",
                "{\"dryrun\":false}",
                "{\"class\":\"switch\",\"dryRun\":false}",
                "{\"class\":\"toaster\",\"id\":\"1\"}"
            })
    void aFailbackThatCannotBeReadMovesNothing(String body) throws Exception {
        assertIsProblem(post("/api/v1/failbacks", body), 400);
        assertThat(FLEET.started).isEmpty();
    }

    @Test
    void aBodyThatIsNotJsonIsRefused() throws Exception {
        var response = send(request("/api/v1/failbacks")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"dryRun\":false}")));

        assertIsProblem(response, 415);
        assertThat(FLEET.started).isEmpty();
    }

    @Test
    void anotherSitesPageMayStartNothing() throws Exception {
        var response = send(request("/api/v1/failbacks")
                .header("Content-Type", "application/json")
                .header("Sec-Fetch-Site", "cross-site")
                .POST(BodyPublishers.ofString("{\"dryRun\":false}")));

        assertIsProblem(response, 403);
        assertThat(FLEET.started).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lunwarden.example", "127.0.0.1.evil.example", "127.evil.example", "10.0.0.1"})
    void aNameThatSomebodyMadeLeadHereIsNotServed(String host) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.getOutputStream()
                    .write(("GET /api/v1/hosts HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 403 ").doesNotContain("h001");
        }
    }

    @Test
    void whileTheViewIsOutOfTheFleetItSaysSo() throws Exception {
        FLEET.unavailable = true;

        assertIsProblem(get("/health/ready"), 503);
        assertIsProblem(post("/api/v1/failbacks", "{\"dryRun\":true}"), 503);
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/api/v1/hosts").statusCode()).isEqualTo(200);
    }

    @Test
    void aViewThatIsCutOffIsNotReadyAndItsAnswersTellHowOldTheyAre() throws Exception {
        FLEET.member = false;
        FLEET.majority = false;

        assertIsProblem(get("/health/ready"), 503);
        var hosts = json(get("/api/v1/hosts"));
        assertThat(hosts.path("member").asBoolean(true)).isFalse();
        assertThat(hosts.path("at").asText()).isEqualTo(SmallFleet.NOW.toString());
        var fleet = json(get("/api/v1/fleet"));
        assertThat(fleet.path("member").asBoolean(true)).isFalse();
        assertThat(fleet.path("ageSeconds").isNumber()).isTrue();

        FLEET.member = true;
        assertThat(json(get("/health/ready")).path("detail").asText()).contains("most of the views");
        FLEET.majority = true;
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void whatNoIncidentExplainsAndWhatCouldNotBeToldIsTold() throws Exception {
        var fleet = json(get("/api/v1/fleet"));
        assertThat(fleet.path("unexplainedNexuses").asInt()).isEqualTo(1);
        assertThat(fleet.path("notObservable").get(0).asText()).contains("h003 is silent");

        var unexplained = json(get("/api/v1/nexuses?explained=false"));
        assertThat(unexplained.path("total").asInt()).isEqualTo(1);
        assertThat(unexplained.path("items").get(0).path("host").asText()).isEqualTo("h002");
        assertThat(json(get("/api/v1/nexuses?explained=true")).path("total").asInt())
                .isEqualTo(5);
    }

    @Test
    void anIncidentIsFoundByAnIdThatItHadBefore() throws Exception {
        assertThat(json(get("/api/v1/incidents/i-0")).path("id").asText()).isEqualTo("i-1");
    }

    @Test
    void eventsAreStreamedWithTheirIdsAndResumed() throws Exception {
        var response = client.send(
                request("/api/v1/events").header("Last-Event-ID", "view1-r-41").build(), BodyHandlers.ofInputStream());
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
            assertThat(lines.readLine()).isEqualTo(":");
            assertThat(FLEET.resumedAfter).contains(Optional.of("view1-r-41"));

            var listener = FLEET.listeners.getLast();
            listener.accept(new FleetEvent("view1-r-42", SmallFleet.NOW, new HostStopped(new HostId("h002"))));
            listener.accept(new FleetEvent(
                    "view1-r-43", SmallFleet.NOW, new IncidentChanged("confirmed", SmallFleet.incident())));

            var first = nextEvent(lines);
            assertThat(first.id()).isEqualTo("view1-r-42");
            assertThat(first.data().path("what").path("event").asText()).isEqualTo("host-stopped");
            var second = nextEvent(lines);
            assertThat(second.data().at("/what/incident/suspects/0/id").asText())
                    .isEqualTo("100000000000000b/12");
            assertThat(schema(DOCUMENT.at("/components/schemas/Event")).validate(second.data()))
                    .isEmpty();
        }
    }

    @Test
    void thePageAndItsFilesAreServedAndNothingElse() throws Exception {
        assertThat(get("/").body()).contains("Lunwarden");
        assertThat(get("/").headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(get("/page/page.js").statusCode()).isEqualTo(200);
        assertIsProblem(get("/page/openapi.json"), 404);
        assertIsProblem(get("/page/..%2fopenapi.json"), 404);
    }

    private record Received(String id, JsonNode data) {}

    private static Received nextEvent(BufferedReader lines) throws IOException {
        var id = "";
        while (true) {
            var line = lines.readLine();
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("data: ")) {
                return new Received(id, Json.MAPPER.readTree(line.substring(6)));
            }
        }
    }
}
