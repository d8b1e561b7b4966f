package org.lunwarden.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.Set;

import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.IoResult;
import org.lunwarden.kit.HandDrivenScheduler;
import org.lunwarden.model.PathState;
import org.lunwarden.model.fleet.Epoch;
import org.lunwarden.model.fleet.HostAnswer.Move;
import org.lunwarden.model.fleet.HostAnswer.Outcome;
import org.lunwarden.model.map.MapCounters;
import org.lunwarden.model.map.MapName;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.Ending;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.NoPathRetry;

class MapActorTest {

    private static final Set<String> WANTED = Set.of("target");

    private static final long SEED = 20261121;
    private static final String NAME = Reports.WWID.value();
    private static final Duration SOON = Duration.ofMinutes(1);

    private final ActorTestKit testKit = ActorTestKit.create(HandDrivenScheduler.config());
    private final ManualTime time = ManualTime.get(testKit.system());
    private final TestProbe<MapFact> facts = testKit.createTestProbe();
    private final KernelDouble kernel = new KernelDouble();
    private final HeldExecutor blocking = new HeldExecutor();
    private final MapOperations operations = new MapOperations(kernel, blocking, blocking);
    private volatile Duration now = Duration.ofHours(1);
    private final ActorRef<MapActor.Command> map = testKit.spawn(MapActor.create(
            Reports.WWID,
            Settings.of(GroupingPolicy.GROUP_BY_PRIO),
            new MapName.Wanted(Reports.WWID.value()),
            operations,
            () -> now,
            facts.ref()));

    @AfterEach
    void shutDown() {
        testKit.shutdownTestKit();
    }

    @Test
    void aMapThatIsMadeIsReportedAndDescribed() {
        twoPaths();

        var made = facts.expectMessageClass(MapFact.MapIs.class).map();
        assertThat(made.device()).hasToString("dm-0");
        assertThat(made.groups()).extracting(MapTopology.Group::priority).containsExactly(50, 10);
        assertThat(made.groups().getFirst().paths().getFirst().kernelActive()).contains(true);
        assertThat(described()).isEqualTo(made);
    }

    @Test
    void aMapThatIsNotThereYetIsDescribedAsItWouldBe() {
        var described = described();

        assertThat(described.device()).hasToString("-");
        assertThat(described.groups()).isEmpty();
    }

    @Test
    void reportsThatComeDuringAnOperationBecomeOneOperation() {
        twoPaths();
        drain();
        kernel.calls.clear();
        tell(Reports.path(1, PathState.DOWN, 50));
        blocking.awaitTask();
        tell(Reports.path(2, PathState.DOWN, 10), Reports.path(1, PathState.UP, 50), Reports.path(2, PathState.UP, 10));
        tell(Reports.path(2, PathState.DOWN, 10), Reports.path(1, PathState.DOWN, 50));
        described();
        assertThat(blocking.waiting()).isEqualTo(1);

        drain();

        assertThat(kernel.acts()).containsExactly("message fail_path 8:16", "message fail_path 8:32");
    }

    @Test
    void neverIsMoreThanOneOperationInFlight() {
        var random = new Random(SEED);
        for (var step = 0; step < 300; step++) {
            var n = 1 + random.nextInt(4);
            switch (random.nextInt(5)) {
                case 0 -> map.tell(new MapActor.PathGone(Reports.device(n)));
                case 1 -> map.tell(new MapActor.KernelMoved());
                case 2 -> blocking.runOne();
                default ->
                    map.tell(new MapActor.PathIs(
                            Reports.path(n, random.nextBoolean() ? PathState.UP : PathState.DOWN, 10)));
            }
        }
        drain();

        assertThat(blocking.most).as("seed %d", SEED).isEqualTo(1);
        assertThat(kernel.acts()).isNotEmpty();
    }

