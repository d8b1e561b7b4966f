package org.lunwarden.path.prio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.NvmeReply;
import org.lunwarden.model.PathState;
import org.lunwarden.model.map.Priority;
import org.lunwarden.model.nvme.AdminCommand;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.model.settings.Precautions;
import org.lunwarden.model.settings.PrioKind;
import org.lunwarden.path.Disks;
import org.lunwarden.path.ScriptedProbe;

/** The prioritizer {@code ana}, and when it is detected. */
class AnaPriorityTest {

    private static final Duration AMPLE = Duration.ofSeconds(30);
    private static final Priority OLD = new Priority(7);
    private static final PrioReading CONSTANT = new PrioReading.Read(new Priority(1), false);

    private final ScriptedProbe probe = new ScriptedProbe();
    private final Prioritizer prioritizer = new Prioritizer(Disks.nvme("uuid.1", Map.of()), probe, String::equals);

    @ParameterizedTest
    @CsvSource({"01, 50", "02, 10", "03, 1", "04, 0", "0f, 1"})
    void theStateOfTheNamespacesGroupIsThePriority(String state, int priority) {
        probe.answersAdmin(controller(8)).answersAdmin(namespace(2)).answersAdmin(log("01", state));

        assertThat(read(PrioKind.CONST, true)).isEqualTo(new PrioReading.Read(new Priority(priority), false));
        assertThat(probe.askedAdmin())
                .containsExactly(
                        AdminCommand.identifyController(), AdminCommand.identifyNamespace(1), AdminCommand.anaLog(80));
    }

    @Test
    void aLogThatIsCutOffBehindTheNamespacesGroupTellsItsState() {
        var cut = good("00".repeat(8) + "0200" + "00".repeat(6) + group("01", "02"));
        probe.answersAdmin(controller(8))
                .answersAdmin(namespace(1))
                .answersAdmin(cut)
                .answersAdmin(namespace(2))
                .answersAdmin(cut);

        assertThat(read(PrioKind.CONST, true)).isEqualTo(new PrioReading.Read(new Priority(10), false));
        assertThat(read(PrioKind.CONST, true))
                .isEqualTo(new PrioReading.Failed("ANA log: it is cut off before group 2"));
    }

    @Test
    void aControllerIsAskedOnceWhetherItReportsStates() {
        probe.answersAdmin(controller(0));

        assertThat(read(PrioKind.CONST, true)).isEqualTo(CONSTANT);
        assertThat(read(PrioKind.CONST, true)).isEqualTo(CONSTANT);
        assertThat(probe.askedAdmin()).hasSize(1);
        assertThat(read(PrioKind.ANA, false).after(OLD, PathState.UP)).isEqualTo(Priority.UNDEFINED);
    }

    @Test
    void aControllerThatDoesNotAnswerIsAskedAgainNextTime() {
        probe.answersAdmin(new Answer.TimedOut<>(CompletableFuture.completedFuture(controller(8))))
                .answersAdmin(controller(8))
                .answersAdmin(namespace(1))
                .answersAdmin(log("02", "01"));

        assertThat(read(PrioKind.CONST, true).after(OLD, PathState.UP)).isEqualTo(Priority.UNDEFINED);
        assertThat(read(PrioKind.CONST, true)).isEqualTo(new PrioReading.Read(new Priority(10), false));
    }

    @Test
    void aReadingThatFailsWhileTheKernelHoldsThePathBackKeepsThePriority() {
        probe.answersAdmin(new Answer.Answered<>(new NvmeReply(0x370, List.of())));

        var reading = read(PrioKind.ANA, false);

        assertThat(reading.after(OLD, PathState.DOWN)).isEqualTo(OLD);
        assertThat(reading.after(OLD, PathState.UP)).isEqualTo(Priority.UNDEFINED);
    }

    @Test
    void aControllerThatWasNotAskedOrTakesNoCommandsKeepsThePriority() {
        probe.answersAdmin(new Answer.NotAsked<>("no thread was free"));

        assertThat(read(PrioKind.CONST, true)).isEqualTo(new PrioReading.Skipped());
        assertThat(read(PrioKind.ANA, false)).isEqualTo(new PrioReading.Skipped());
        var asked = probe.askedAdmin();
        assertThat(prioritizer.read(settings(PrioKind.ANA, true), Disks.live("dead"), false, AMPLE))
                .isCompletedWithValue(new PrioReading.Skipped());
        assertThat(probe.askedAdmin()).isEqualTo(asked);
    }

    @Test
    void aScsiDiskHasNoAsymmetricNamespaceAccess() {
        probe.answersAdmin(new Answer.Refused<>(25, "NVMe admin command", "Inappropriate ioctl for device"));

        assertThat(new Prioritizer(Disks.scsi(), probe, String::equals)
                        .read(settings(PrioKind.ANA, false), Disks.live("running"), true, AMPLE)
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(PrioReading.Failed.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {8, 20261121})
    void whateverAControllerAnswersIsAPriorityOrAFailure(long seed) {
        var random = new Random(seed);
        for (var round = 0; round < 2_000; round++) {
            var hostile = new ScriptedProbe();
            for (var answer = 0; answer < 3; answer++) {
                var data = new byte[random.nextInt(400)];
                random.nextBytes(data);
                hostile.answersAdmin(good(HexFormat.of().formatHex(data)));
            }

            var reading = new Prioritizer(Disks.nvme("uuid.1", Map.of()), hostile, String::equals)
                    .read(settings(PrioKind.ANA, false), Disks.live("live"), true, AMPLE)
                    .toCompletableFuture()
                    .join();

            assertThat(reading.after(OLD, PathState.UP).value()).isBetween(-1, 50);
        }
    }

    private PrioReading read(PrioKind prio, boolean detect) {
        return prioritizer
                .read(settings(prio, detect), Disks.live("live"), true, AMPLE)
                .toCompletableFuture()
                .join();
    }

    private static PathSettings settings(PrioKind prio, boolean detect) {
        return new PathSettings(CheckerKind.NONE, true, prio, detect, "", AMPLE, AMPLE, AMPLE, Precautions.NONE);
    }

    /** Of two groups. */
    private static Answer<NvmeReply> controller(int cmic) {
        return good("00".repeat(76) + "%02x".formatted(cmic) + "00".repeat(271) + "02000000" + "00".repeat(64));
    }

    private static Answer<NvmeReply> namespace(int group) {
        return good("00".repeat(92) + "%02x000000".formatted(group) + "00".repeat(64));
    }

    /** The states of the groups 1 and 2. */
    private static Answer<NvmeReply> log(String first, String second) {
        return good("00".repeat(8) + "0200" + "00".repeat(6) + group("01", first) + group("02", second));
    }

    private static String group(String number, String state) {
        return number + "000000" + "00".repeat(12) + state + "00".repeat(15);
    }

    private static Answer<NvmeReply> good(String data) {
        return new Answer.Answered<>(new NvmeReply(0, Disks.bytes(data)));
    }
}
