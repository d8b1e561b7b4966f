package org.lunwarden.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.lunwarden.io.DeviceMapper.UdevFlags;
import org.lunwarden.map.MapOperations.Ended;
import org.lunwarden.map.MapOperations.NotBegun;
import org.lunwarden.map.MapOperations.Order;
import org.lunwarden.map.MapOperations.Performed;
import org.lunwarden.map.features.QueueMode;
import org.lunwarden.map.plan.MapAction;
import org.lunwarden.map.plan.WantedMap;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.settings.Ending;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.QueueWithoutDaemon;

@Timeout(180)
class MapOperationsTest {

    private static final Wwid OTHER = new Wwid("3600a0981");
    private static final Wwid THIRD = new Wwid("3600a0982");

    private final KernelDouble kernel = new KernelDouble();
    private final HeldExecutor talk = new HeldExecutor();
    private final HeldExecutor change = new HeldExecutor();
    private final MapOperations operations = new MapOperations(kernel, talk, change);
    private final AtomicInteger taken = new AtomicInteger();

    @BeforeEach
    void twoMaps() {
        kernel.has(Reports.WWID.value(), "mpath-" + Reports.WWID, 2048, "0 0 1 1 service-time 0 1 2 8:16 1 1");
        kernel.has(OTHER.value(), "mpath-" + OTHER, 2048, "0 0 1 1 service-time 0 1 2 8:32 1 1");
    }

    @Test
    void whatOneActorBeganEndsBeforeWhatTheNextOneAsksForBegins() throws InterruptedException {
        var answer = kernel.hang("resume");
        var first = start(Reports.WWID, new MapAction.Resume());
        var thread = change.runOneElsewhere();
        kernel.awaitHung();

        var second = start(Reports.WWID, new MapAction.Look());
        var other = start(OTHER, new MapAction.Look());

        assertThat(operations.isUnderWay(Reports.WWID)).isTrue();
        assertThat(talk.waiting()).as("only the other map's").isEqualTo(1);
        talk.runOne();
        assertThat(other.join()).isInstanceOf(Performed.class);
        answer.countDown();
        thread.join();
        assertThat(first).isCompleted();
        talk.runOne();
        assertThat(second.join()).isInstanceOf(Performed.class);
        assertThat(taken).hasValue(3);
        assertThat(operations.unfinished()).isEmpty();
    }

    @Test
    void aMapThatUdevHasNotDealtWithIsNotMadeYetAndKeepsNoThread() {
        kernel.vanish(Reports.WWID.value());
        kernel.udev = new CompletableFuture<>();
        var create = start(Reports.WWID, new MapAction.Create(wanted(), Reports.WWID.value()));
        var next = start(Reports.WWID, new MapAction.Look());
        change.runOne();

        assertThat(create).isNotDone();
        assertThat(kernel.exists(Reports.WWID.value())).isTrue();
        assertThat(operations.isUnderWay(Reports.WWID)).isTrue();
        assertThat(talk.waiting()).isZero();

        kernel.udev.complete(null);

        assertThat(create.join()).isInstanceOf(Performed.class);
        talk.runOne();
        assertThat(next.join()).isInstanceOf(Performed.class);
    }

    @Test
    void noMoreMapsThanAreAllowedWaitForUdevAndOneThatItForgetsHoldsUpTheNextForAWhileOnly() {
        kernel.vanish(Reports.WWID.value());
        kernel.vanish(OTHER.value());
        var later = new HeldExecutor();
        var bounded = new MapOperations(kernel, talk, change, new Turns(1, later));
        kernel.udev = new CompletableFuture<>();
        var first = bounded.start(create(Reports.WWID));
        var second = bounded.start(create(OTHER));
        var third = bounded.start(create(THIRD));
        change.runOne();
        assertThat(change.waiting()).as("the second waits for the first").isZero();

        later.runOne();
        assertThat(change.waiting()).as("the third still waits").isEqualTo(1);
        change.runOne();
        assertThat(kernel.exists(OTHER.value())).isTrue();
        assertThat(first.toCompletableFuture()).isNotDone();
        assertThat(change.waiting()).isZero();

        kernel.udev.complete(null);
        assertThat(first.toCompletableFuture()).isCompleted();
        assertThat(second.toCompletableFuture()).isCompleted();
        change.runOne();
        assertThat(third.toCompletableFuture()).isCompleted();
        assertThat(kernel.exists(THIRD.value())).isTrue();
    }