    @Test
    void aPathThatTheKernelFailsIsAFact() {
        twoPaths();
        drain();
        facts.expectMessageClass(MapFact.MapIs.class);
        kernel.ioFails(NAME, Reports.device(1));

        map.tell(new MapActor.KernelMoved());
        drain();

        facts.expectMessage(new MapFact.PathFailedByKernel(Reports.WWID, Reports.device(1)));
        var after = facts.expectMessageClass(MapFact.MapIs.class).map();
        assertThat(after.groups().getFirst().paths().getFirst().kernelActive()).contains(false);
    }

    @Test
    void anEventThatWasSeenAlreadyIsNotLookedAtAgain() {
        twoPaths();
        drain();
        kernel.ioFails(NAME, Reports.device(1));
        var device =
                ((IoResult.Ok<DeviceMapper.Info>) kernel.info(NAME)).value().device();

        map.tell(new MapActor.KernelEvent(device, 0, false));
        map.tell(new MapActor.UnclaimedEvent(device, 0, false));
        map.tell(new MapActor.UnclaimedEvent(Reports.device(99), 1, true));
        drain();
        facts.expectMessageClass(MapFact.MapIs.class);
        facts.expectNoMessage(Duration.ZERO);
        map.tell(new MapActor.UnclaimedEvent(device, 1, false));
        drain();

        facts.expectMessage(new MapFact.PathFailedByKernel(Reports.WWID, Reports.device(1)));
    }

    @Test
    void anEventOfAnotherDeviceThatGotTheMapsNumberIsLookedAt() {
        twoPaths();
        drain();
        facts.expectMessageClass(MapFact.MapIs.class);
        kernel.ioFails(NAME, Reports.device(1));
        var device =
                ((IoResult.Ok<DeviceMapper.Info>) kernel.info(NAME)).value().device();

        map.tell(new MapActor.KernelEvent(device, 0, true));
        drain();

        facts.expectMessage(new MapFact.PathFailedByKernel(Reports.WWID, Reports.device(1)));
    }

    @Test
    void thatAPathTheKernelHasFailedMustProveItselfAgainIsAFact() {
        twoPaths();
        drain();
        facts.expectMessageClass(MapFact.MapIs.class);
        kernel.ioFails(NAME, Reports.device(1));
        map.tell(new MapActor.KernelMoved());
        drain();
        facts.expectMessageClass(MapFact.PathFailedByKernel.class);
        facts.expectMessageClass(MapFact.MapIs.class);

        passes(Duration.ofSeconds(5));

        facts.expectMessage(new MapFact.ProofWanted(Reports.WWID, Reports.device(1)));
    }

    @Test
    void anOperationThatDoesNotReturnIsToldAsStuckAndNothingElseIsStarted() throws InterruptedException {
        var answer = kernel.hang("info");
        var thread = blocking.runOneElsewhere();
        kernel.awaitHung();
        passes(Execution.DEADLINE);
        facts.expectMessage(new MapFact.Stuck(Reports.WWID, "look", Execution.DEADLINE));
        tell(Reports.path(1, PathState.UP, 50));
        passes(Execution.DEADLINE);
        facts.expectMessage(new MapFact.Stuck(Reports.WWID, "look", Execution.DEADLINE.multipliedBy(2)));
        described();
        assertThat(blocking.waiting()).isZero();

        answer.countDown();
        thread.join();
        drain();

        facts.expectMessage(new MapFact.Freed(Reports.WWID, "look", Execution.DEADLINE.multipliedBy(2)));
        assertThat(kernel.exists(NAME)).isTrue();
    }

    @Test
    void anOperationThatWaitsForAThreadIsNotStuck() {
        blocking.awaitTask();

        passes(Execution.DEADLINE.multipliedBy(3));
        twoPaths();

        facts.expectMessageClass(MapFact.MapIs.class);
    }

    @Test
    void aFailbackThatIsTakenUpTooLateIsNotDone() {
        offBestGroup();
        var asker = testKit.<Outcome>createTestProbe();
        var acts = kernel.acts().size();

        map.tell(new MapActor.FailBack(WANTED, new Epoch(7, "v1"), now.plusSeconds(20), asker.ref()));
        blocking.awaitTask();
        now = now.plusSeconds(21);
        drain();

        assertThat(asker.receiveMessage())
                .isEqualTo(new Outcome(Reports.WWID, Move.NOT_MOVED, "it could not be begun in time"));
        assertThat(kernel.acts()).hasSize(acts);
        assertThat(failBack().move()).isEqualTo(Move.SWITCHED);
    }

