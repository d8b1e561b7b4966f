package org.lunwarden.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.lunwarden.model.DevT;
import org.lunwarden.model.PathState;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.MapSettings;
import org.lunwarden.model.settings.NoPathRetry;

/** Paths that the kernel has failed: their LUN may have been given to another unit. Time is moved by hand. */
class KernelFailedPathsTest extends MapByHand {

    private static final String NAME = Reports.WWID.value();
    private static final String THREE_PATHS = "0 0 1 1 service-time 0 3 1 8:16 1 8:32 1 8:48 1";
    private static final DevT FIRST = Reports.device(1);
    private static final MapSettings ROUND_ROBIN = Settings.of(
            GroupingPolicy.MULTIBUS,
            new Failback.Manual(),
            new NoPathRetry.Fail(),
            "round-robin",
            List.of(),
            List.of());

    @Test
    void suchAPathIsToldAndAskedForItsProofAgainWhenItHasNotHeardForAPoll() {
        threePaths();
        kernel.ioFails(NAME, FIRST);
        assertThat(lookAgain()).containsExactly(FIRST);
        passes(Duration.ofMillis(4_999));
        assertThat(life.proofsWanted(now)).isEmpty();

        passes(Duration.ofMillis(1));

        assertThat(life.proofsWanted(now)).containsExactly(FIRST);
        assertThat(kernel.failed(NAME)).as("nobody has proven it").containsExactly(FIRST);
        provesItself();
        assertThat(kernel.failed(NAME)).isEmpty();
    }

    @Test
    void aReportThatIsOlderThanTheQuestionIsNoProof() {
        threePaths();
        kernel.ioFails(NAME, FIRST);
        lookAgain();

        is(Reports.path(1, PathState.UP, 50));
        assertThat(kernel.failed(NAME)).containsExactly(FIRST);
        provesItself();

        assertThat(kernel.failed(NAME)).isEmpty();
    }

    @Test
    void oneThatPassesItsCheckButFailsIoIsReinstatedAtOnceOnlyTheFirstTimeAndProvesItselfAfterItsRest() {
        threePaths();
        failsIoAndProvesItself();
        assertThat(kernel.failed(NAME)).isEmpty();

        failsIoAndProvesItself();
        assertThat(kernel.failed(NAME)).containsExactly(FIRST);
        passes(Duration.ofMillis(9_999));
        assertThat(life.proofsWanted(now)).isEmpty();
        passes(Duration.ofMillis(1));
        assertThat(kernel.failed(NAME)).as("its proof is ten seconds old").isNotEmpty();
        assertThat(life.proofsWanted(now)).containsExactly(FIRST);
        provesItself();
        assertThat(kernel.failed(NAME)).isEmpty();

        failsIoAndProvesItself();
        passes(Duration.ofMillis(19_999));
        assertThat(life.proofsWanted(now)).isEmpty();
        passes(Duration.ofMillis(1));
        assertThat(life.proofsWanted(now)).containsExactly(FIRST);
        is(Reports.path(1, PathState.PENDING, 50));
        passes(Duration.ofMinutes(5));
        assertThat(life.proofsWanted(now)).as("its check is under way").isEmpty();
        is(Reports.path(1, PathState.UP, 50));
        assertThat(kernel.failed(NAME)).isEmpty();
    }

    @Test
    void twoThatFailIoAndPassTheirChecksCostEverFewerReloads() {
        threePaths();
        for (var hour = 0; hour < 12; hour++) {
            kernel.calls.clear();
            for (var halfMinute = 0; halfMinute < 120; halfMinute++) {
                kernel.ioFails(NAME, Reports.device(1 + halfMinute % 2));
                lookAgain();
                proves();
                passes(Duration.ofSeconds(30));
                proves();
            }
        }

        assertThat(kernel.acts()).hasSizeLessThanOrEqualTo(4);
        assertThat(kernel.uses(NAME, Reports.device(3))).isTrue();
    }

    @Test
    void oneThatRestsForLongIsAskedAtOnceWhenTheMapHasNoOther() {
        threePaths();
        for (var times = 0; times < 8; times++) {
            failsIoAndProvesItself();
            for (var minutes = 0; !kernel.failed(NAME).isEmpty() && minutes < 60; minutes++) {
                passes(Duration.ofMinutes(1));
                proves();
            }
        }
        failsIoAndProvesItself();
        passes(Duration.ofMinutes(5));
        assertThat(kernel.failed(NAME)).containsExactly(FIRST);

        is(Reports.path(2, PathState.DOWN, 50), Reports.path(3, PathState.DOWN, 50));
        proves();

        assertThat(kernel.uses(NAME, FIRST)).isTrue();
    }

