package org.lunwarden.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.lunwarden.io.DeviceMapper.UdevFlags;
import org.lunwarden.map.group.Grouping;
import org.lunwarden.map.plan.MapAction;
import org.lunwarden.model.DevT;
import org.lunwarden.model.PathState;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.MapSettings;
import org.lunwarden.model.settings.NoPathRetry;

/** The life over a kernel double, with time moved by hand. */
class MapLifeTest {

    private static final long SEED = 20261121;
    private static final String NAME = Reports.WWID.value();
    private static final String UUID = "mpath-" + NAME;
    private static final String TWO_GROUPS = "0 1 alua 2 1 service-time 0 1 1 8:16 1 service-time 0 1 1 8:32 1";

    private final KernelDouble kernel = new KernelDouble();
    private Duration now = Duration.ofHours(1);
    private MapLife life = new MapLife(Reports.WWID, Settings.of(GroupingPolicy.GROUP_BY_PRIO));

    @BeforeEach
    void nothingIsThere() {
        settle();
    }

    @Test
    void aMapIsMadeWhenEveryAnnouncedPathHasSpoken() {
        is(Reports.path(1, PathState.UNCHECKED, -1), Reports.path(2, PathState.UNCHECKED, -1));
        is(Reports.path(1, PathState.UP, 50));
        assertThat(kernel.acts()).isEmpty();

        is(Reports.path(2, PathState.UP, 10));

        assertThat(kernel.acts())
                .containsExactly("create " + NAME + " 0 0 2 1 service-time 0 1 1 8:16 1 service-time 0 1 1 8:32 1");
    }