    @Test
    void aFailbackThatWaitsBehindAnotherOperationTooLongIsAnsweredThen() {
        offBestGroup();
        map.tell(new MapActor.KernelMoved());
        blocking.awaitTask();
        var asker = testKit.<Outcome>createTestProbe();
        map.tell(new MapActor.FailBack(WANTED, new Epoch(7, "v1"), now.plusSeconds(20), asker.ref()));

        passes(Duration.ofSeconds(21));

        assertThat(asker.receiveMessage().move()).isEqualTo(Move.NOT_MOVED);
    }

    @Test
    void aQuestionOfANewerEpochWithdrawsTheOlderFailbackThatWaitsAndTheLateOnes() {
        offBestGroup();
        var acts = kernel.acts().size();
        map.tell(new MapActor.KernelMoved());
        blocking.awaitTask();
        var asker = testKit.<Outcome>createTestProbe();
        map.tell(new MapActor.FailBack(WANTED, new Epoch(7, "v1"), now.plusSeconds(20), asker.ref()));

        var standing = standing(8);

        assertThat(asker.receiveMessage().move()).isEqualTo(Move.NOT_MOVED);
        assertThat(standing.moving()).isFalse();
        map.tell(new MapActor.FailBack(WANTED, new Epoch(7, "v1"), now.plusSeconds(20), asker.ref()));
        assertThat(asker.receiveMessage().move()).isEqualTo(Move.NOT_MOVED);
        drain();
        assertThat(kernel.acts()).hasSize(acts);
        map.tell(new MapActor.FailBack(WANTED, new Epoch(8, "v1"), now.plusSeconds(20), asker.ref()));
        drain();
        assertThat(asker.receiveMessage().move()).isEqualTo(Move.SWITCHED);
    }

    @Test
    void aFailbackThatWasBegunIsToldAsUnderWayUntilItEnds() {
        offBestGroup();
        var asker = testKit.<Outcome>createTestProbe();
        map.tell(new MapActor.FailBack(WANTED, new Epoch(7, "v1"), now.plusSeconds(20), asker.ref()));
        blocking.awaitTask();

        assertThat(standing(8).moving()).isTrue();
        drain();
        assertThat(asker.receiveMessage().move()).isEqualTo(Move.SWITCHED);
        assertThat(standing(8).moving()).isFalse();
    }

    @Test
    void anOperatorMovesTheMapToAGroupThatHasAUsablePath() {
        twoPaths();
        drain();

        assertThat(switchTo(2)).isEqualTo(new Outcome(Reports.WWID, Move.SWITCHED, ""));
        assertThat(kernel.acts()).last().isEqualTo("message switch_group 2");
        assertThat(switchTo(2).move()).isEqualTo(Move.IN_PLACE);
        assertThat(switchTo(3).reason()).isEqualTo("the map has no group 3");
        map.tell(new MapActor.PathIs(Reports.path(1, PathState.DOWN, 50)));
        assertThat(switchTo(1).reason()).isEqualTo("no path of group 1 is usable");
        assertThat(counters().switchGroups()).isEqualTo(1);
        assertThat(counters().mapLoads()).isEqualTo(1);
        assertThat(counters().pathFaults()).isEqualTo(1);
    }

    @Test
    void twoWhoAskForDifferentGroupsAreBothAnswered() {
        twoPaths();
        drain();
        var first = testKit.<Outcome>createTestProbe();
        var second = testKit.<Outcome>createTestProbe();

        map.tell(new MapActor.SwitchGroup(9, now.plusSeconds(20), first.ref()));
        map.tell(new MapActor.SwitchGroup(2, now.plusSeconds(20), second.ref()));
        drain();

        assertThat(first.receiveMessage().move()).isEqualTo(Move.NOT_MOVED);
        assertThat(second.receiveMessage().move()).isEqualTo(Move.SWITCHED);
    }