    @Test
    void theOnlyPathThatFailsIoIsTriedAgainEachPoll() {
        is(Reports.path(1, PathState.UP, 50));
        for (var times = 0; times < 8; times++) {
            failsIoAndProvesItself();
            passes(Duration.ofSeconds(5));
            proves();

            assertThat(kernel.failed(NAME)).as("after %d failures", times + 1).isEmpty();
        }
    }

    @Test
    void theEndOfARestIsATimeToWakeAt() {
        threePaths();
        failsIoAndProvesItself();
        failsIoAndProvesItself();

        passes(Settling.PATIENCE);

        assertThat(life.wakeAt(now)).contains(now.minus(Settling.PATIENCE).plusSeconds(10));
    }

    @Test
    void aProofThatCouldNotBeUsedForAPollIsAskedForAgain() {
        threePaths();
        kernel.refuse("message reinstate_path", 22);
        failsIoAndProvesItself();
        passes(Duration.ofSeconds(1));
        passes(Duration.ofSeconds(2));
        kernel.accept("message reinstate_path");
        assertThat(life.proofsWanted(now)).as("nothing can be told yet").isEmpty();

        passes(Duration.ofSeconds(4));

        assertThat(kernel.failed(NAME)).containsExactly(FIRST);
        assertThat(life.proofsWanted(now)).containsExactly(FIRST);
        provesItself();
        assertThat(kernel.failed(NAME)).isEmpty();
    }

    @Test
    void oneWhoseCheckFailsLikeItsIoIsReinstatedAtOnceHoweverOftenItReturns() {
        threePaths();
        for (var times = 0; times < 4; times++) {
            kernel.ioFails(NAME, FIRST);
            lookAgain();
            is(Reports.path(1, PathState.DOWN, 50));
            passes(Duration.ofSeconds(1));

            is(Reports.path(1, PathState.UP, 50));

            assertThat(kernel.failed(NAME)).as("after %d failures", times + 1).isEmpty();
        }
    }

    @Test
    void oneThatWasFailedBeforeTheMapWasLookedAtIsToldAndNotReinstatedBeforeItsNextCheck() {
        kernelHasThreePathsAndFailedOne();
        life.pathIs(Reports.path(1, PathState.UP, 50), now);
        life.pathIs(Reports.path(2, PathState.UP, 50), now);
        life.pathIs(Reports.path(3, PathState.UP, 50), now);

        assertThat(lookAgain()).containsExactly(FIRST);
        assertThat(kernel.failed(NAME)).containsExactly(FIRST);
        provesItself();

        assertThat(kernel.failed(NAME)).isEmpty();
    }

    @Test
    void oneThatIsHeardOfAfterTheMapWasLookedAtIsAskedSinceItsReportMayBeOld() {
        kernelHasThreePathsAndFailedOne();
        lookAgain();

        is(Reports.path(1, PathState.UP, 50));

        assertThat(kernel.failed(NAME)).containsExactly(FIRST);
        assertThat(life.proofsWanted(now)).containsExactly(FIRST);
        provesItself();
        assertThat(kernel.failed(NAME)).isEmpty();
    }

    @Test
    void oneIsInNoTableThatIsLoadedBeforeItsCheckHasEndedAndComesInThen() {
        threePaths();
        kernel.ioFails(NAME, FIRST);
        lookAgain();
        is(Reports.path(1, PathState.PENDING, 50));

        life.pathGone(Reports.device(2));
        settle();
        assertThat(kernel.tableText(NAME)).contains("8:48").doesNotContain("8:16", "8:32");
        is(Reports.path(1, PathState.UP, 50));

        assertThat(kernel.tableText(NAME)).contains("8:16", "8:48");
        assertThat(kernel.failed(NAME)).isEmpty();
    }

    @Test
    void oneIsInNoTableThatIsLoadedBeforeItHasHeardOfItsFailure() {
        threePaths();
        kernel.ioFails(NAME, FIRST);
        lookAgain();

        life.pathGone(Reports.device(2));
        settle();

        assertThat(kernel.tableText(NAME)).contains("8:48").doesNotContain("8:16");
    }

    @Test
    void oneIsInNoTableThatIsLoadedBeforeTheKernelsEventIsHeard() {
        threePaths();
        kernel.ioFails(NAME, FIRST);

        life.pathGone(Reports.device(2));
        assertThat(settle()).containsExactly(FIRST);

        assertThat(kernel.tableText(NAME)).contains("8:48").doesNotContain("8:16");
    }