    @Test
    void aMapThatCannotBeMadeLeavesItsTurnToTheNext() {
        kernel.vanish(Reports.WWID.value());
        kernel.vanish(OTHER.value());
        kernel.breakNext("create");
        var bounded = new MapOperations(kernel, talk, change, new Turns(1, new HeldExecutor()));
        var broken = bounded.start(create(Reports.WWID));
        var next = bounded.start(create(OTHER));

        change.runOne();
        change.runOne();

        assertThat(broken.toCompletableFuture()).isCompletedExceptionally();
        assertThat(next.toCompletableFuture()).isCompleted();
        assertThat(kernel.exists(OTHER.value())).isTrue();
    }

    private Order create(Wwid wwid) {
        return new Order(
                wwid,
                new MapAction.Create(wanted(), wwid.value()),
                wwid.value(),
                UdevFlags.NONE,
                taken::incrementAndGet,
                Optional::empty);
    }

    @Test
    void aStopWaitsForWhatIsBegunAndLetsNothingElseBegin() throws InterruptedException {
        var answer = kernel.hang("resume");
        var begun = start(Reports.WWID, new MapAction.Resume());
        var thread = change.runOneElsewhere();
        kernel.awaitHung();
        var waiting = start(OTHER, new MapAction.SwitchGroup(1));

        var closed = operations.close(Ending.DAEMON).toCompletableFuture();

        assertThat(closed).isNotDone();
        assertThat(operations.unfinished()).containsExactly(Map.entry(Reports.WWID, "resume"));
        talk.runOne();
        assertThat(waiting.join()).isEqualTo(new NotBegun(new MapAction.SwitchGroup(1), "the daemon stops"));
        answer.countDown();
        thread.join();
        assertThat(closed).isCompleted();
        assertThat(begun.join()).isInstanceOf(Performed.class);
        assertThat(kernel.acts()).containsExactly("resume " + Reports.WWID);
    }

    @Test
    void aStopWaitsUntilAMapThatWasLeftSuspendedIsResumed() {
        kernel.suspendedInTheMiddleOfAReload(Reports.WWID.value());
        kernel.refuse("resume", 5);
        var refused = start(Reports.WWID, new MapAction.Resume());
        change.runOne();
        assertThat(refused).isCompleted();

        var closed = operations.close(Ending.DAEMON).toCompletableFuture();
        var other = start(Reports.WWID, new MapAction.SwitchGroup(1));
        talk.runOne();

        assertThat(closed).isNotDone();
        assertThat(operations.unfinished()).containsExactly(Map.entry(Reports.WWID, "resume"));
        assertThat(other.join()).isInstanceOf(NotBegun.class);
        kernel.accept("resume");
        var resumed = start(Reports.WWID, new MapAction.Resume());
        change.runOne();
        assertThat(resumed.join()).isInstanceOf(Performed.class);
        assertThat(kernel.suspended(Reports.WWID.value())).isFalse();
        assertThat(closed).isCompleted();
    }

    @Test
    void aMapThatCannotBeReadAfterItsResumeWasRefusedIsNotTakenForResumed() {
        kernel.suspendedInTheMiddleOfAReload(Reports.WWID.value());
        kernel.refuse("resume", 5);
        kernel.refuse("info", 12);
        var refused = start(Reports.WWID, new MapAction.Resume());
        change.runOne();
        assertThat(refused).isCompleted();

        var closed = operations.close(Ending.DAEMON).toCompletableFuture();
        kernel.accept("info");
        var look = start(Reports.WWID, new MapAction.Look());
        talk.runOne();

        assertThat(look.join()).as("what shows whether a resume is due").isInstanceOf(Performed.class);
        assertThat(closed).isNotDone();
    }

    @Test
    void aMapThatOthersSuspendedKeepsNoStopWaiting() {
        kernel.suspendedInTheMiddleOfAReload(Reports.WWID.value());
        var look = start(Reports.WWID, new MapAction.Look());
        talk.runOne();
        assertThat(look).isCompleted();

        assertThat(operations.close(Ending.DAEMON).toCompletableFuture()).isCompleted();
    }

