package org.lunwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lunwarden diagnose} with files as they come from hosts. */
class DiagnoseCommandTest {

    private static final long ONSET = 1_760_000_000_000L;

    @TempDir
    Path folder;

    @RegisterExtension
    final Terminal terminal = new Terminal();

    /** One nexus of 40 hosts behind 4 edge switches, each with 2 arrays of 2 controllers in 2 fabrics. */
    private record Nexus(int host, String fabric, int array, int controller) {
        String edge() {
            return fabric + "/" + (10 + host % 4);
        }

        String line(String state, int down, long changedAt, long reportedAt) {
            return """
                    {"host":"h%04d","initiatorPort":"10%s%04d","targetPort":"50%s%d%d","components":{"host":"h%04d",\
                    "hbaPort":"10%s%04d","initiatorSwitch":"%s","targetSwitch":"%s/1","controller":"arr%d/ctl%d",\
                    "array":"arr%d","fabric":"%s","rack":"r%d"},"state":"%s","paths":16,"down":%d,"changedAt":%d,\
                    "reportedAt":%d}""".formatted(
                            host,
                            fabric,
                            host,
                            fabric,
                            array,
                            controller,
                            host,
                            fabric,
                            host,
                            edge(),
                            fabric,
                            array,
                            controller,
                            array,
                            fabric,
                            host / 5,
                            state,
                            down,
                            changedAt,
                            reportedAt);
        }
    }

    private static List<Nexus> san() {
        var all = new ArrayList<Nexus>();
        for (var host = 0; host < 40; host++) {
            for (var fabric : List.of("A", "B")) {
                for (var array = 0; array < 2; array++) {
                    all.add(new Nexus(host, fabric, array, 0));
                    all.add(new Nexus(host, fabric, array, 1));
                }
            }
        }
        return all;
    }

    private static List<String> lines(Predicate<Nexus> isDown) {
        return san().stream()
                .map(nexus -> isDown.test(nexus)
                        ? nexus.line("down", 16, ONSET, ONSET + 1000)
                        : nexus.line("up", 0, ONSET - 9_000_000, ONSET + 1000))
                .toList();
    }

    private Path file(List<String> lines) throws Exception {
        return Files.write(Files.createTempFile(folder, "observations", ".jsonl"), lines);
    }

    private int run(Object... words) {
        var line = new ArrayList<>(List.of("diagnose"));
        for (var word : words) {
            line.add(word.toString());
        }
        return LunwardenCommand.run(new RecordingLaunch(), line.toArray(String[]::new));
    }

    private JsonNode json() throws Exception {
        return new ObjectMapper().readTree(terminal.out());
    }

    @Test
    void aDeadSwitchIsOneIncidentThatNamesIt() throws Exception {
        var exit = run("--json", file(lines(nexus -> nexus.edge().equals("A/12"))));

        assertThat(exit).isZero();
        assertThat(terminal.err()).isEmpty();
        var verdict = json();
        assertThat(verdict.path("incidents")).hasSize(1);
        var incident = verdict.path("incidents").get(0);
        assertThat(incident.path("nexuses").asInt()).isEqualTo(40);
        assertThat(incident.path("hosts").asInt()).isEqualTo(10);
        assertThat(incident.path("onset").asLong()).isEqualTo(ONSET);
        assertThat(incident.path("gap").asDouble()).isGreaterThan(10);
        var suspect = incident.path("suspects").get(0);
        assertThat(incident.path("suspects")).hasSize(1);
        assertThat(suspect.path("class").asText()).isEqualTo("initiatorSwitch");
        assertThat(suspect.path("id").asText()).isEqualTo("A/12");
        assertThat(suspect.path("equivalent")).isEmpty();
        assertThat(suspect.path("fraction").asDouble()).isGreaterThan(0.99);
        assertThat(suspect.path("confidence").asDouble()).isGreaterThan(0.95);
        assertThat(suspect.path("explained").asInt()).isEqualTo(40);
        assertThat(suspect.path("contradicting").asInt()).isZero();
        assertThat(incident.path("runnerUp").path("class").asText()).isNotEmpty();
        assertThat(verdict.path("unexplained")).isEmpty();
        assertThat(verdict.path("badLines")).isEmpty();
    }

