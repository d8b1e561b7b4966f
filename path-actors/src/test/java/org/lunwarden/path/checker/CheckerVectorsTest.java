package org.lunwarden.path.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.model.PathState;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.path.AnswerWords;
import org.lunwarden.path.Disks;
import org.lunwarden.path.FixedDevices;
import org.lunwarden.path.ScriptedProbe;
import org.lunwarden.vectors.Vectors;

@Tag("vectors")
class CheckerVectorsTest {

    private static final int ENXIO = 6;

    static Stream<Arguments> sysfsState() {
        return Vectors.states("sysfs_state");
    }

    static Stream<Arguments> tur() {
        return Vectors.states("checker_tur");
    }

    static Stream<Arguments> directio() {
        return Vectors.states("checker_directio");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sysfsState")
    void theKernelsWordBecomesTheStateOfTheReference(String id, JsonNode in, JsonNode expect) {
        var bus = switch (in.get("bus").asText()) {
            case "scsi" -> SysfsState.Bus.SCSI;
            case "nvme" -> SysfsState.Bus.NVME;
            case "ccw", "cciss", "undef" -> SysfsState.Bus.OTHER;
            default -> throw new AssertionError("no such bus: " + in.get("bus"));
        };
        var devices = in.has("state_attr")
                ? FixedDevices.in(in.get("state_attr").asText())
                : FixedDevices.refusing(in.has("state_attr_error") ? Vectors.errno(in.get("state_attr_error")) : ENXIO);

        var state = SysfsState.of(bus, devices.live(Disks.scsi().name()));

        assertThat(state).as(id).isEqualTo(Vectors.state(expect.get("state")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tur")
    void answersToTestUnitReadyBecomeTheStateOfTheReference(String id, JsonNode in, JsonNode expect) {
        var probe = new ScriptedProbe();
        answers(in).forEach(probe::answers);

        var observed = check(probe, CheckerKind.TUR);

        assertThat(observed).as(id).isEqualTo(Vectors.state(expect.get("state")));
        assertThat(probe.asked()).as(id).hasSize(expect.get("attempts").asInt());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("directio")
    void aReadBecomesTheStateOfTheReference(String id, JsonNode in, JsonNode expect) {
        var event = in.get("event").asText();
        if (event.equals("none yet")) {
            // the reference asks again and again; here the path hears when there is an answer
            assertThat(asked(new ScriptedProbe().readsForEver(), CheckerKind.DIRECTIO))
                    .as(id)
                    .isNotDone();
            assertThat(Vectors.state(expect.get("state"))).isEqualTo(PathState.PENDING);
            return;
        }
        Answer<Integer> answer = switch (event) {
            case "full block read" -> new Answer.Answered<>(512);
            case "short read" -> new Answer.Answered<>(511);
            case "error result" -> new Answer.Refused<>(5, "read", "Input/output error");
            default -> {
                assertThat(event).startsWith("none");
                yield new Answer.TimedOut<>(new CompletableFuture<>());
            }
        };

        var observed = check(new ScriptedProbe().reads(answer), CheckerKind.DIRECTIO);

        assertThat(observed).as(id).isEqualTo(Vectors.state(expect.get("state")));
    }

    private static PathState check(ScriptedProbe probe, CheckerKind kind) {
        return asked(probe, kind).join().observed();
    }

    private static CompletableFuture<Finding> asked(ScriptedProbe probe, CheckerKind kind) {
        return new Checker(
                        Disks.scsi(), Optional.empty(), Clariion.alone(), probe, FixedDevices.running(), Runnable::run)
                .check(new Checker.Question(kind, false, Duration.ofSeconds(30), Checker.Proof.NONE), () -> {})
                .toCompletableFuture();
    }

    private static List<Answer<ScsiReply>> answers(JsonNode in) {
        if (in.has("answers")) {
            var answers = new ArrayList<Answer<ScsiReply>>();
            in.get("answers").forEach(each -> answers.add(AnswerWords.of(each.asText())));
            return answers;
        }
        if (in.has("ioctl_errno")) {
            return List.of(ScriptedProbe.refused(Vectors.errno(in.get("ioctl_errno"))));
        }
        if (in.has("sense")) {
            var hex = new StringBuilder();
            in.get("sense").forEach(each -> hex.append(each.asText()));
            return List.of(ScriptedProbe.sense(hex.toString()));
        }
        return List.of(
                ScriptedProbe.status(in.path("status").asInt(0), in.path("host").asInt(0)));
    }
}
