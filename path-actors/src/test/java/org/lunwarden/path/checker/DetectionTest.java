package org.lunwarden.path.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.model.PathState;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.path.Disks;
import org.lunwarden.path.FixedDevices;
import org.lunwarden.path.ScriptedProbe;
import org.lunwarden.path.identity.UnitName;

class DetectionTest {

    private static final String WITH_RDAC = "00000003" + "0083c9";
    private static final String WITHOUT_RDAC = "00000002" + "0083";
    private static final String INQUIRY_WITH_GROUPS = "000006121f10";
    private static final String INQUIRY_WITHOUT_GROUPS = "000006121f00";

    private final ScriptedProbe probe = new ScriptedProbe();
    private final Checker checker = new Checker(
            Disks.scsi(), UnitName.of(Disks.scsi()), Clariion.alone(), probe, FixedDevices.running(), Runnable::run);

    @Test
    void aDiskWithThePageOfRdacIsCheckedByItAndAskedOnce() {
        probe.answers(ScriptedProbe.good(WITH_RDAC))
                .answers(ArrayPages.good(ArrayPages.volumeAccess(Map.of())))
                .answers(ArrayPages.good(ArrayPages.volumeAccess(Map.of())));

        var first = check(CheckerKind.DIRECTIO);
        var second = check(CheckerKind.DIRECTIO);

        assertThat(first.observed()).isEqualTo(PathState.GHOST);
        assertThat(second.observed()).isEqualTo(PathState.GHOST);
        assertThat(first.by()).hasValue(new Finding.Asked(CheckerKind.RDAC, true));
        assertThat(second.by()).isEqualTo(first.by());
        assertThat(probe.asked()).containsExactly(0x12, 0x12, 0x12, 0x12);
    }

    @Test
    void anArrayThatIsKnownToHaveThePageNeedNotListIt() {
        probe.answers(ArrayPages.good(ArrayPages.volumeAccess(Map.of())));

        var found = check(CheckerKind.RDAC);

        assertThat(found.observed()).isEqualTo(PathState.GHOST);
        assertThat(found.by()).hasValue(new Finding.Asked(CheckerKind.RDAC, false));
        assertThat(probe.asked()).containsExactly(0x12, 0x12);
    }

    @Test
    void aUnitThatTheArrayDoesNotHaveTellsNothingOfItsPages() {
        probe.answers(ScriptedProbe.sense("72052500"));

        check(CheckerKind.DIRECTIO);
        check(CheckerKind.DIRECTIO);

        assertThat(probe.asked()).containsExactly(0x12, 0x12);
    }

    @Test
    void anotherVendorsPageOfThatNumberIsNoRdac() {
        probe.answers(ScriptedProbe.good(WITH_RDAC))
                .answers(ArrayPages.good(ArrayPages.volumeAccess(Map.of(4, (int) 'x'))))
                .answers(ScriptedProbe.good());

        assertThat(check(CheckerKind.TUR).observed()).isEqualTo(PathState.UP);
        assertThat(probe.asked()).containsExactly(0x12, 0x12, 0x00);
    }

    @Test
    void aDiskWithTargetPortGroupsIsAskedWhetherItIsReady() {
        probe.answers(ScriptedProbe.good(WITHOUT_RDAC))
                .answers(ScriptedProbe.good(INQUIRY_WITH_GROUPS))
                .answers(ScriptedProbe.good());

        assertThat(check(CheckerKind.DIRECTIO).observed()).isEqualTo(PathState.UP);
        assertThat(probe.asked()).containsExactly(0x12, 0x12, 0x00);
    }

    @Test
    void aDiskThatTellsNothingIsCheckedAsTheSettingsSay() {
        probe.answers(ScriptedProbe.sense("72052400")).answers(ScriptedProbe.good(INQUIRY_WITHOUT_GROUPS));

        assertThat(check(CheckerKind.DIRECTIO).observed()).isEqualTo(PathState.UP);
        assertThat(check(CheckerKind.DIRECTIO).observed()).isEqualTo(PathState.UP);
        assertThat(probe.asked()).containsExactly(0x12, 0x12);
    }

    @Test
    void aDiskThatDidNotGetTheQuestionIsCheckedAsTheSettingsSayAndAskedAgain() {
        probe.answers(ScriptedProbe.status(0, 1));

        assertThat(check(CheckerKind.TUR).observed()).isEqualTo(PathState.DOWN);
        assertThat(check(CheckerKind.TUR).observed()).isEqualTo(PathState.DOWN);
        assertThat(probe.asked()).containsExactly(0x12, 0x00, 0x12, 0x00);
    }

    @Test
    void aDiskThatDoesNotAnswerTheQuestionHasTimedOut() {
        var late = new CompletableFuture<Answer<ScsiReply>>();
        probe.answers(new Answer.TimedOut<>(late));

        var finding = check(CheckerKind.DIRECTIO);

        assertThat(finding.observed()).isEqualTo(PathState.TIMEOUT);
        assertThat(finding.late().orElseThrow()).isSameAs(late);
    }

    private Finding check(CheckerKind configured) {
        return checker.check(
                        new Checker.Question(configured, true, Duration.ofSeconds(30), Checker.Proof.NONE), () -> {})
                .toCompletableFuture()
                .join();
    }
}
