package org.lunwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lunwarden diagnose} with lines that tell what happened beside: changes, maintenance, reboots. */
class DiagnoseEventsTest {

    private static final long ONSET = 1_760_000_000_000L;
    private static final long MINUTE = 60_000;

    @TempDir
    Path folder;

    @RegisterExtension
    final Terminal terminal = new Terminal();

    /** Twelve hosts with one port into each of two arrays. */
    private static List<String> lines(BiPredicate<Integer, Integer> isDown) {
        var all = new ArrayList<String>();
        for (var host = 0; host < 12; host++) {
            for (var array = 0; array < 2; array++) {
                for (var port = 0; port < 2; port++) {
                    var down = isDown.test(host, array);
                    all.add("""
                            {"host":"h%d","initiatorPort":"i%d","targetPort":"t%d%d","components":{"array":"arr%d"},\
                            "state":"%s","changedAt":%d,"reportedAt":%d}""".formatted(
                                    host,
                                    host,
                                    array,
                                    port,
                                    array,
                                    down ? "down" : "up",
                                    down ? ONSET : ONSET - 100 * MINUTE,
                                    ONSET + 5 * MINUTE));
                }
            }
        }
        return all;
    }

    private JsonNode verdict(List<String> lines, String... more) throws Exception {
        var all = new ArrayList<>(lines);
        all.addAll(List.of(more));
        var file = Files.write(Files.createTempFile(folder, "observations", ".jsonl"), all);
        assertThat(LunwardenCommand.run(new RecordingLaunch(), "diagnose", "--json", file.toString()))
                .isZero();
        return new ObjectMapper().readTree(terminal.out());
    }

    private static List<String> named(JsonNode verdict) {
        var names = new ArrayList<String>();
        verdict.path("incidents").forEach(incident -> {
            var first = incident.path("suspects").get(0);
            names.add(first.path("class").asText() + " " + first.path("id").asText());
        });
        return names;
    }

    @Test
    void whatFailsThroughAnArrayInMaintenanceIsExplainedAwayAndWhatFailsBesideItIsNot() throws Exception {
        var lines = lines((host, array) -> array == 1 || host == 3);

        var verdict = verdict(
                lines,
                "{\"kind\":\"maintenance\",\"class\":\"array\",\"id\":\"arr1\",\"from\":%d,\"to\":%d}"
                        .formatted(ONSET - MINUTE, ONSET + 60 * MINUTE));

        assertThat(named(verdict))
                .singleElement()
                .satisfies(name -> assertThat(name).isIn("host h3", "hbaPort i3"));
        assertThat(verdict.path("notObservable").toString())
                .contains("24 nexuses that failed count neither way, since they cross what is in maintenance")
                .doesNotContain("an operator took them down");
        assertThat(verdict.path("badLines")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"to\":1759999999999", "\"from\":1760000300001", "\"from\":1,\"to\":2"})
    void aWindowThatIsOverOrHasNotBegunExplainsNothing(String window) throws Exception {
        var verdict = verdict(
                lines((host, array) -> array == 1),
                "{\"kind\":\"maintenance\",\"class\":\"array\",\"id\":\"arr1\"," + window + "}");

        assertThat(named(verdict)).containsExactly("array arr1");
    }

    @Test
    void hostsThatRebootAreNoIncidentUntilTheyShouldBeBack() throws Exception {
        var lines = lines((host, array) -> host == 3 || host == 5);
        var one = "{\"kind\":\"reboot\",\"host\":\"h3\",\"at\":%d}".formatted(ONSET + 20_000);
        var longAgo = "{\"kind\":\"reboot\",\"host\":\"h5\",\"at\":%d}".formatted(ONSET - 16 * MINUTE);

        var verdict = verdict(lines, one, longAgo);

        assertThat(named(verdict))
                .singleElement()
                .satisfies(name -> assertThat(name).isIn("host h5", "hbaPort i5"));
        assertThat(verdict.path("notObservable").toString()).contains("4 nexuses that failed", "their host boots");
    }

    @Test
    void whatFailedBeforeAHostBootedIsNotOfThat() throws Exception {
        var verdict = verdict(
                lines((host, array) -> host == 3),
                "{\"kind\":\"reboot\",\"host\":\"h3\",\"at\":%d}".formatted(ONSET + 3 * MINUTE));

        assertThat(named(verdict)).hasSize(1);
    }

    @Test
    void ofTwoThatNoDataTellApartTheOneThatWasChangedIsNamed() throws Exception {
        var lines = lines((host, array) -> host == 3);
        var change = "{\"kind\":\"change\",\"class\":\"hbaPort\",\"id\":\"i3\",\"at\":%d}";

        assertThat(named(verdict(lines))).containsExactly("host h3");
        terminal.clear();
        assertThat(named(verdict(lines, change.formatted(ONSET - 60 * MINUTE)))).containsExactly("hbaPort i3");
        terminal.clear();
        assertThat(named(verdict(lines, change.formatted(ONSET - 25 * 60 * MINUTE))))
                .containsExactly("host h3");
    }

    @Test
    void fieldsOfEventsInAnObservationMayBeAnything() throws Exception {
        var lines = lines((host, array) -> array == 1).stream()
                .map(line -> line.replace("{\"host\"", "{\"id\":[7,{}],\"at\":\"Berlin\",\"class\":null,\"host\""))
                .toList();

        var verdict = verdict(lines);

        assertThat(named(verdict)).containsExactly("array arr1");
        assertThat(verdict.path("badLines")).isEmpty();
    }

    @Test
    void eventsThatLackSomethingAreBadLines() throws Exception {
        var verdict = verdict(
                lines((host, array) -> false),
                "{\"kind\":\"reboot\",\"at\":1}",
                "{\"kind\":\"reboot\",\"host\":\"h1\"}",
                "{\"kind\":\"change\",\"class\":\"array\",\"at\":1}",
                "{\"kind\":\"maintenance\",\"id\":\"arr1\"}",
                "{\"kind\":\"maintenance\",\"class\":\"array\",\"id\":\"arr1\",\"from\":2,\"to\":1}",
                "{\"kind\":\"reboots\",\"host\":\"h1\",\"at\":1}");

        assertThat(verdict.path("badLines"))
                .extracting(bad -> bad.path("problem").asText())
                .containsExactly(
                        "reboot: lacks host",
                        "reboot: lacks at",
                        "change: lacks id",
                        "maintenance: lacks class",
                        "maintenance: ends before it begins",
                        "kind: 'reboots' is none of change, maintenance, reboot");
    }
}