    @Test
    void aMapThatOthersSuspendedIsNeitherReloadedNorResumed() {
        kernel.suspendedInTheMiddleOfAReload(Reports.WWID.value());

        for (var action :
                List.of(new MapAction.Reload(wanted(), "other paths"), new MapAction.Resize(wanted(), 1024))) {
            var load = start(Reports.WWID, action);
            change.runOne();
            assertThat(load.join()).isEqualTo(new NotBegun(action, "somebody has suspended the map"));
        }

        assertThat(kernel.acts()).isEmpty();
        assertThat(operations.close(Ending.DAEMON).toCompletableFuture()).isCompleted();
    }

    @Test
    void aCreateThatMeetsAMapThatOthersSuspendedOwesItNoResume() {
        kernel.vanish(Reports.WWID.value());
        kernel.has("mpatha", "mpath-" + Reports.WWID, 2048, "0 0 1 1 service-time 0 1 2 8:16 1 1");
        kernel.suspendedInTheMiddleOfAReload("mpatha");

        var create = start(Reports.WWID, new MapAction.Create(wanted(), Reports.WWID.value()));
        change.runOne();

        assertThat(create.join()).isInstanceOf(Performed.class);
        assertThat(operations.close(Ending.DAEMON).toCompletableFuture()).isCompleted();
    }

    @Test
    void aReloadThatBreaksIsTakenForOneThatLeftItsMapSuspendedUntilItIsSeen() {
        kernel.breakNext("reload");
        var broken = start(Reports.WWID, new MapAction.Reload(wanted(), "other paths"));
        change.runOne();
        assertThat(broken).isCompletedExceptionally();

        var closed = operations.close(Ending.DAEMON).toCompletableFuture();
        assertThat(closed).isNotDone();
        assertThat(operations.unfinished()).containsExactly(Map.entry(Reports.WWID, "resume"));
        var look = start(Reports.WWID, new MapAction.Look());
        talk.runOne();

        assertThat(look.join()).isInstanceOf(Performed.class);
        assertThat(closed).isCompleted();
    }

    @Test
    void withNothingUnderWayAStopWaitsForNothing() {
        assertThat(operations.close(Ending.DAEMON).toCompletableFuture()).isCompleted();
    }

    @Test
    void whatIsOwedAtTheEndIsDoneBeforeAllIsQuiet() {
        itQueues(Reports.WWID.value());
        operations.atClose(farewell(Reports.WWID), QueueWithoutDaemon.NO);
        operations.atClose(farewell(OTHER), QueueWithoutDaemon.NO);
        operations.nothingAtClose(OTHER);

        var quiet = operations.close(Ending.DAEMON).toCompletableFuture();
        var late = start(Reports.WWID, new MapAction.Tell(List.of("queue_if_no_path")));
        assertThat(quiet).isNotCompleted();
        talk.runOne();
        talk.runOne();

        assertThat(quiet).isCompleted();
        assertThat(late.join()).isInstanceOf(NotBegun.class);
        assertThat(kernel.acts()).containsExactly("message fail_if_no_path");
    }

    @Test
    void whereNothingIsSaidIoFailsWhenTheHostGoesDownAndWaitsWhenTheDaemonAloneEnds() {
        itQueues(Reports.WWID.value());
        operations.atClose(farewell(Reports.WWID), QueueWithoutDaemon.UNTIL_SHUTDOWN);
        operations.atClose(farewell(OTHER), QueueWithoutDaemon.YES);

        var quiet = operations.close(Ending.HOST).toCompletableFuture();
        talk.runOne();

        assertThat(quiet).isCompleted();
        assertThat(kernel.acts()).containsExactly("message fail_if_no_path");
        var others = new MapOperations(kernel, talk, change);
        itQueues(Reports.WWID.value());
        others.atClose(farewell(Reports.WWID), QueueWithoutDaemon.UNTIL_SHUTDOWN);
        assertThat(others.close(Ending.DAEMON).toCompletableFuture()).isCompleted();
        assertThat(talk.waiting()).isZero();
    }

    @Test
    void whatIsOwedWaitsForWhatIsUnderWayAndARefusalEndsItToo() {
        itQueues(Reports.WWID.value());
        kernel.refuse("message", 16);
        var look = start(Reports.WWID, new MapAction.Look());
        operations.atClose(farewell(Reports.WWID), QueueWithoutDaemon.NO);

        var quiet = operations.close(Ending.DAEMON).toCompletableFuture();
        talk.runOne();
        assertThat(look).isCompleted();
        assertThat(quiet).isNotCompleted();
        talk.runOne();

        assertThat(quiet).isCompleted();
    }