    @Test
    void anOperatorTurnsQueueingOffAndBackOn() {
        map.tell(new MapActor.SettingsChanged(
                Settings.of(GroupingPolicy.GROUP_BY_PRIO, new Failback.Manual(), new NoPathRetry.Queue())));
        twoPaths();
        drain();

        var disabled = disableQueueing(map);
        described();
        disabled.expectNoMessage(Duration.ZERO);
        drain();
        assertThat(kernel.acts()).last().isEqualTo("message fail_if_no_path");
        assertThat(disabled.receiveMessage()).isEqualTo(new MapAnswer.Done());
        assertThat(disableQueueing(map)).satisfies(again -> {
            drain();
            assertThat(again.receiveMessage()).isEqualTo(new MapAnswer.Done());
        });
        var restored = restoreQueueing(map);
        drain();

        assertThat(kernel.acts()).last().isEqualTo("message queue_if_no_path");
        assertThat(restored.receiveMessage()).isEqualTo(new MapAnswer.Done());
    }

    @Test
    void anOperatorHearsThatTheKernelDoesNotTakeHisWordOfQueueing() {
        map.tell(new MapActor.SettingsChanged(
                Settings.of(GroupingPolicy.GROUP_BY_PRIO, new Failback.Manual(), new NoPathRetry.Queue())));
        twoPaths();
        drain();
        kernel.refuse("message fail_if_no_path", 22);

        var disabled = disableQueueing(map);
        drain();

        assertThat(disabled.receiveMessage())
                .isEqualTo(new MapAnswer.Refused("message fail_if_no_path: refused by the test (errno 22)"));
        kernel.accept("message fail_if_no_path");
        passes(Duration.ofSeconds(2));
        drain();
        assertThat(kernel.acts()).last().isEqualTo("message fail_if_no_path");
    }

    @Test
    void anOperatorsWordOfQueueingHasNothingToDoWithAnotherMessageThatIsRefused() {
        map.tell(new MapActor.SettingsChanged(
                Settings.of(GroupingPolicy.GROUP_BY_PRIO, new Failback.Manual(), new NoPathRetry.Queue())));
        twoPaths();
        drain();
        kernel.refuse("message fail_path", 22);
        map.tell(new MapActor.PathIs(Reports.path(1, PathState.DOWN, 50)));
        var together = disableQueueing(map);
        drain();
        assertThat(together.receiveMessage()).isEqualTo(new MapAnswer.Done());

        var restored = restoreQueueing(map);
        drain();

        assertThat(restored.receiveMessage()).isEqualTo(new MapAnswer.Done());
        assertThat(kernel.acts()).contains("message queue_if_no_path");
    }

    @Test
    void whoeverWaitsForAnActThatIsUnderWayHearsThatTheMapIsNotKeptAnyMore() {
        twoPaths();
        drain();
        var probe = testKit.<MapAnswer>createTestProbe();
        map.tell(new MapActor.ForceReload(now.plusSeconds(20), probe.ref()));
        described();
        blocking.runOne();
        described();

        map.tell(new MapActor.Stop());

        assertThat(probe.receiveMessage()).isInstanceOf(MapAnswer.Refused.class);
    }

    @Test
    void countersBeginAnewAtAnOperatorsWord() {
        twoPaths();
        drain();
        var probe = testKit.<MapAnswer>createTestProbe();
        assertThat(counters().mapLoads()).isEqualTo(1);

        map.tell(new MapActor.ResetCounters(probe.ref()));

        assertThat(probe.receiveMessage()).isEqualTo(new MapAnswer.Done());
        assertThat(counters()).isEqualTo(new MapCounters(0, 0, 0, Duration.ZERO, 0, 0));
    }

    private TestProbe<MapAnswer> disableQueueing(ActorRef<MapActor.Command> actor) {
        var probe = testKit.<MapAnswer>createTestProbe();
        actor.tell(new MapActor.DisableQueueing(now.plusSeconds(20), probe.ref()));
        return probe;
    }