    @Test
    void aClassThatNobodyHasHeardOfIsNamedToo() throws Exception {
        run("--json", file(lines(nexus -> nexus.host() / 5 == 3)));

        var suspect = json().path("incidents").get(0).path("suspects").get(0);
        assertThat(suspect.path("class").asText()).isEqualTo("rack");
        assertThat(suspect.path("id").asText()).isEqualTo("r3");
    }

    @Test
    void aHostIsNamedThoughARackHasTheSameNumber() throws Exception {
        var lines = san().stream()
                .map(nexus -> """
                        {"host":"%d","initiatorPort":"%s%d","targetPort":"%s%d%d","components":{"rack":"%d","arm":"%s"},\
                        "state":"%s"}""".formatted(
                                nexus.host(),
                                nexus.fabric(),
                                nexus.host(),
                                nexus.fabric(),
                                nexus.array(),
                                nexus.controller(),
                                nexus.host() / 5,
                                nexus.fabric(),
                                nexus.host() == 0 ? "down" : "up"))
                .toList();

        run("--json", file(lines));

        var incidents = json().path("incidents");
        assertThat(incidents).hasSize(1);
        assertThat(incidents.get(0).path("suspects").get(0).path("class").asText())
                .isEqualTo("host");
        assertThat(incidents.get(0).path("suspects").get(0).path("id").asText()).isEqualTo("0");
    }

    @Test
    void badLinesAreNamedByNumberAndTheRestIsUsed() throws Exception {
        var lines = new ArrayList<>(lines(nexus -> nexus.edge().equals("B/11")));
        lines.add(3, "{\"host\":\"h1\",");
        lines.add(7, "");
        lines.add(9, "[1,2]");
        lines.add("{\"host\":\"h1\",\"initiatorPort\":\"a\",\"targetPort\":\"b\",\"state\":\"broken\"}");
        lines.add("{\"host\":\"h1\",\"initiatorPort\":\"a\",\"state\":\"up\"}");
        lines.add(
                "{\"host\":\"h1\",\"initiatorPort\":\"a\",\"targetPort\":\"b\",\"state\":\"up\",\"paths\":4,\"down\":5}");
        var file = file(lines);

        assertThat(run("--json", file)).isZero();

        var verdict = json();
        assertThat(verdict.path("incidents")
                        .get(0)
                        .path("suspects")
                        .get(0)
                        .path("id")
                        .asText())
                .isEqualTo("B/11");
        assertThat(verdict.path("badLines"))
                .extracting(bad -> bad.path("line").asInt())
                .containsExactly(4, 10, lines.size() - 2, lines.size() - 1, lines.size());
        assertThat(terminal.err())
                .contains(file + ":4: not JSON: ")
                .contains(file + ":10: not a JSON object")
                .contains("state: broken is none of up, down, partial, admin, unknown")
                .contains("lacks targetPort")
                .contains("down: more than there are paths");
    }

    @Test
    void bytesThatAreNoTextAreABadLineAndNoMore() throws Exception {
        var file = file(lines(nexus -> nexus.edge().equals("B/11")));
        Files.write(file, new byte[] {(byte) 0xff, 0, '{', '\n'}, java.nio.file.StandardOpenOption.APPEND);

        assertThat(run("--json", file)).isZero();

        assertThat(json().path("badLines")).hasSize(1);
        assertThat(json().path("incidents")).hasSize(1);
    }

