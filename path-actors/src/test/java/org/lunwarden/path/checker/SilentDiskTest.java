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

import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.io.Disk;
import org.lunwarden.model.PathState;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.path.Disks;
import org.lunwarden.path.FixedDevices;
import org.lunwarden.path.ScriptedProbe;
import org.lunwarden.path.checker.Checker.Proof;
import org.lunwarden.path.identity.UnitName;

/** What becomes of a disk that answers its checks and never says which unit it is. */
class SilentDiskTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String OTHER_83 = "0083001401030010600a098038302d414b2b4d4453474f63";

    private final ScriptedProbe probe = new ScriptedProbe();

    /** What a disk answers that has nothing to say of its unit, ever. */
    static Stream<Answer<ScsiReply>> nothing() {
        return Stream.of(
                ScriptedProbe.sense("72052000"),
                ScriptedProbe.sense("72052400"),
                ScriptedProbe.good(""),
                ScriptedProbe.good("00830000"),
                ScriptedProbe.good("000006121f10"),
                ScriptedProbe.refused(25));
    }

    @ParameterizedTest
    @MethodSource("nothing")
    void whereADiskHasNothingToSayTheKernelsPageSpeaksForItUnlessItsOwnWordIsAskedFor(Answer<ScsiReply> nothing) {
        var devices = FixedDevices.running();
        devices.hasDisk(Disks.scsi());
        probe.answers(ScriptedProbe.good()).answers(nothing);
        var asked = new ScriptedProbe().answers(ScriptedProbe.good()).answers(nothing);

        var vouched = returning(Disks.scsi(), devices);
        var unproven = returning(asked, Disks.scsi(), devices, Proof.ITS_WORD);

        assertThat(vouched.observed()).isEqualTo(PathState.UP);
        assertThat(vouched.identity()).isInstanceOf(Identity.Vouched.class);
        assertThat(unproven.identity()).isInstanceOf(Identity.Unproven.class);
    }

    /** What comes of a question that was not answered, what becomes of the path. */
    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(ScriptedProbe.status(0, 1), PathState.PENDING),
                arguments(ScriptedProbe.status(8, 0), PathState.PENDING),
                arguments(ScriptedProbe.sense("72052500"), PathState.PENDING),
                arguments(ScriptedProbe.notAsked(), PathState.PENDING),
                arguments(ScriptedProbe.refused(6), PathState.DOWN),
                arguments(new Answer.TimedOut<ScsiReply>(new CompletableFuture<>()), PathState.TIMEOUT));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void theKernelsPageSpeaksForNoDiskThatDidNotGetTheQuestion(Answer<ScsiReply> failure, PathState state) {
        var devices = FixedDevices.running();
        devices.hasDisk(Disks.scsi());
        probe.answers(ScriptedProbe.good()).answers(failure);

        assertThat(returning(Disks.scsi(), devices).observed()).isEqualTo(state);
    }

    @Test
    void theKernelsPageIsReadAnewAndMayNameAnother() {
        var devices = FixedDevices.running();
        devices.hasDisk(Disks.identified("sdb", List.of(), Disks.bytes(OTHER_83), Map.of()));
        probe.answers(ScriptedProbe.good()).answers(ScriptedProbe.sense("72052400"));

        var finding = returning(Disks.scsi(), devices);

        assertThat(finding.observed()).isEqualTo(PathState.DOWN);
        assertThat(finding.identity()).isEqualTo(new Identity.Another("3600a098038302d414b2b4d4453474f63", false));
    }

    @Test
    void aPageThatIsCutShortDeniesNothingAndWhatItSaysMustStandInTheKernelsPage() {
        var devices = FixedDevices.running();
        devices.hasDisk(Disks.scsi());
        probe.answers(ScriptedProbe.good()).answers(ScriptedProbe.good("00830020" + OTHER_83.substring(8)));

        assertThat(returning(Disks.scsi(), devices).identity())
                .isEqualTo(new Identity.Unproven("it does not say which unit it is"));
    }

    private Finding returning(Disk disk, FixedDevices devices) {
        return returning(probe, disk, devices, Proof.ITS_WORD_OR_PAGE);
    }

    private static Finding returning(DeviceProbe probe, Disk disk, FixedDevices devices, Proof proof) {
        return new Checker(disk, UnitName.of(disk), Clariion.alone(), probe, devices, Runnable::run)
                .check(new Checker.Question(CheckerKind.TUR, false, TIMEOUT, proof), () -> {})
                .toCompletableFuture()
                .join();
    }
}