    private TestProbe<MapAnswer> restoreQueueing(ActorRef<MapActor.Command> actor) {
        var probe = testKit.<MapAnswer>createTestProbe();
        actor.tell(new MapActor.RestoreQueueing(now.plusSeconds(20), probe.ref()));
        return probe;
    }

    @Test
    void whatAnOperatorSaidOfQueueingHoldsForAnActorThatStartsAnew() {
        var queueing = Settings.of(GroupingPolicy.GROUP_BY_PRIO, new Failback.Manual(), new NoPathRetry.Queue());
        map.tell(new MapActor.SettingsChanged(queueing));
        twoPaths();
        disableQueueing(map);
        drain();

        var next = testKit.spawn(
                MapActor.create(Reports.WWID, queueing, new MapName.Wanted(NAME), operations, () -> now, facts.ref()));
        next.tell(new MapActor.PathIs(Reports.path(1, PathState.UP, 50)));
        next.tell(new MapActor.PathIs(Reports.path(2, PathState.UP, 10)));
        drain(next);
        assertThat(kernel.acts()).last().isEqualTo("message fail_if_no_path");
        restoreQueueing(next);
        drain(next);

        assertThat(kernel.acts()).last().isEqualTo("message queue_if_no_path");
    }

    private void drain(ActorRef<MapActor.Command> actor) {
        var probe = testKit.<MapTopology>createTestProbe();
        do {
            actor.tell(new MapActor.Describe(probe.ref()));
            probe.receiveMessage();
        } while (blocking.runOne());
    }

    @Test
    void anOperatorHasTheTableLoadedOnceMoreAndHearsOfIt() {
        twoPaths();
        drain();
        kernel.calls.clear();

        assertThat(reload()).isEqualTo(new MapAnswer.Done());
        assertThat(reload()).isEqualTo(new MapAnswer.Done());

        assertThat(kernel.acts()).hasSize(2).allMatch(act -> act.startsWith("reload " + NAME + " KEEP_IO"));
        kernel.refuse("reload", 22);
        assertThat(reload()).isInstanceOf(MapAnswer.Refused.class);
    }

    private MapAnswer reload() {
        var probe = testKit.<MapAnswer>createTestProbe();
        map.tell(new MapActor.ForceReload(now.plusSeconds(20), probe.ref()));
        drain();
        return probe.receiveMessage();
    }

    private Outcome switchTo(int group) {
        var probe = testKit.<Outcome>createTestProbe();
        drain();
        map.tell(new MapActor.SwitchGroup(group, now.plusSeconds(20), probe.ref()));
        drain();
        return probe.receiveMessage();
    }

    private MapCounters counters() {
        var probe = testKit.<MapCounters>createTestProbe();
        map.tell(new MapActor.GetCounters(probe.ref()));
        return probe.receiveMessage();
    }

    private void offBestGroup() {
        twoPaths();
        drain();
        kernel.usesGroup(NAME, 2);
        map.tell(new MapActor.KernelMoved());
        drain();
    }

    @Test
    void aRefusedOperationIsSaidOnceAndTriedAgain() {
        kernel.refuse("create", 22);
        twoPaths();
        drain();
        assertThat(facts.expectMessageClass(MapFact.Refusal.class).what()).isEqualTo("create");
        facts.expectMessageClass(MapFact.NotMade.class);
        passes(Duration.ofSeconds(1));
        drain();
        facts.expectMessageClass(MapFact.NotMade.class);
        kernel.accept("create");

        passes(Duration.ofSeconds(2));
        drain();

        facts.expectMessageClass(MapFact.MapIs.class);
        assertThat(kernel.acts().stream().filter(act -> act.startsWith("create")))
                .hasSize(3);
    }

    @Test
    void anEventDuringAnOperationIsLookedAtAfterIt() {
        twoPaths();
        drain();
        facts.expectMessageClass(MapFact.MapIs.class);
        map.tell(new MapActor.KernelMoved());
        blocking.awaitTask();
        map.tell(new MapActor.KernelMoved());
        described();
        blocking.runOne();
        kernel.ioFails(NAME, Reports.device(2));
        drain();

        facts.expectMessage(new MapFact.PathFailedByKernel(Reports.WWID, Reports.device(2)));
    }