    @Test
    void aPathThatDoesNotSpeakIsWaitedForTwoSeconds() {
        is(Reports.path(1, PathState.UNCHECKED, -1), Reports.path(2, PathState.UNCHECKED, -1));
        is(Reports.path(1, PathState.UP, 50));
        passes(Duration.ofMillis(1_999));
        assertThat(kernel.exists(NAME)).isFalse();

        passes(Duration.ofMillis(1));

        assertThat(kernel.tableText(NAME)).isEqualTo("0 0 1 1 service-time 0 1 2 8:16 1 1");
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "5, 5", "60, 10"})
    void whereTheFirstPathTookLongTheOthersHaveAsLongAgain(long took, long patience) {
        is(Reports.path(1, PathState.UNCHECKED, -1), Reports.path(2, PathState.UNCHECKED, -1));
        passes(Duration.ofSeconds(took));
        is(Reports.path(1, PathState.UP, 50));
        passes(Duration.ofSeconds(patience).minusMillis(1));
        assertThat(kernel.exists(NAME)).isFalse();

        passes(Duration.ofMillis(1));

        assertThat(kernel.exists(NAME)).isTrue();
    }

    @Test
    void aMapThatTheKernelHasWaitsTwoSecondsHoweverLongAPathTook() {
        twoPaths();
        kernel.has(NAME, UUID, Reports.SECTORS, TWO_GROUPS);
        lookAgain();
        is(Reports.path(3, PathState.UNCHECKED, -1), Reports.path(4, PathState.UNCHECKED, -1));
        passes(Duration.ofSeconds(8));
        is(Reports.path(3, PathState.UP, 50));

        passes(Settling.PATIENCE);

        assertThat(kernel.tableText(NAME)).contains("8:48");
    }

    @Test
    void aDiskThatIsOfflineIsLeftOutUntilItIsWell() {
        is(Reports.offline(Reports.path(1, PathState.DOWN, -1)), Reports.path(2, PathState.UP, 50));
        assertThat(kernel.tableText(NAME)).isEqualTo("0 0 1 1 service-time 0 1 2 8:32 1 1");

        is(Reports.path(1, PathState.UP, 50));

        assertThat(kernel.tableText(NAME)).isEqualTo("0 0 1 1 service-time 0 2 2 8:16 1 1 8:32 1 1");
    }

    @Test
    void aMapThatIsAsWantedIsAdoptedWithoutAnAct() {
        kernel.has(NAME, UUID, Reports.SECTORS, TWO_GROUPS);
        lookAgain();
        is(Reports.path(1, PathState.UNCHECKED, -1), Reports.path(2, PathState.UNCHECKED, -1));
        is(Reports.path(2, PathState.UP, 10));
        is(Reports.path(1, PathState.UP, 50));
        passes(Duration.ofMinutes(5));

        assertThat(kernel.acts()).isEmpty();
    }

    @Test
    void aSuspendedMapFoundAtStartIsResumedBeforeAnyPathIsKnown() {
        kernel.has(NAME, UUID, Reports.SECTORS, TWO_GROUPS);
        kernel.suspendedInTheMiddleOfAReload(NAME);
        lookAgain();

        assertThat(kernel.acts()).containsExactly("resume " + NAME);
    }

    @Test
    void aMapSuspendedLaterIsSomebodysWill() {
        twoPaths();
        kernel.suspendedInTheMiddleOfAReload(NAME);
        kernel.calls.clear();
        lookAgain();
        is(Reports.path(1, PathState.DOWN, 50));

        assertThat(kernel.acts()).isEmpty();
    }

    @Test
    void anInactiveTableThatWasLeftBehindIsReplaced() {
        kernel.has(NAME, UUID, Reports.SECTORS, TWO_GROUPS);
        kernel.leftAnInactiveTable(NAME);
        lookAgain();
        is(Reports.path(1, PathState.UP, 50), Reports.path(2, PathState.UP, 10));

        assertThat(kernel.acts()).hasSize(1).first().asString().startsWith("reload " + NAME + " KEEP_IO");
        passes(Duration.ofMinutes(5));
        assertThat(kernel.acts()).hasSize(1);
    }

    @Test
    void ourMapUnderAnotherNameIsRenamed() {
        kernel.has("mpatha", UUID, Reports.SECTORS, TWO_GROUPS);
        is(Reports.path(1, PathState.UP, 50), Reports.path(2, PathState.UP, 10));

        assertThat(kernel.exists(NAME)).isTrue();
        assertThat(kernel.acts()).contains("rename mpatha " + NAME);
        assertThat(kernel.acts()).noneMatch(act -> act.startsWith("reload"));
    }

    @Test
    void aForeignDeviceOfThatNameIsLeftAlone() {
        kernel.has(NAME, "LVM-abc", Reports.SECTORS, TWO_GROUPS);
        lookAgain();
        is(Reports.path(1, PathState.UP, 50), Reports.path(2, PathState.UP, 10));

        assertThat(kernel.acts()).isEmpty();
        assertThat(life.next(now)).isInstanceOf(MapAction.Reject.class);
    }

    @Test
    void aFailedPathIsAMessageAndNoReload() {
        twoPaths();
        kernel.calls.clear();

        is(Reports.path(1, PathState.DOWN, 50));
        is(Reports.path(1, PathState.UP, 50));

        assertThat(kernel.acts()).containsExactly("message fail_path 8:16", "message reinstate_path 8:16");
    }

    @Test
    void aCheckUnderWayChangesNothing() {
        twoPaths();
        kernel.calls.clear();

        is(Reports.path(1, PathState.PENDING, 50));

        assertThat(kernel.acts()).isEmpty();
    }

    @Test
    void aPathWeFailedIsNotToldAsFailedByTheKernel() {
        twoPaths();

        life.pathIs(Reports.path(1, PathState.DOWN, 50), now);

        assertThat(settle()).isEmpty();
    }

    @Test
    void theLastPathGoneRemovesAMapThatIsNotOpen() {
        twoPaths();
        life.pathGone(Reports.device(1));
        life.pathGone(Reports.device(2));
        settle();

        assertThat(kernel.exists(NAME)).isFalse();
        passes(Duration.ofMinutes(5));
        assertThat(kernel.exists(NAME)).isFalse();
    }

    @Test
    void anOpenMapStaysAsItIsAndGetsItsPathsBack() {
        twoPaths();
        kernel.opened(NAME, 1);
        life.pathGone(Reports.device(1));
        life.pathGone(Reports.device(2));
        settle();
        assertThat(kernel.exists(NAME)).isTrue();

        is(Reports.path(3, PathState.UP, 50));

        assertThat(kernel.tableText(NAME)).isEqualTo("0 0 1 1 service-time 0 1 2 8:48 1 1");
    }

    @Test
    void anOpenMapUsesNoPathThatIsLost() {
        twoPaths();
        kernel.opened(NAME, 1);

        life.pathGone(Reports.device(1));
        life.pathGone(Reports.device(2));
        settle();

        assertThat(kernel.failed(NAME)).containsExactlyInAnyOrder(Reports.device(1), Reports.device(2));
    }

    @Test
    void aLostPathIsFailedEvenWhileReloadsAreRefused() {
        twoPaths();
        kernel.refuse("reload", 22);

        life.pathGone(Reports.device(1));
        settle();

        assertThat(kernel.tableText(NAME)).contains("8:16");
        assertThat(kernel.failed(NAME)).containsExactly(Reports.device(1));
    }

    @Test
    void aMapThatSomebodyRemovedIsMadeAgainOnlyForANewPath() {
        twoPaths();
        kernel.vanish(NAME);
        lookAgain();
        passes(Duration.ofMinutes(5));
        assertThat(kernel.exists(NAME)).isFalse();

        is(Reports.path(3, PathState.UP, 50));

        assertThat(kernel.exists(NAME)).isTrue();
    }

    @Test
    void aPathThatNobodyTellsOfIsDroppedAfterTwoSeconds() {
        twoPaths();
        kernel.vanish(NAME);
        kernel.has(NAME, UUID, Reports.SECTORS, TWO_GROUPS.replace("0 1 1 8:32", "0 2 1 8:32 1 8:48"));
        lookAgain();
        assertThat(kernel.tableText(NAME)).contains("8:48");

        passes(Settling.PATIENCE);

        assertThat(kernel.tableText(NAME)).contains("8:32").doesNotContain("8:48");
    }

    @Test
    void aPathThatNobodyTellsOfStaysWhileItIsTheOnlyOneThatWorks() {
        kernel.has(NAME, UUID, Reports.SECTORS, TWO_GROUPS.replace("0 1 1 8:32", "0 2 1 8:32 1 8:48"));
        lookAgain();
        is(Reports.path(1, PathState.DOWN, 50), Reports.path(2, PathState.DOWN, 10));
        passes(Settling.PATIENCE);
        passes(Duration.ofMinutes(5));
        assertThat(kernel.tableText(NAME)).contains("8:48");
        assertThat(kernel.failed(NAME)).doesNotContain(Reports.device(3));

        is(Reports.path(2, PathState.UP, 10));

        assertThat(kernel.tableText(NAME)).contains("8:32").doesNotContain("8:48");
    }

    @Test
    void aPathOfAnotherSizeIsRejected() {
        twoPaths();
        kernel.calls.clear();

        is(Reports.sized(Reports.path(3, PathState.UP, 50), 4096));

        assertThat(kernel.acts()).isEmpty();
        assertThat(life.rejectedPaths(now)).containsExactly("path sd3 (8:48) has 4096 sectors, the map has 2048");
    }

    @Test
    void aRefusedReloadIsTriedAgainEverMoreRarely() {
        twoPaths();
        kernel.calls.clear();
        kernel.refuse("reload", 22);

        is(Reports.path(3, PathState.UP, 50));
        passes(Duration.ofSeconds(1));
        passes(Duration.ofSeconds(1));
        assertThat(kernel.acts()).hasSize(2);
        passes(Duration.ofSeconds(1));
        assertThat(kernel.acts()).hasSize(3);

        kernel.accept("reload");
        passes(Duration.ofMinutes(1));
        assertThat(kernel.tableText(NAME)).contains("8:48");
    }

    @Test
    void aFailedPathIsToldEvenWhileReloadsAreRefused() {
        twoPaths();
        kernel.refuse("reload", 22);
        is(Reports.path(3, PathState.UP, 50));

        is(Reports.path(1, PathState.DOWN, 50));

        assertThat(kernel.failed(NAME)).containsExactly(Reports.device(1));
    }

    @Test
    void queueingEndsAfterItsPollsAndComesBackWithAPath() {
        life = new MapLife(
                Reports.WWID, Settings.of(GroupingPolicy.MULTIBUS, new Failback.Manual(), new NoPathRetry.Retry(2)));
        settle();
        is(Reports.path(1, PathState.UP, 1), Reports.path(2, PathState.UP, 1));
        assertThat(kernel.tableText(NAME)).startsWith("1 queue_if_no_path ");
        is(Reports.path(1, PathState.DOWN, 1), Reports.path(2, PathState.DOWN, 1));
        passes(Duration.ofMillis(10_999));
        assertThat(kernel.tableText(NAME)).startsWith("1 queue_if_no_path ");

        passes(Duration.ofMillis(1));
        assertThat(kernel.tableText(NAME)).startsWith("0 ");

        is(Reports.path(2, PathState.UP, 1));
        assertThat(kernel.tableText(NAME)).startsWith("1 queue_if_no_path ");
    }

    @Test
    void immediateFailbackSwitchesWhenTheBestGroupIsBack() {
        life = new MapLife(Reports.WWID, immediate());
        settle();
        twoPaths();
        is(Reports.path(1, PathState.DOWN, 50));
        kernel.usesGroup(NAME, 2);
        lookAgain();
        kernel.calls.clear();

        is(Reports.path(1, PathState.UP, 50));

        assertThat(kernel.acts()).containsExactly("message reinstate_path 8:16", "message switch_group 1");
    }

    @Test
    void aGroupThatTheKernelLeftIsNotGoneBackToWhileItsPathIsFailedThere() {
        life = new MapLife(Reports.WWID, immediate());
        settle();
        twoPaths();
        kernel.usesGroup(NAME, 2);
        kernel.ioFails(NAME, Reports.device(1));
        kernel.calls.clear();

        lookAgain();

        assertThat(kernel.acts()).isEmpty();
    }

    @Test
    void aPathThatComesBackAsAnotherDeviceStandsLastAmongItsEquals() {
        is(Reports.path(1, PathState.UP, 50), Reports.path(2, PathState.UP, 50), Reports.path(3, PathState.UP, 50));
        life.pathGone(Reports.device(1));
        settle();

        is(Reports.path(1, PathState.UP, 50));

        assertThat(kernel.tableText(NAME)).isEqualTo("0 0 1 1 service-time 0 3 2 8:32 1 1 8:48 1 1 8:16 1 1");
    }

    @Test
    void changedPrioritiesAreFollowedWhenTheyAreQuietAndFailbackIsImmediate() {
        life = new MapLife(Reports.WWID, immediate());
        settle();
        twoPaths();
        kernel.calls.clear();
        is(Reports.path(1, PathState.UP, 10));
        is(Reports.path(2, PathState.UP, 50));
        assertThat(kernel.acts()).isEmpty();

        passes(Settling.REGROUP);

        assertThat(kernel.tableText(NAME)).isEqualTo("0 0 2 1 service-time 0 1 2 8:32 1 1 service-time 0 1 2 8:16 1 1");
    }

    @Test
    void withManualFailbackChangedPrioritiesMoveNothing() {
        twoPaths();
        kernel.calls.clear();
        is(Reports.path(1, PathState.UP, 10), Reports.path(2, PathState.UP, 50));
        passes(Duration.ofMinutes(5));

        assertThat(kernel.acts()).isEmpty();
    }

    @Test
    void theSameReportsOfPathsDiscoveredAlikeEndInTheSameTable() {
        var random = new Random(SEED);
        for (var round = 0; round < 200; round++) {
            var reports = new ArrayList<PathReport>();
            for (var n = 1; n <= 6; n++) {
                var state = random.nextInt(3) == 0 ? PathState.DOWN : PathState.UP;
                reports.add(Reports.path(n, state, random.nextBoolean() ? 50 : 10));
            }
            var first = tableAfter(reports);
            Collections.shuffle(reports, random);

            assertThat(tableAfter(reports)).as("seed %d, round %d", SEED, round).isEqualTo(first);
        }
    }

    private static String tableAfter(List<PathReport> reports) {
        var dm = new KernelDouble();
        var one = new MapLife(Reports.WWID, Settings.of(GroupingPolicy.GROUP_BY_PRIO));
        reports.stream()
                .sorted(Grouping.PATH_ORDER)
                .forEach(report -> one.pathIs(report.with(PathState.UNCHECKED), Duration.ZERO));
        for (var report : reports) {
            one.pathIs(report, Duration.ZERO);
            run(one, dm, Duration.ofSeconds(1), new ArrayList<>());
        }
        return dm.tableText(NAME) + dm.failed(NAME).stream().sorted().toList();
    }

    private static MapSettings immediate() {
        return Settings.of(GroupingPolicy.GROUP_BY_PRIO, new Failback.Immediate(), new NoPathRetry.Fail());
    }

    private void twoPaths() {
        is(Reports.path(1, PathState.UP, 50), Reports.path(2, PathState.UP, 10));
    }

    private void is(PathReport... reports) {
        for (var report : reports) {
            life.pathIs(report, now);
        }
        settle();
    }

    private void passes(Duration time) {
        now = now.plus(time);
        settle();
    }

    private void lookAgain() {
        life.kernelMoved();
        settle();
    }

    private List<DevT> settle() {
        var failed = new ArrayList<DevT>();
        run(life, kernel, now, failed);
        return failed;
    }

    /** Does what the life asks for until it asks for nothing; a life that never rests fails the test. */
    private static void run(MapLife life, KernelDouble dm, Duration now, List<DevT> failedByKernel) {
        var operation = new DmOperation(dm, life.wwid(), UdevFlags.NONE);
        for (var acts = 0; acts < 50; acts++) {
            var action = life.next(now);
            if (action instanceof MapAction.Nothing || action instanceof MapAction.Reject) {
                return;
            }
            var outcome = operation.perform(action, life.name());
            failedByKernel.addAll(life.kernelIs(outcome.view(), action, outcome.refusal(), now)
                    .failedByKernel());
        }
        throw new AssertionError("no rest: " + life.next(now));
    }
}
