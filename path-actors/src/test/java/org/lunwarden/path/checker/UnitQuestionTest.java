package org.lunwarden.path.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
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

class UnitQuestionTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String SAME_83 = "0083001401030010600a098038302d414b2b4d4453474f62";
    private static final String OTHER_83 = "0083001401030010600a098038302d414b2b4d4453474f63";
    private static final List<Byte> OLD_PAGE = Disks.bytes(SAME_83);
    private static final String SERIAL_ABC = "00800003414243";
    private static final String SERIAL_ABD = "00800003414244";

    private final ScriptedProbe probe = new ScriptedProbe();

    /** What the disk answers to INQUIRY for its page 0x83, what becomes of the path. */
    static Stream<Arguments> answers() {
        return Stream.of(
                arguments(ScriptedProbe.good(SAME_83), PathState.UP),
                arguments(ScriptedProbe.good(OTHER_83), PathState.DOWN),
                arguments(ScriptedProbe.good("00830000"), PathState.PENDING),
                arguments(ScriptedProbe.good(""), PathState.PENDING),
                arguments(ScriptedProbe.sense("72052400"), PathState.PENDING),
                arguments(ScriptedProbe.notAsked(), PathState.PENDING),
                arguments(ScriptedProbe.refused(6), PathState.DOWN));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void aPathThatComesBackMustSayThatItIsTheUnitItWas(Answer<ScsiReply> page83, PathState state) {
        probe.answers(ScriptedProbe.good()).answers(page83);

        var finding = returning(Disks.scsi(), FixedDevices.running());

        assertThat(finding.observed()).isEqualTo(state);
        assertThat(probe.asked()).startsWith(0x00, 0x12);
    }

    @Test
    void anotherUnitIsNamed() {
        probe.answers(ScriptedProbe.good()).answers(ScriptedProbe.good(OTHER_83));

        assertThat(returning(Disks.scsi(), FixedDevices.running()).identity())
                .isEqualTo(new Identity.Another("3600a098038302d414b2b4d4453474f63", true));
    }

    @Test
    void aDiskIsTheUnitThatAnyNameOfItsPageGives() {
        var was = Disks.identified("sdb", List.of(), Disks.bytes("0083000c" + "010300085001020304050607"), Map.of());
        probe.answers(ScriptedProbe.good())
                .answers(ScriptedProbe.good("00830020" + SAME_83.substring(8) + "010300085001020304050607"));

        var finding = returning(was, FixedDevices.running());

        assertThat(finding.observed()).isEqualTo(PathState.UP);
        assertThat(finding.identity()).isEqualTo(new Identity.Confirmed());
    }

    @Test
    void whatTheKernelReadSinceIsNoMeasure() {
        var renumbered = Disks.identified("sdb", List.of(), Disks.bytes(OTHER_83), Map.of());
        probe.answers(ScriptedProbe.good()).answers(ScriptedProbe.good(OTHER_83));

        var finding = returning(renumbered, UnitName.of(Disks.scsi()), FixedDevices.running());

        assertThat(finding.observed()).isEqualTo(PathState.DOWN);
    }

    @Test
    void aDiskThatNamedItselfNowhereIsTakenAtItsWord() {
        var disk = Disks.identified("sdb", List.of(), List.of(), Map.of("ID_SERIAL", "1ATA_disk"));
        probe.answers(ScriptedProbe.good());

        var finding = returning(disk, FixedDevices.running());

        assertThat(finding.observed()).isEqualTo(PathState.UP);
        assertThat(finding.identity()).isEqualTo(new Identity.Confirmed());
        assertThat(probe.asked()).containsExactly(0x00);
    }

    @Test
    void whatADiskAnswersInsteadOfItsNameIsTold() {
        probe.answers(ScriptedProbe.good()).answers(ScriptedProbe.status(8, 0));

        assertThat(returning(Disks.scsi(), FixedDevices.running()).identity())
                .isEqualTo(new Identity.Unproven("INQUIRY: status 8, host 0, driver 0"));
    }

    @Test
    void aPageLongerThanTheFirstQuestionIsAskedForWhole() {
        var page = longPage(16 + 5 * 259 + 20);
        var disk = Disks.identified("sdb", List.of(), page, Map.of());
        probe.answers(ScriptedProbe.good())
                .answers(data(page.subList(0, UnitQuestion.FIRST_ALLOCATION)))
                .answers(data(page));

        var finding = returning(disk, FixedDevices.running());

        assertThat(finding.observed()).isEqualTo(PathState.UP);
        assertThat(probe.asked()).containsExactly(0x00, 0x12, 0x12);
    }

    @Test
    void aPageThatSaysThatItIsLongerThanCanBeAskedForIsAskedForTwice() {
        var page = longPage(0xffff);
        var disk = Disks.identified("sdb", List.of(), page, Map.of());
        probe.answers(ScriptedProbe.good())
                .answers(data(page.subList(0, UnitQuestion.FIRST_ALLOCATION)))
                .answers(data(page));

        assertThat(returning(disk, FixedDevices.running()).observed()).isEqualTo(PathState.UP);
        assertThat(probe.asked()).containsExactly(0x00, 0x12, 0x12);
    }

    /** A T10 name and five of the vendor's own of 255 bytes before the NAA name. */
    private static List<Byte> longPage(int announced) {
        var filler = "010000ff" + "41".repeat(255);
        return Disks.bytes(HexFormat.of()
                        .formatHex(new byte[] {0, (byte) 0x83, (byte) (announced >> 8), (byte) announced})
                + "0201000c" + "4e45544150502020" + "61626364"
                + filler.repeat(5)
                + SAME_83.substring(8));
    }

    private static Answer<ScsiReply> data(List<Byte> page) {
        return new Answer.Answered<>(new ScsiReply(0, 0, 0, List.of(), page));
    }

    @Test
    void aDiskOfAnOldKindIsAskedForItsSerialNumber() {
        var disk = Disks.identified("sdb", Disks.bytes(SERIAL_ABC), List.of(), Map.of());
        probe.answers(ScriptedProbe.good()).answers(ScriptedProbe.good(SERIAL_ABC));
        var other = new ScriptedProbe().answers(ScriptedProbe.good()).answers(ScriptedProbe.good(SERIAL_ABD));

        assertThat(returning(disk, FixedDevices.running()).observed()).isEqualTo(PathState.UP);
        assertThat(new Checker(disk, UnitName.of(disk), Clariion.alone(), other, FixedDevices.running(), Runnable::run)
                        .check(new Checker.Question(CheckerKind.TUR, false, TIMEOUT, Proof.ITS_WORD), () -> {})
                        .toCompletableFuture()
                        .join()
                        .identity())
                .isEqualTo(new Identity.Another("ABD", true));
    }

    @Test
    void aQuestionThatIsNotAnsweredInTimeCarriesItsLateAnswer() {
        var late = new CompletableFuture<Answer<ScsiReply>>();
        probe.answers(ScriptedProbe.good()).answers(new Answer.TimedOut<>(late));

        var finding = returning(Disks.scsi(), FixedDevices.running());

        assertThat(finding.observed()).isEqualTo(PathState.TIMEOUT);
        assertThat(finding.late().orElseThrow()).isSameAs(late);
    }

    /** How a device of before SPC-3 takes an allocation length of two bytes: the first of them was reserved. */
    static Stream<Arguments> oldDevices() {
        return Stream.of(
                arguments("it looks at the second one only", (IntFunction<Answer<ScsiReply>>)
                        length -> data(OLD_PAGE.subList(0, Math.min(length & 0xff, OLD_PAGE.size())))),
                arguments("it checks that the first one is zero", (IntFunction<Answer<ScsiReply>>)
                        length -> length > 0xff ? ScriptedProbe.sense("72052400") : data(OLD_PAGE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oldDevices")
    void aDeviceOfBeforeTheLongAllocationLengthProvesItsUnitItself(String how, IntFunction<Answer<ScsiReply>> inquiry) {
        var finding = returning(
                new InquiredProbe(inquiry),
                Disks.scsi(),
                UnitName.of(Disks.scsi()),
                FixedDevices.running(),
                Proof.ITS_WORD);

        assertThat(finding.observed()).as(how).isEqualTo(PathState.UP);
        assertThat(finding.identity()).isEqualTo(new Identity.Confirmed());
    }

    /** Answers TEST UNIT READY, and INQUIRY by its allocation length. */
    private record InquiredProbe(IntFunction<Answer<ScsiReply>> inquiry) implements DeviceProbe {

        @Override
        public CompletionStage<Answer<ScsiReply>> command(byte[] cdb, int dataIn, Duration deadline) {
            var length = ((cdb[3] & 0xff) << 8) | (cdb[4] & 0xff);
            return CompletableFuture.completedStage(cdb[0] == 0x12 ? inquiry.apply(length) : ScriptedProbe.good());
        }

        @Override
        public CompletionStage<Answer<Integer>> readFirstBlock(Duration deadline) {
            throw new UnsupportedOperationException("these tests check by TEST UNIT READY");
        }

        @Override
        public void close() {}
    }

    private Finding returning(Disk disk, FixedDevices devices) {
        return returning(disk, UnitName.of(disk), devices);
    }

    private Finding returning(Disk disk, Optional<UnitName> unit, FixedDevices devices) {
        return returning(probe, disk, unit, devices, Proof.ITS_WORD_OR_PAGE);
    }

    private static Finding returning(
            DeviceProbe probe, Disk disk, Optional<UnitName> unit, FixedDevices devices, Proof proof) {
        return new Checker(disk, unit, Clariion.alone(), probe, devices, Runnable::run)
                .check(new Checker.Question(CheckerKind.TUR, false, TIMEOUT, proof), () -> {})
                .toCompletableFuture()
                .join();
    }
}
