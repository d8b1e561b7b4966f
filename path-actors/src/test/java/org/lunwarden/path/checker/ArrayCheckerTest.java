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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.io.Disk;
import org.lunwarden.model.PathState;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.path.Disks;
import org.lunwarden.path.FixedDevices;
import org.lunwarden.path.ScriptedProbe;
import org.lunwarden.path.identity.UnitName;

class ArrayCheckerTest {

    private static final Answer<ScsiReply> SERIAL = ScriptedProbe.good("0080000441424344");
    private static final String WWN = "60060160a0b1220021f8c3d5e7a9e011";

    private final InactiveSnapshots snapshots = new InactiveSnapshots();

    /** What the vectors leave open: the checker, the answers in order, the state. */
    static Stream<Arguments> answers() {
        var owned = ArrayPages.good(ArrayPages.clariion(WWN, Map.of()));
        var notReady = ScriptedProbe.sense("72020403");
        return Stream.of(
                arguments(CheckerKind.HP_SW, List.of(SERIAL, ScriptedProbe.sense("72020402")), PathState.GHOST),
                arguments(CheckerKind.HP_SW, List.of(SERIAL, ScriptedProbe.sense("7202040b")), PathState.GHOST),
                arguments(CheckerKind.HP_SW, List.of(SERIAL, notReady), PathState.DOWN),
                arguments(CheckerKind.HP_SW, List.of(SERIAL, ScriptedProbe.status(0, 1)), PathState.DOWN),
                arguments(CheckerKind.HP_SW, List.of(ScriptedProbe.status(0, 1)), PathState.DOWN),
                arguments(CheckerKind.HP_SW, List.of(notReady), PathState.DOWN),
                arguments(CheckerKind.RDAC, List.of(ScriptedProbe.sense("72052400")), PathState.WILD),
                arguments(CheckerKind.RDAC, List.of(ScriptedProbe.sense("72052500")), PathState.DISCONNECTED),
                arguments(CheckerKind.HP_SW, List.of(ScriptedProbe.sense("72052500")), PathState.DISCONNECTED),
                arguments(CheckerKind.RDAC, List.of(ScriptedProbe.refused(5)), PathState.DOWN),
                arguments(CheckerKind.RDAC, List.of(ScriptedProbe.good("00".repeat(48))), PathState.DOWN),
                arguments(CheckerKind.RDAC, List.of(ScriptedProbe.good("")), PathState.DOWN),
                arguments(CheckerKind.EMC_CLARIION, List.of(ScriptedProbe.sense("72052400")), PathState.WILD),
                arguments(CheckerKind.EMC_CLARIION, List.of(ScriptedProbe.sense("72052500")), PathState.DISCONNECTED),
                arguments(CheckerKind.EMC_CLARIION, List.of(notReady), PathState.DOWN),
                arguments(CheckerKind.EMC_CLARIION, List.of(owned, ScriptedProbe.sense("72031100")), PathState.DOWN),
                arguments(CheckerKind.READSECTOR0, List.of(ScriptedProbe.refused(6)), PathState.DOWN),
                arguments(CheckerKind.CCISS_TUR, List.of(ScriptedProbe.good()), PathState.UP),
                arguments(CheckerKind.CCISS_TUR, List.of(ScriptedProbe.sense("7202040b")), PathState.DOWN),
                arguments(CheckerKind.CCISS_TUR, List.of(ScriptedProbe.refused(25)), PathState.DOWN));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anAnswerBecomesAState(CheckerKind kind, List<Answer<ScsiReply>> answers, PathState state) {
        var probe = new ScriptedProbe();
        answers.forEach(probe::answers);

        assertThat(check(kind, probe).observed()).isEqualTo(state);
    }

    /** Access state of this controller and of the other one, the reason it gives, what is said. */
    static Stream<Arguments> rdacReasons() {
        return Stream.of(
                arguments(3, 0, 2, "non-responsive to queries"),
                arguments(3, 0, 3, "ctlr held in reset"),
                arguments(3, 0, 4, "ctlr firmware downloading"),
                arguments(3, 0, 5, "ctlr firmware downloading"),
                arguments(3, 0, 6, "ctlr quiesced by admin request"),
                arguments(3, 0, 7, "ctlr is in service mode"),
                arguments(3, 0, 1, "ctlr is unavailable (reason 1)"),
                arguments(3, 0, 200, "ctlr is unavailable (reason 200)"),
                arguments(15, 0, 3, "ctlr is in startup sequence"));
    }

    @ParameterizedTest
    @MethodSource("rdacReasons")
    void aControllerThatIsAwayGivesItsReason(int state, int other, int reason, String why) {
        var page = ArrayPages.volumeAccess(Map.of(8, 0x11, 10, state, 11, reason, 12, other));

        var finding = check(CheckerKind.RDAC, new ScriptedProbe().answers(ArrayPages.good(page)));

        assertThat(finding.observed()).isEqualTo(PathState.DOWN);
        assertThat(finding.why()).isEqualTo(why);
    }

    @Test
    void aPageThatCannotBeHadIsAnInquiryThatFailed() {
        assertThat(check(CheckerKind.RDAC, new ScriptedProbe().answers(ScriptedProbe.status(0, 1)))
                        .why())
                .startsWith("inquiry failed (INQUIRY page 0xc9: ");
    }

    @Test
    void aSectorIsReadAgainForWhatTheDeviceSaysNotForWhatTheAdapterSays() {
        var adapter = new ScriptedProbe().answers(ScriptedProbe.status(0, 2)).answers(ScriptedProbe.good());
        var device =
                new ScriptedProbe().answers(ScriptedProbe.sense("72062900")).answers(ScriptedProbe.good());

        assertThat(check(CheckerKind.READSECTOR0, adapter).observed()).isEqualTo(PathState.DOWN);
        assertThat(check(CheckerKind.READSECTOR0, device).observed()).isEqualTo(PathState.UP);
        assertThat(adapter.asked()).hasSize(1);
        assertThat(device.asked()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"DIRECTIO", "NONE"})
    void aDeviceOfNoKnownBusIsNotCalledUpUnasked(CheckerKind kind) {
        var probe = new ScriptedProbe();

        var finding = check(kind, probe, FixedDevices.in(""), Disks.ofNoBus());

        assertThat(finding.observed()).isEqualTo(PathState.WILD);
        assertThat(finding.why()).contains(kind.word());
        assertThat(probe.asked()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"READSECTOR0", "RDAC", "EMC_CLARIION", "HP_SW", "CCISS_TUR"})
    void silenceIsATimeoutAndADeviceThatWasNotAskedIsPending(CheckerKind kind) {
        var late = new CompletableFuture<Answer<ScsiReply>>();

        var silent = check(kind, new ScriptedProbe().answers(new Answer.TimedOut<>(late)));
        var unasked = check(kind, new ScriptedProbe().answers(ScriptedProbe.notAsked()));

        assertThat(silent.observed()).isEqualTo(PathState.TIMEOUT);
        assertThat(silent.late().orElseThrow()).isSameAs(late);
        assertThat(unasked.observed()).isEqualTo(PathState.PENDING);
    }

    @Test
    void withoutACheckerTheKernelsWordIsAllThatCounts() {
        var probe = new ScriptedProbe();

        assertThat(check(CheckerKind.NONE, probe).observed()).isEqualTo(PathState.UP);
        assertThat(check(CheckerKind.NONE, probe, FixedDevices.in("offline")).observed())
                .isEqualTo(PathState.DOWN);
        assertThat(probe.asked()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DIRECTIO")
    void aDiskOfAnotherKindGetsNoScsiCommand(CheckerKind kind) {
        var nvme = Disks.nvme("eui.01", Map.of());
        var probe = new ScriptedProbe();

        var finding = new Checker(
                        nvme, UnitName.of(nvme), Clariion.alone(), probe, FixedDevices.in("live"), Runnable::run)
                .check(new Checker.Question(kind, true, Duration.ofSeconds(30), Checker.Proof.NONE), () -> {})
                .toCompletableFuture()
                .join();

        assertThat(finding.observed()).isEqualTo(PathState.UP);
        assertThat(probe.asked()).isEmpty();
    }

    @Test
    void theOwningPathTellsTheOthersOfAnInactiveSnapshotAndOfItsActivation() {
        var owned = ArrayPages.good(ArrayPages.clariion(WWN, Map.of()));
        var bound = new ScriptedProbe().answers(ArrayPages.good(ArrayPages.clariion(WWN, Map.of(4, 1))));
        var inactive = new ScriptedProbe().answers(owned).answers(ScriptedProbe.sense("72052501"));
        var active = new ScriptedProbe().answers(owned).answers(ScriptedProbe.good());

        check(CheckerKind.EMC_CLARIION, inactive);
        var before = check(CheckerKind.EMC_CLARIION, bound);
        check(CheckerKind.EMC_CLARIION, active);
        var after = check(CheckerKind.EMC_CLARIION, bound);

        assertThat(before.observed()).isEqualTo(PathState.DOWN);
        assertThat(after.observed()).isEqualTo(PathState.UP);
    }

    private Finding check(CheckerKind kind, DeviceProbe probe) {
        return check(kind, probe, FixedDevices.running());
    }

    private Finding check(CheckerKind kind, DeviceProbe probe, FixedDevices devices) {
        return check(kind, probe, devices, Disks.scsi());
    }

    private Finding check(CheckerKind kind, DeviceProbe probe, FixedDevices devices, Disk disk) {
        return new Checker(
                        disk,
                        UnitName.of(disk),
                        new ClariionUnit(Clariion.WWID, snapshots),
                        probe,
                        devices,
                        Runnable::run)
                .check(new Checker.Question(kind, false, Duration.ofSeconds(30), Checker.Proof.NONE), () -> {})
                .toCompletableFuture()
                .join();
    }
}
