package org.lunwarden.path.prio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.BlockDevices.Live;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.model.PathState;
import org.lunwarden.model.map.HardwareHandler;
import org.lunwarden.model.map.Priority;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.model.settings.Precautions;
import org.lunwarden.model.settings.PrioKind;
import org.lunwarden.path.Disks;
import org.lunwarden.path.ScriptedProbe;

class PrioritizerTest {

    private static final String INQUIRY_WITH_ALUA = "000006121f10";
    private static final String INQUIRY_WITHOUT_ALUA = "000006121f00";
    private static final String GROUPS = "00000018" + "800f000100000001" + "00000001" + "010f000200000001" + "00000002";
    private static final HardwareHandler ALUA = new HardwareHandler("alua", true);
    private static final HardwareHandler IMPLICIT = new HardwareHandler("alua", true, true);
    private static final String PAGES_WITH_C9 = "00000004" + "008083c9";
    private static final Live HANDLED = new Live("running", "active/non-optimized", Optional.of(true));
    private static final Live PLAIN = Disks.live("running");
    private static final PrioReading CONSTANT = new PrioReading.Read(new Priority(1), false);

    private final ScriptedProbe probe = new ScriptedProbe();
    private final Prioritizer prioritizer = new Prioritizer(Disks.scsi(), probe, String::equals);

    private static PathSettings settings(PrioKind prio, boolean detect) {
        return settings(prio, detect, "");
    }

    private static PathSettings settings(PrioKind prio, boolean detect, String args) {
        return new PathSettings(
                CheckerKind.TUR,
                false,
                prio,
                detect,
                args,
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                Precautions.NONE);
    }

    private PrioReading read(PathSettings settings, Live live, boolean answers) {
        return prioritizer
                .read(settings, live, answers, Duration.ofSeconds(30))
                .toCompletableFuture()
                .join();
    }

    @Test
    void theKernelsAccessStateIsPreferredToACommandOfOurOwn() {
        assertThat(read(ALUA, settings(PrioKind.CONST, true), HANDLED, true))
                .isEqualTo(new PrioReading.Read(new Priority(90), true));
        assertThat(read(ALUA, settings(PrioKind.CONST, true), HANDLED, false))
                .as("also of a path that takes no commands")
                .isEqualTo(new PrioReading.Read(new Priority(90), true));
        assertThat(probe.asked()).isEmpty();
    }

    @Test
    void anArrayWithoutTargetPortGroupsHasNoAluaPriorityWhateverItsHandlerFollows() {
        probe.answers(ScriptedProbe.good(INQUIRY_WITHOUT_ALUA));
        var handler = new HardwareHandler("emc", false);

        assertThat(read(handler, settings(PrioKind.CONST, true), HANDLED, true)).isEqualTo(CONSTANT);
        assertThat(probe.asked()).containsExactly(0x12);
    }

    @Test
    void theArrayIsAskedWhereTheHandlerOfRdacFollowsStatesThatNoCommandChanges() {
        probe.answers(ScriptedProbe.good(GROUPS));

        assertThat(read(new HardwareHandler("rdac", true, true), settings(PrioKind.CONST, true), HANDLED, true))
                .isEqualTo(new PrioReading.Read(new Priority(10), true));
        assertThat(read(new HardwareHandler("rdac", true, false), settings(PrioKind.CONST, true), HANDLED, true))
                .as("whose states are changed by commands")
                .isEqualTo(new PrioReading.Read(new Priority(90), true));
        assertThat(probe.asked()).containsExactly(0xa3);
    }

    @Test
    void anArrayThatListsThePageOfRdacIsAskedItselfWhateverItsHandlerIs() {
        probe.answers(ScriptedProbe.good(PAGES_WITH_C9)).answers(ScriptedProbe.good(GROUPS));
        var rdac = new Prioritizer(Disks.handled(IMPLICIT), probe, String::equals);

        assertThat(read(rdac, HANDLED)).isEqualTo(new PrioReading.Read(new Priority(10), true));
        assertThat(read(rdac, HANDLED)).isEqualTo(new PrioReading.Read(new Priority(10), true));
        assertThat(probe.asked()).containsExactly(0x12, 0xa3, 0xa3);
    }

    @Test
    void theKernelsWordIsTakenWhereNoPageOfRdacIsListedAndAskedForAgainUntilThatIsKnown() {
        probe.answers(ScriptedProbe.status(0, 1))
                .answers(new Answer.NotAsked<>("no thread"))
                .answers(ScriptedProbe.sense("72052400"));
        var other = new Prioritizer(Disks.handled(IMPLICIT), probe, String::equals);

        assertThat(read(other, HANDLED)).isInstanceOf(PrioReading.Failed.class);
        assertThat(read(other, HANDLED)).isEqualTo(new PrioReading.Skipped());
        assertThat(read(other, HANDLED)).isEqualTo(new PrioReading.Read(new Priority(90), true));
        assertThat(read(other, HANDLED)).isEqualTo(new PrioReading.Read(new Priority(90), true));
        assertThat(probe.asked()).containsExactly(0x12, 0x12, 0x12);
    }

