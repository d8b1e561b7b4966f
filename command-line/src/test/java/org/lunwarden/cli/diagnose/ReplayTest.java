package org.lunwarden.cli.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import org.lunwarden.fleet.diagnosis.Diagnosis;
import org.lunwarden.fleet.diagnosis.DiagnosisSettings;
import org.lunwarden.fleet.diagnosis.Finding;
import org.lunwarden.fleet.diagnosis.Observation;
import org.lunwarden.fleet.diagnosis.ObservationLines;
import org.lunwarden.fleet.diagnosis.Verdict;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.NexusState;

/** What a view recorded says again, at any time, what the view said then. */
class ReplayTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** From the fifth moment on it is known that a switch was changed. */
    private static final Map<Component, Instant> UPGRADED =
            Map.of(new Component(ComponentClass.SWITCH, "0/11"), START.plusSeconds(40));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theVerdictOfAReplayIsTheViewsAtThatMoment(long seed) throws Exception {
        var fleet = new Fleet(new Random(seed));
        var diagnosis = new Diagnosis(DiagnosisSettings.DEFAULTS);
        var verdicts = new TreeMap<Instant, Verdict>();
        var recorded = new ByteArrayOutputStream();
        for (var step = 0; step < 12; step++) {
            var now = START.plusSeconds(10L * step);
            fleet.next(now);
            var verdict = diagnosis.next(fleet.seen(), step < 4 ? Map.of() : UPGRADED);
            verdicts.put(now, verdict);
            ObservationLines.write(recorded, verdict, now);
        }
        var file = folder.resolve("recorded");
        Files.write(file, recorded.toByteArray());

        var found = 0;
        for (var each : verdicts.entrySet()) {
            var causes = causes(each.getValue());
            assertThat(causes(replay(file, each.getKey().plusSeconds(3))))
                    .as("at %s", each.getKey())
                    .isEqualTo(causes);
            found += causes.size();
        }
        assertThat(found).isPositive();
    }

    @Test
    void whatIsGoneFromASnapshotIsGoneAndALaterLineOfANexusReplacesAnEarlierOne() throws Exception {
        var file = folder.resolve("recorded");
        var text = new StringBuilder(snapshot(1000));
        for (var host = 0; host < 6; host++) {
            text.append(row(host, "down", 500, 1000));
        }
        text.append(row(0, "up", 1500, 2000)).append(snapshot(3000)).append(row(0, "up", 1500, 3000));
        Files.writeString(file, text);

        assertThat(failed(replay(file, Instant.ofEpochMilli(1_999)))).isEqualTo(6);
        assertThat(failed(replay(file, Instant.ofEpochMilli(2_000)))).isEqualTo(5);
        assertThat(failed(replay(file, Instant.ofEpochMilli(3_000)))).isZero();
    }

    private static String snapshot(int at) {
        return "{\"kind\":\"snapshot\",\"seenAt\":" + at + "}\n";
    }

    private static String row(int host, String state, int changedAt, int seenAt) {
        return """
                {"host":"h%d","initiatorPort":"i%d","targetPort":"t","components":{"switch":["A/1","A/2"]},\
                "state":"%s","paths":4,"down":%d,"changedAt":%d,"seenAt":%d}
                """.formatted(host, host, state, state.equals("up") ? 0 : 4, changedAt, seenAt);
    }

    private static int failed(JsonNode verdict) {
        var failed = verdict.path("unexplained").size();
        for (var incident : verdict.path("incidents")) {
            failed += incident.path("nexuses").asInt();
        }
        return failed;
    }

    private static JsonNode replay(Path file, Instant at) throws IOException {
        var out = new StringWriter();
        var code = new CommandLine(new DiagnoseCommand())
                .setOut(new PrintWriter(out))
                .execute("--json", "--at", String.valueOf(at.toEpochMilli()), file.toString());
        assertThat(code).isZero();
        return JSON.readTree(out.toString());
    }

    /** Likeliest suspect -> what was counted. */
    private static Map<String, String> causes(Verdict verdict) {
        var causes = new TreeMap<String, String>();
        for (var finding : verdict.findings()) {
            if (finding.kind() == Finding.Kind.FAULT) {
                var first = finding.first();
                var evidence = first.evidence();
                causes.put(
                        first.component().kind().word() + " "
                                + first.component().id(),
                        counted(
                                evidence.down() + evidence.partial(),
                                evidence.contradicting(),
                                first.fraction(),
                                first.confidence()));
            }
        }
        return causes;
    }

    private static Map<String, String> causes(JsonNode verdict) {
        var causes = new TreeMap<String, String>();
        for (var incident : verdict.path("incidents")) {
            var first = incident.at("/suspects/0");
            causes.put(
                    first.path("class").asText() + " " + first.path("id").asText(),
                    counted(
                            first.path("explained").asInt(),
                            first.path("contradicting").asInt(),
                            first.path("fraction").asDouble(),
                            first.path("confidence").asDouble()));
        }
        return causes;
    }

    private static String counted(int explained, int contradicting, double fraction, double confidence) {
        return "%d/%d %.4f %.4f".formatted(explained, contradicting, fraction, confidence);
    }

    /** Twenty hosts on two fabrics, whose switches fail or are lossy; hosts go silent and vanish. */
    private static final class Fleet {

        private final Random random;
        private final List<Observation> rows = new ArrayList<>();
        private final Map<String, Instant> changed = new HashMap<>();

        Fleet(Random random) {
            this.random = random;
        }

        void next(Instant now) {
            var edge = random.nextInt(3);
            var isCore = random.nextInt(4) == 0;
            var isLossy = random.nextInt(3) == 0;
            var silent = random.nextInt(20);
            var gone = random.nextInt(20);
            rows.clear();
            for (var host = 0; host < 20; host++) {
                for (var fabric = 0; fabric < 2; fabric++) {
                    for (var target = 0; target < 4 && host != gone; target++) {
                        var isDown = fabric == 0 && (host % 3 == edge || (isCore && target % 2 == 0));
                        var isPartial = isLossy && fabric == 1 && target == 3 && random.nextInt(3) > 0;
                        var state = isDown ? NexusState.DOWN : isPartial ? NexusState.PARTIAL : NexusState.UP;
                        var age = host == silent ? Duration.ofSeconds(30) : Duration.ZERO;
                        rows.add(row(host, fabric, target, state, age, now));
                    }
                }
            }
        }

        List<Observation> seen() {
            return List.copyOf(rows);
        }

        private Observation row(int host, int fabric, int target, NexusState state, Duration age, Instant now) {
            var nexus = new Nexus("i%02d%d".formatted(host, fabric), "t%d%d".formatted(fabric, target));
            var since = changed.computeIfAbsent(nexus + " " + state, any -> now.minusMillis(250));
            return new Observation(
                    new HostId("h%02d".formatted(host)),
                    nexus,
                    List.of(
                            new Component(ComponentClass.SWITCH, fabric + "/1" + host % 3),
                            new Component(ComponentClass.SWITCH, fabric + "/" + target % 2),
                            new Component(ComponentClass.ARRAY, "arr" + target / 2),
                            new Component(ComponentClass.FABRIC, String.valueOf(fabric))),
                    state,
                    8,
                    state == NexusState.DOWN ? 8 : state == NexusState.PARTIAL ? 3 : 0,
                    since,
                    age);
        }
    }
}
