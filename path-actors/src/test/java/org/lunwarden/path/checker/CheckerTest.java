package org.lunwarden.path.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.io.Disk;
import org.lunwarden.model.PathState;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.path.Disks;
import org.lunwarden.path.FixedDevices;
import org.lunwarden.path.ScriptedProbe;
import org.lunwarden.path.identity.UnitName;

class CheckerTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final ScriptedProbe probe = new ScriptedProbe();

    private Finding check(Disk disk, BlockDevices devices, CheckerKind kind) {
        return new Checker(disk, UnitName.of(disk), Clariion.alone(), probe, devices, Runnable::run)
                .check(new Checker.Question(kind, false, TIMEOUT, Checker.Proof.NONE), () -> {})
                .toCompletableFuture()
                .join();
    }

    /** Answers to TEST UNIT READY in order, the state, the number of commands. */
    static Stream<Arguments> answers() {
        var attention = ScriptedProbe.sense("72062900");
        return Stream.of(
                arguments(List.of(ScriptedProbe.status(0x18, 0)), PathState.UP, 1),
                arguments(List.of(ScriptedProbe.sense("7202040a")), PathState.PENDING, 1),
                arguments(List.of(ScriptedProbe.sense("7202040b")), PathState.GHOST, 1),
                arguments(List.of(ScriptedProbe.sense("72052500")), PathState.DISCONNECTED, 1),
                arguments(List.of(ScriptedProbe.sense("")), PathState.DOWN, 1),
                arguments(List.of(ScriptedProbe.sense("7302040b")), PathState.DOWN, 5),
                arguments(List.of(ScriptedProbe.status(0x18, 0x02)), PathState.DOWN, 5),
                arguments(List.of(ScriptedProbe.status(0, 0x05)), PathState.DOWN, 1),
                arguments(List.of(ScriptedProbe.status(0, 0x0f)), PathState.DOWN, 1),
                arguments(List.of(ScriptedProbe.status(0, 0x0e), ScriptedProbe.good()), PathState.UP, 2),
                arguments(List.of(attention, attention, attention, attention, ScriptedProbe.good()), PathState.UP, 5),
                arguments(List.of(ScriptedProbe.notAsked()), PathState.PENDING, 1),
                arguments(List.of(attention, ScriptedProbe.refused(6)), PathState.DOWN, 2));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anAnswerBecomesAState(List<Answer<ScsiReply>> answers, PathState state, int commands) {
        answers.forEach(probe::answers);

        var finding = check(Disks.scsi(), FixedDevices.running(), CheckerKind.TUR);

        assertThat(finding.observed()).isEqualTo(state);
        assertThat(finding.late()).isEmpty();
        assertThat(probe.asked()).hasSize(commands).containsOnly(0x00);
    }

    @Test
    void aDeviceThatTheKernelHoldsBackIsNotAsked() {
        probe.answers(ScriptedProbe.good());

        var blocked = check(Disks.scsi(), FixedDevices.in("blocked"), CheckerKind.TUR);
        var offline = check(Disks.scsi(), FixedDevices.in("transport-offline"), CheckerKind.DIRECTIO);
        var gone = check(Disks.scsi(), FixedDevices.refusing(19), CheckerKind.TUR);

        assertThat(blocked.observed()).isEqualTo(PathState.PENDING);
        assertThat(offline.observed()).isEqualTo(PathState.DOWN);
        assertThat(offline.why()).isEqualTo("sysfs state transport-offline");
        assertThat(gone.observed()).isEqualTo(PathState.REMOVED);
        assertThat(gone.live()).isEmpty();
        assertThat(probe.asked()).isEmpty();
    }

    @Test
    void sysfsThatCannotBeReadForAnotherReasonIsDown() {
        assertThat(check(Disks.scsi(), FixedDevices.refusing(5), CheckerKind.TUR)
                        .observed())
                .isEqualTo(PathState.DOWN);
    }

    @Test
    void sysfsThatThisProcessCouldNotOpenSaysNothing() {
        assertThat(check(Disks.scsi(), FixedDevices.refusing(24), CheckerKind.TUR)
                        .observed())
                .isEqualTo(PathState.PENDING);
    }

    @Test
    void aReadThatWasNotMadeSaysNothing() {
        probe.reads(new Answer.NotAsked<>("no thread was free"));

        assertThat(check(Disks.scsi(), FixedDevices.running(), CheckerKind.DIRECTIO)
                        .observed())
                .isEqualTo(PathState.PENDING);
    }

    @Test
    void nvmeIsJudgedByTheKernelsWordAndGetsNoScsiCommand() {
        var nvme = Disks.nvme("eui.01", Map.of());

        assertThat(check(nvme, FixedDevices.in("live"), CheckerKind.TUR).observed())
                .isEqualTo(PathState.UP);
        assertThat(check(nvme, FixedDevices.in("dead"), CheckerKind.TUR).observed())
                .isEqualTo(PathState.DOWN);
        assertThat(check(nvme, FixedDevices.in("deleting (no IO)"), CheckerKind.TUR)
                        .observed())
                .isEqualTo(PathState.PENDING);
        assertThat(probe.asked()).isEmpty();
    }

    @Test
    void aTimeoutCarriesWhatEndsWhenTheAnswerComes() {
        var late = new CompletableFuture<Answer<ScsiReply>>();
        probe.answers(new Answer.TimedOut<>(late));

        var finding = check(Disks.scsi(), FixedDevices.running(), CheckerKind.TUR);

        assertThat(finding.observed()).isEqualTo(PathState.TIMEOUT);
        assertThat(finding.late().orElseThrow()).isSameAs(late);
        assertThat(probe.asked()).hasSize(1);
    }

    @Test
    void aReadThatTimesOutIsDownAndStillCarriesItsLateAnswer() {
        probe.reads(new Answer.TimedOut<>(new CompletableFuture<>()));

        var finding = check(Disks.scsi(), FixedDevices.running(), CheckerKind.DIRECTIO);

        assertThat(finding.observed()).isEqualTo(PathState.DOWN);
        assertThat(finding.late()).isPresent();
    }
}