    private static PrioReading read(Prioritizer prioritizer, Live live) {
        return prioritizer
                .read(settings(PrioKind.CONST, true), live, true, Duration.ofSeconds(30))
                .toCompletableFuture()
                .join();
    }

    @Test
    void theKernelsWordAloneSaysWhichOneIsInForceOrThatTheDiskMustBeAsked() {
        var detecting = settings(PrioKind.CONST, true);

        assertThat(Prioritizer.known(Disks.handled(ALUA), detecting)).hasValue(PrioKind.ALUA);
        assertThat(Prioritizer.known(Disks.handled(ALUA), settings(PrioKind.CONST, false)))
                .hasValue(PrioKind.CONST);
        assertThat(Prioritizer.known(Disks.scsi(), detecting)).isEmpty();
        assertThat(Prioritizer.known(Disks.nvme("eui.01", Map.of()), detecting)).isEmpty();
    }

    @Test
    void whatIsDetectedHasNoArguments() {
        var live = new Live("running", "active/optimized", Optional.of(true));

        assertThat(read(ALUA, settings(PrioKind.SYSFS, true, "exclusive_pref_bit"), live, true))
                .isEqualTo(new PrioReading.Read(new Priority(50), true));
        assertThat(read(ALUA, settings(PrioKind.SYSFS, false, "exclusive_pref_bit"), live, true))
                .isEqualTo(new PrioReading.Read(new Priority(130), true));
    }

    private PrioReading read(HardwareHandler handler, PathSettings settings, Live live, boolean answers) {
        return new Prioritizer(Disks.handled(handler), probe, String::equals)
                .read(settings, live, answers, Duration.ofSeconds(30))
                .toCompletableFuture()
                .join();
    }

    @Test
    void untilTheDeviceHasToldWhatItHasNoPrioritizerIsTheOne() {
        assertThat(prioritizer.kind(settings(PrioKind.CONST, true), PLAIN)).isEmpty();
        assertThat(prioritizer.kind(settings(PrioKind.CONST, false), PLAIN)).hasValue(PrioKind.CONST);
    }

    @Test
    void aluaIsFoundByInquiryOnceAndThenAskedEveryTime() {
        probe.answers(ScriptedProbe.good(INQUIRY_WITH_ALUA)).answers(ScriptedProbe.good(GROUPS));

        var first = read(settings(PrioKind.CONST, true), PLAIN, true);
        var second = read(settings(PrioKind.CONST, true), PLAIN, true);

        assertThat(first).isEqualTo(new PrioReading.Read(new Priority(10), true));
        assertThat(second).isEqualTo(first);
        assertThat(prioritizer.kind(settings(PrioKind.CONST, true), PLAIN)).hasValue(PrioKind.ALUA);
        assertThat(probe.asked()).containsExactly(0x12, 0xa3, 0xa3);
    }

    @Test
    void whatADeviceToldOfItselfIsNotAskedAgainWhenOnlyItsSizeChanges() {
        probe.answers(ScriptedProbe.good(INQUIRY_WITH_ALUA))
                .answers(ScriptedProbe.good(GROUPS))
                .answers(ScriptedProbe.good(GROUPS))
                .answers(ScriptedProbe.good(INQUIRY_WITHOUT_ALUA));
        var settings = settings(PrioKind.CONST, true);
        assertThat(read(settings, PLAIN, true)).isEqualTo(new PrioReading.Read(new Priority(10), true));

        var larger = prioritizer.with(Disks.sized(4096));
        assertThat(read(larger, settings)).isEqualTo(new PrioReading.Read(new Priority(10), true));
        var another = larger.with(Disks.handled(new HardwareHandler("emc", false)));
        assertThat(read(another, settings)).isEqualTo(CONSTANT);

        assertThat(probe.asked()).containsExactly(0x12, 0xa3, 0xa3, 0x12);
    }

    @Test
    void aCommandThatHangsIsNotJoinedByAnotherThoughTheDiskIsDescribedAnew() {
        probe.answers(new Answer.TimedOut<>(new CompletableFuture<>()));
        var settings = settings(PrioKind.CONST, true);
        assertThat(read(settings, PLAIN, true)).isInstanceOf(PrioReading.Failed.class);

        var anew = prioritizer.with(Disks.handled(new HardwareHandler("emc", false)));

        assertThat(read(anew, settings)).isInstanceOf(PrioReading.Failed.class);
        assertThat(probe.asked()).containsExactly(0x12);
    }