    @Test
    void aCallThatBreaksCostsOneActAndIsTriedAgain() {
        kernel.breakNext("create");
        twoPaths();
        drain();
        assertThat(facts.expectMessageClass(MapFact.Refusal.class).what()).isEqualTo("create");

        passes(Duration.ofSeconds(1));
        drain();

        assertThat(kernel.exists(NAME)).isTrue();
    }

    @Test
    void failBackSwitchesToTheBestGroupAndSaysSo() {
        offBestGroup();

        assertThat(failBack()).isEqualTo(new Outcome(Reports.WWID, Move.SWITCHED, ""));
        assertThat(kernel.acts()).last().isEqualTo("message switch_group 1");
        assertThat(failBack().move()).isEqualTo(Move.IN_PLACE);
    }

    @Test
    void aMapWhoseBestGroupUsesAPortThatIsNotWantedStaysWhereItIs() {
        offBestGroup();
        var acts = kernel.acts().size();
        var asker = testKit.<Outcome>createTestProbe();

        map.tell(new MapActor.FailBack(Set.of("another"), new Epoch(7, "v1"), now.plusSeconds(20), asker.ref()));
        drain();

        assertThat(asker.receiveMessage())
                .isEqualTo(new Outcome(
                        Reports.WWID, Move.NOT_MOVED, "its best group uses target port target, which is not wanted"));
        assertThat(kernel.acts()).hasSize(acts);
    }

    @Test
    void failBackOfAnUnfitMapIsNotDoneAndSaysWhy() {
        assertThat(failBack()).isEqualTo(new Outcome(Reports.WWID, Move.NOT_MOVED, "the kernel has no such map"));
        twoPaths();
        drain();
        tell(Reports.path(1, PathState.DOWN, 50), Reports.path(2, PathState.DOWN, 10));
        drain();

        assertThat(failBack()).isEqualTo(new Outcome(Reports.WWID, Move.NOT_MOVED, "no path is usable"));
    }

    @Test
    void aMapWhosePathsAreGoneVanishes() {
        twoPaths();
        drain();
        facts.expectMessageClass(MapFact.MapIs.class);

        map.tell(new MapActor.PathGone(Reports.device(1)));
        map.tell(new MapActor.PathGone(Reports.device(2)));
        drain();

        facts.fishForMessage(
                SOON,
                fact -> fact instanceof MapFact.MapVanished
                        ? FishingOutcomes.complete()
                        : FishingOutcomes.continueAndIgnore());
        assertThat(kernel.exists(NAME)).isFalse();
    }

    @Test
    void aMapThatSomebodySuspendsBeforeItsReloadIsLookedAtAndLeftAlone() {
        twoPaths();
        drain();
        kernel.suspendedInTheMiddleOfAReload(NAME);
        kernel.calls.clear();

        tell(Reports.path(3, PathState.UP, 50));
        drain();

        assertThat(kernel.acts()).isEmpty();
        assertThat(kernel.calls.stream().filter(("table " + NAME)::equals)).hasSize(1);
        assertThat(kernel.suspended(NAME)).isTrue();
    }

    @Test
    void stoppingLeavesTheMapAlone() {
        twoPaths();
        drain();
        kernel.calls.clear();

        map.tell(new MapActor.Stop());
        testKit.createTestProbe().expectTerminated(map, SOON);

        assertThat(kernel.calls).isEmpty();
        assertThat(kernel.exists(NAME)).isTrue();
    }

    @Test
    void aPathIsNotReinstatedOnAProofThatHasWaitedForAThreadTooLong() {
        twoPaths();
        tell(Reports.path(1, PathState.DOWN, 50));
        drain();
        assertThat(kernel.failed(NAME)).containsExactly(Reports.device(1));

        tell(Reports.path(1, PathState.UP, 50));
        blocking.awaitTask();
        now = now.plus(KernelFailures.PROOF_LASTS).plusMillis(1);
        drain();

        assertThat(kernel.failed(NAME)).containsExactly(Reports.device(1));
        facts.fishForMessage(
                SOON,
                fact -> fact.equals(new MapFact.ProofWanted(Reports.WWID, Reports.device(1)))
                        ? FishingOutcomes.complete()
                        : FishingOutcomes.continueAndIgnore());
        tell(Reports.path(1, PathState.PENDING, 50), Reports.path(1, PathState.UP, 50));
        drain();
        assertThat(kernel.failed(NAME)).isEmpty();
    }