    @Test
    void oneThatRestsIsInNoTableThatIsLoadedAndComesInAfterItsRest() {
        threePaths();
        failsIoAndProvesItself();
        failsIoAndProvesItself();

        life.pathGone(Reports.device(2));
        settle();
        assertThat(kernel.tableText(NAME)).contains("8:48").doesNotContain("8:16");
        passes(Duration.ofSeconds(10));
        assertThat(life.proofsWanted(now)).containsExactly(FIRST);
        provesItself();

        assertThat(kernel.tableText(NAME)).contains("8:16", "8:48");
    }

    @Test
    void oneFoundAtStartIsInNoTableThatIsLoadedForOtherSettingsBeforeItsFirstCheck() {
        kernelHasThreePathsAndFailedOne();
        lookAgain();
        announced();
        life.settingsAre(ROUND_ROBIN, now);
        is(Reports.path(2, PathState.UP, 50), Reports.path(3, PathState.UP, 50));
        passes(Settling.PATIENCE);
        assertThat(kernel.tableText(NAME))
                .contains("round-robin", "8:32", "8:48")
                .doesNotContain("8:16");

        is(Reports.path(1, PathState.UP, 50));

        assertThat(kernel.tableText(NAME)).contains("8:16", "8:32", "8:48");
    }

    @Test
    void oneFoundAtStartIsNoReasonToLoad() {
        kernelHasThreePathsAndFailedOne();
        lookAgain();
        announced();
        is(Reports.path(2, PathState.UP, 50), Reports.path(3, PathState.UP, 50));
        passes(Duration.ofMinutes(5));
        assertThat(kernel.acts()).isEmpty();

        is(Reports.path(1, PathState.UP, 50));

        assertThat(kernel.acts()).containsExactly("message reinstate_path 8:16");
    }

    @Test
    void aTableThatWasLeftBehindIsReplacedAlsoWhenThatTakesTwoLoads() {
        kernelHasThreePathsAndFailedOne();
        kernel.leftAnInactiveTable(NAME);
        lookAgain();
        announced();
        is(Reports.path(2, PathState.UP, 50), Reports.path(3, PathState.UP, 50));
        passes(Settling.PATIENCE);

        is(Reports.path(1, PathState.UP, 50));

        assertThat(kernel.tableText(NAME)).contains("8:16", "8:32", "8:48");
        assertThat(kernel.failed(NAME)).isEmpty();
        kernel.calls.clear();
        passes(Duration.ofMinutes(5));
        assertThat(kernel.acts()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = PathState.class,
            names = {"DOWN", "TIMEOUT"})
    void oneThatACheckFoundDownAfterwardsStaysInATableThatIsLoadedAsInTheReference(PathState state) {
        threePaths();
        kernel.ioFails(NAME, FIRST);
        lookAgain();
        is(Reports.path(1, state, 50));

        life.pathGone(Reports.device(2));
        settle();

        assertThat(kernel.tableText(NAME)).contains("8:16", "8:48");
        assertThat(kernel.failed(NAME)).containsExactly(FIRST);
    }

    @Test
    void oneThatIsDownOnlyByAnOperatorsWordIsLeftOutUntilItHasProvenItself() {
        threePaths();
        kernel.ioFails(NAME, FIRST);
        lookAgain();
        is(Reports.adminFailed(Reports.path(1, PathState.DOWN, 50)));

        life.pathGone(Reports.device(2));
        settle();
        assertThat(kernel.tableText(NAME)).doesNotContain("8:16");
        is(Reports.path(1, PathState.UP, 50));

        assertThat(kernel.tableText(NAME)).contains("8:16", "8:48");
    }

    private void announced() {
        is(
                Reports.path(1, PathState.UNCHECKED, 50),
                Reports.path(2, PathState.UNCHECKED, 50),
                Reports.path(3, PathState.UNCHECKED, 50));
    }

    private void threePaths() {
        is(Reports.path(1, PathState.UP, 50), Reports.path(2, PathState.UP, 50), Reports.path(3, PathState.UP, 50));
    }

    private void kernelHasThreePathsAndFailedOne() {
        settle();
        kernel.has(NAME, "mpath-" + NAME, Reports.SECTORS, THREE_PATHS);
        kernel.ioFails(NAME, FIRST);
    }

    private void failsIoAndProvesItself() {
        kernel.ioFails(NAME, FIRST);
        lookAgain();
        provesItself();
    }

    /** Every path that is asked for its proof gives it. */
    private void proves() {
        for (var path : life.proofsWanted(now)) {
            var number = path.minor() / 16;
            is(Reports.path(number, PathState.PENDING, 50));
            is(Reports.path(number, PathState.UP, 50));
        }
    }

    private void provesItself() {
        is(Reports.path(1, PathState.PENDING, 50));
        is(Reports.path(1, PathState.UP, 50));
    }
}