    private static PrioReading read(Prioritizer prioritizer, PathSettings settings) {
        return prioritizer
                .read(settings, PLAIN, true, Duration.ofSeconds(30))
                .toCompletableFuture()
                .join();
    }

    @Test
    void aDeviceWithoutAluaIsAskedOnlyOnce() {
        probe.answers(ScriptedProbe.good(INQUIRY_WITHOUT_ALUA));

        assertThat(read(settings(PrioKind.CONST, true), PLAIN, true)).isEqualTo(CONSTANT);
        assertThat(read(settings(PrioKind.ALUA, false), PLAIN, true)).isEqualTo(CONSTANT);
        assertThat(probe.asked()).containsExactly(0x12);
    }

    @Test
    void aDeviceThatNamesNoTargetPortGroupIsNotAsked() {
        var bare = new Prioritizer(Disks.identified("sdb", List.of(), List.of(), Map.of()), probe, String::equals);

        assertThat(bare.read(settings(PrioKind.ALUA, true), PLAIN, true, Duration.ofSeconds(30)))
                .isCompletedWithValue(CONSTANT);
        assertThat(probe.asked()).isEmpty();
    }

    @Test
    void aPathThatTakesNoCommandsIsNotAsked() {
        assertThat(read(settings(PrioKind.ALUA, true), PLAIN, false)).isEqualTo(new PrioReading.Skipped());
        assertThat(probe.asked()).isEmpty();
    }

    @Test
    void aRefusedInquiryIsTriedAgainNextTime() {
        probe.answers(ScriptedProbe.refused(6))
                .answers(ScriptedProbe.good(INQUIRY_WITH_ALUA))
                .answers(ScriptedProbe.good(GROUPS));

        assertThat(read(settings(PrioKind.CONST, true), PLAIN, true)).isInstanceOf(PrioReading.Failed.class);
        assertThat(read(settings(PrioKind.CONST, true), PLAIN, true)).isInstanceOf(PrioReading.Read.class);
    }

    @Test
    void anAnswerTooLongForTheFirstAllocationIsAskedForInFull() {
        var cut = "00000218" + "800f000100000001" + "00000001";
        probe.answers(ScriptedProbe.good(INQUIRY_WITH_ALUA))
                .answers(ScriptedProbe.good(cut))
                .answers(ScriptedProbe.good(GROUPS));

        assertThat(read(settings(PrioKind.CONST, true), PLAIN, true))
                .isEqualTo(new PrioReading.Read(new Priority(10), true));
        assertThat(probe.asked()).containsExactly(0x12, 0xa3, 0xa3);
    }

    @Test
    void anArrayThatAlwaysAnnouncesMoreIsNotAskedForEver() {
        probe.answers(ScriptedProbe.good(INQUIRY_WITH_ALUA))
                .answers(ScriptedProbe.good("ffffffff" + "800f000100000001" + "00000001"));

        assertThat(read(settings(PrioKind.CONST, true), PLAIN, true)).isInstanceOf(PrioReading.Failed.class);
        assertThat(probe.asked()).containsExactly(0x12, 0xa3, 0xa3);
    }

    @Test
    void aCommandThatHangsIsNotJoinedByASecondOne() {
        var late = new CompletableFuture<Answer<ScsiReply>>();
        probe.answers(ScriptedProbe.good(INQUIRY_WITH_ALUA))
                .answers(new Answer.TimedOut<>(late))
                .answers(ScriptedProbe.good(GROUPS));

        var hanging = read(settings(PrioKind.CONST, true), PLAIN, true);
        var held = read(settings(PrioKind.CONST, true), PLAIN, true);
        late.complete(ScriptedProbe.good(GROUPS));
        var after = read(settings(PrioKind.CONST, true), PLAIN, true);

        assertThat(hanging).isInstanceOf(PrioReading.Failed.class);
        assertThat(held).isInstanceOf(PrioReading.Failed.class);
        assertThat(after).isEqualTo(new PrioReading.Read(new Priority(10), true));
        assertThat(probe.asked()).containsExactly(0x12, 0xa3, 0xa3);
    }

    @Test
    void anUnknownAccessStateIsNoPriority() {
        var live = new Live("running", "mystery", Optional.empty());

        var reading = read(settings(PrioKind.SYSFS, false), live, true);

        assertThat(reading.after(new Priority(50), PathState.UP)).isEqualTo(Priority.UNDEFINED);
        assertThat(reading.after(new Priority(50), PathState.DOWN)).isEqualTo(new Priority(50));
    }
}