    @Test
    @Timeout(180)
    void whatIsMovedOntoTheMapHoldsUpNoneOfItsOtherActsThoughItHangs() throws InterruptedException {
        kernel.hasLinear("data", "LVM-1");
        twoPaths();
        drain();
        facts.expectMessageClass(MapFact.MapIs.class);
        var answer = kernel.hang("exchange data");
        map.tell(new MapActor.SettingsChanged(ReassignTest.settings(Settings.of(GroupingPolicy.GROUP_BY_PRIO), true)));
        described();
        var thread = blocking.runOneElsewhere();
        kernel.awaitHung();

        tell(Reports.path(1, PathState.DOWN, 50));
        drain();
        passes(Execution.DEADLINE);

        assertThat(kernel.failed(NAME)).containsExactly(Reports.device(1));
        facts.fishForMessage(
                SOON,
                fact -> fact.equals(new MapFact.Stuck(Reports.WWID, "reassign", Execution.DEADLINE))
                        ? FishingOutcomes.complete()
                        : FishingOutcomes.continueAndIgnore());
        assertThat(operations.unfinished()).containsEntry(Reports.WWID, "reassign");
        var closed = operations.close(Ending.DAEMON).toCompletableFuture();
        drain();
        assertThat(closed).isNotDone();
        answer.countDown();
        thread.join();
        assertThat(closed).isCompleted();
        facts.expectMessage(new MapFact.Freed(Reports.WWID, "reassign", Execution.DEADLINE));
    }

    @Test
    void nothingIsMovedOnAProofThatHasWaitedForAThreadTooLong() {
        kernel.hasLinear("data", "LVM-1");
        twoPaths();
        drain();
        map.tell(new MapActor.SettingsChanged(ReassignTest.settings(Settings.of(GroupingPolicy.GROUP_BY_PRIO), true)));
        described();
        blocking.awaitTask();
        now = now.plus(KernelFailures.PROOF_LASTS).plusMillis(1);
        drain();
        assertThat(kernel.acts()).noneMatch(act -> act.startsWith("exchange"));

        passes(Duration.ofSeconds(2));
        drain();

        assertThat(kernel.acts()).contains("exchange data 253:0 0");
    }

    private void twoPaths() {
        tell(Reports.path(1, PathState.UNCHECKED, -1), Reports.path(2, PathState.UNCHECKED, -1));
        tell(Reports.path(1, PathState.UP, 50), Reports.path(2, PathState.UP, 10));
        drain();
    }

    private void tell(PathReport... reports) {
        for (var report : reports) {
            map.tell(new MapActor.PathIs(report));
        }
    }

    private MapTopology described() {
        var probe = testKit.<MapTopology>createTestProbe();
        map.tell(new MapActor.Describe(probe.ref()));
        return probe.receiveMessage();
    }

    private MapActor.Standing standing(long term) {
        var probe = testKit.<MapActor.Standing>createTestProbe();
        map.tell(new MapActor.MayFailBack(new Epoch(term, "v0"), probe.ref()));
        return probe.receiveMessage();
    }

    private Outcome failBack() {
        var probe = testKit.<Outcome>createTestProbe();
        drain();
        map.tell(new MapActor.FailBack(WANTED, new Epoch(7, "v1"), now.plusSeconds(20), probe.ref()));
        drain();
        return probe.receiveMessage();
    }

    private void passes(Duration duration) {
        described();
        now = now.plus(duration);
        time.timePasses(duration);
    }

    /** Runs operations until the actor asks for none: an answer comes only after all that was sent before. */
    private void drain() {
        described();
        while (blocking.runOne()) {
            described();
        }
    }
}