    @Test
    void ofSeveralLinesForOneNexusTheNewestReportedCountsWhereverItStands() throws Exception {
        var lines = new ArrayList<>(lines(nexus -> false));
        san().stream()
                .filter(nexus -> nexus.edge().equals("A/13"))
                .forEach(nexus -> lines.addFirst(nexus.line("down", 16, ONSET + 2000, ONSET + 3000)));
        Collections.shuffle(lines, new Random(1));

        run("--json", file(lines));

        assertThat(json().path("incidents")
                        .get(0)
                        .path("suspects")
                        .get(0)
                        .path("id")
                        .asText())
                .isEqualTo("A/13");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1760000001500", "2025-10-09T08:53:21.500Z", "2025-10-09T10:53:21.500+02:00"})
    void whatWasReportedAfterATimeIsLeftOut(String at) throws Exception {
        var lines = new ArrayList<>(lines(nexus -> false));
        san().stream()
                .filter(nexus -> nexus.edge().equals("A/13"))
                .forEach(nexus -> lines.add(nexus.line("down", 16, ONSET + 2000, ONSET + 3000)));
        var file = file(lines);

        run("--json", "--at", at, file);

        assertThat(json().path("incidents")).isEmpty();
    }

    @Test
    void nexusesThatFailInPartTellTheirFraction() throws Exception {
        var lines = san().stream()
                .map(nexus -> nexus.array() == 1
                        ? nexus.line("partial", 4, ONSET, ONSET + 1000)
                        : nexus.line("up", 0, ONSET - 9_000_000, ONSET + 1000))
                .toList();

        run("--json", file(lines));

        var suspect = json().path("incidents").get(0).path("suspects").get(0);
        assertThat(suspect.path("id").asText()).isEqualTo("arr1");
        assertThat(suspect.path("fraction").asDouble()).isBetween(0.2, 0.3);
        assertThat(suspect.path("equivalent"))
                .extracting(one -> one.path("id").asText())
                .contains("arr1/ctl0", "arr1/ctl1");
        assertThat(json().path("notObservable").toString()).contains("single LUNs");
    }

    @Test
    void severalFilesAndStandardInputAreOneFleet() throws Exception {
        var lines = lines(nexus -> nexus.edge().equals("A/12"));
        terminal.types(String.join("\n", lines.subList(100, lines.size())));

        run("--json", file(lines.subList(0, 100)), "-");

        assertThat(json().path("incidents").get(0).path("nexuses").asInt()).isEqualTo(40);
    }

    @Test
    void theTextSaysWhatBrokeOnWhatEvidence() throws Exception {
        run(file(lines(nexus -> nexus.edge().equals("A/12"))));

        assertThat(terminal.out())
                .contains("1. initiator switch A/12 is down")
                .contains("40 of 40 nexuses through it failed on 10 hosts")
                .contains("since 2025-10-09 08:53:20 UTC")
                .contains("Read: 320 nexuses of 40 hosts");
    }

    @Test
    void aFleetThatIsWellIsSaidToBeSo() throws Exception {
        assertThat(run(file(lines(nexus -> false)))).isZero();

        assertThat(terminal.out()).startsWith("Nothing found that is broken.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"score", "vote"})
    void otherMethodsCanBeComparedWith(String method) throws Exception {
        assertThat(run(
                        "--json",
                        "--method",
                        method,
                        file(lines(nexus -> nexus.edge().equals("A/12")))))
                .isZero();

        assertThat(json().path("incidents").get(0).path("nexuses").asInt()).isEqualTo(40);
    }

    @Test
    void theOrderOfLinesChangesNothing() throws Exception {
        var lines = new ArrayList<>(lines(nexus -> nexus.edge().equals("A/12") || nexus.host() == 3));
        run("--json", file(lines));
        var expected = terminal.out();

        for (var seed = 0; seed < 3; seed++) {
            terminal.clear();
            Collections.shuffle(lines, new Random(seed));
            run("--json", file(lines));
            assertThat(terminal.out()).isEqualTo(expected);
        }
    }

    @Test
    void aFileThatCannotBeReadIsAFailure() {
        assertThat(run(folder.resolve("missing"))).isEqualTo(1);
        assertThat(terminal.err()).contains("missing cannot be read: no such file");
    }

    @Test
    void aFileOfWhichNoLineCanBeUsedIsAFailure() throws Exception {
        assertThat(run(file(List.of("nonsense")))).isEqualTo(1);
    }

    @Test
    void anEmptyFileIsAFleetOfNobody() throws Exception {
        assertThat(run("--json", file(List.of()))).isZero();
        assertThat(json().path("incidents")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--method guess x", "--at tomorrow x"})
    void whatIsNotUnderstoodIsUsage(String words) {
        assertThat(run((Object[]) (words.isEmpty() ? new String[0] : words.split(" "))))
                .isEqualTo(2);
    }
}