    @Test
    void aMapThatIsMadeOrRenamedWhileTheDaemonStopsIsToldToo() {
        itQueues("mpathb");
        operations.atClose(farewell(Reports.WWID), QueueWithoutDaemon.NO);
        var rename = start(Reports.WWID, new MapAction.Rename("mpathb", "data"));
        change.runOne();
        assertThat(rename).isCompleted();

        var quiet = operations.close(Ending.DAEMON).toCompletableFuture();
        talk.runOne();

        assertThat(quiet).isCompleted();
        assertThat(kernel.acts()).last().isEqualTo("message fail_if_no_path");
    }

    @Test
    void aMapThatIsLeftSuspendedIsToldOnceItIsResumed() {
        itQueues(Reports.WWID.value());
        kernel.suspendedInTheMiddleOfAReload(Reports.WWID.value());
        kernel.refuse("resume", 5);
        var refused = start(Reports.WWID, new MapAction.Resume());
        change.runOne();
        assertThat(refused).isCompleted();
        operations.atClose(farewell(Reports.WWID), QueueWithoutDaemon.NO);
        kernel.calls.clear();

        var quiet = operations.close(Ending.DAEMON).toCompletableFuture();
        talk.runOne();
        kernel.accept("resume");
        var resumed = start(Reports.WWID, new MapAction.Resume());
        change.runOne();
        assertThat(resumed).isCompleted();
        assertThat(quiet).isNotCompleted();
        talk.runOne();

        assertThat(quiet).isCompleted();
        assertThat(kernel.acts()).containsExactly("resume " + Reports.WWID, "message fail_if_no_path");
    }

    @Test
    void aMapThatCannotBeReadIsToldAllTheSameAndOneThatDoesNotQueueIsNot() {
        itQueues(Reports.WWID.value());
        operations.atClose(farewell(Reports.WWID), QueueWithoutDaemon.NO);
        operations.atClose(farewell(OTHER), QueueWithoutDaemon.NO);
        kernel.refuse("status " + Reports.WWID.value(), 12);

        var quiet = operations.close(Ending.DAEMON).toCompletableFuture();
        talk.runOne();
        talk.runOne();

        assertThat(quiet).isCompleted();
        assertThat(kernel.acts()).containsExactly("message fail_if_no_path");
    }

    private void itQueues(String name) {
        kernel.vanish(Reports.WWID.value());
        kernel.has(name, "mpath-" + Reports.WWID, 2048, "1 queue_if_no_path 0 1 1 service-time 0 1 2 8:16 1 1");
    }

    private Order farewell(Wwid wwid) {
        return new Order(
                wwid,
                new MapAction.Tell(List.of("fail_if_no_path")),
                wwid.value(),
                UdevFlags.NONE,
                taken::incrementAndGet,
                Optional::empty);
    }

    @Test
    void anOrderWithAReasonAgainstItIsNotBegun() {
        var vetoed = operations
                .start(new Order(
                        OTHER,
                        new MapAction.SwitchGroup(1),
                        OTHER.value(),
                        UdevFlags.NONE,
                        taken::incrementAndGet,
                        () -> Optional.of("too late")))
                .toCompletableFuture();

        talk.runOne();

        assertThat(vetoed.join()).isEqualTo(new NotBegun(new MapAction.SwitchGroup(1), "too late"));
        assertThat(kernel.acts()).isEmpty();
        assertThat(operations.unfinished()).isEmpty();
    }

    @Test
    void aCallThatBreaksLeavesTheWayFree() {
        kernel.breakNext("resume");
        var broken = start(Reports.WWID, new MapAction.Resume());
        var next = start(Reports.WWID, new MapAction.Look());

        change.runOne();
        talk.runOne();

        assertThat(broken).isCompletedExceptionally();
        assertThat(next.join()).isInstanceOf(Performed.class);
    }

    private static WantedMap wanted() {
        return WantedMap.of(
                List.of(Reports.path(1, PathState.UP, 50)),
                Settings.of(GroupingPolicy.MULTIBUS),
                false,
                2048,
                QueueMode.UNSET);
    }

    private CompletableFuture<Ended> start(Wwid wwid, MapAction action) {
        return operations
                .start(new Order(wwid, action, wwid.value(), UdevFlags.NONE, taken::incrementAndGet, Optional::empty))
                .toCompletableFuture();
    }
}
