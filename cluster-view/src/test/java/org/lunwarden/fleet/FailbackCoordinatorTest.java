package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.FailbackCoordinator.Command;
import org.lunwarden.fleet.FailbackCoordinator.Start;
import org.lunwarden.fleet.FailbackCoordinator.StartReply;
import org.lunwarden.fleet.FailbackCoordinator.Stop;
import org.lunwarden.fleet.FailbackCoordinator.StopReply;
import org.lunwarden.fleet.FailbackProgress.Phase;
import org.lunwarden.fleet.FleetSnapshot.FleetHost;
import org.lunwarden.fleet.FleetSnapshot.FleetNexus;
import org.lunwarden.fleet.SharedBook.NotRead;
import org.lunwarden.fleet.SharedBook.NotWritten;
import org.lunwarden.fleet.SharedBook.Read;
import org.lunwarden.fleet.SharedBook.Written;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostId;

/** The coordinator with the majority of the views in the test's hand; {@link CoordinatedFailbackTest} has real ones. */
class FailbackCoordinatorTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Component CONTROLLER =
            new Component(ComponentClass.CONTROLLER, String.format("500a%012x", 0) + "/tpg-1");

    private final ActorTestKit kit = ActorTestKit.create("coordinator", ManualTime.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final TestProbe<ViewActor.Command> view = kit.createTestProbe("view");
    private final TestProbe<StartReply> starter = kit.createTestProbe("starter");
    private final TestProbe<StopReply> stopper = kit.createTestProbe("stopper");
    private final HeldBook book = new HeldBook();
    private final SyntheticHost host = new SyntheticHost(1, 4, 2);
    private volatile Instant now = NOON;
    private final ActorRef<Command> coordinator =
            kit.spawn(FailbackCoordinator.create(view.ref(), () -> now, context -> book), "coordinator");

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void aBookThatNoMajorityReadsIsReadAgainAndNothingBeginsBefore() {
        book.read.expect();
        coordinator.tell(start());
        coordinator.tell(new NotRead());
        book.written.expectNone();

        time.timePasses(RETRY);
        book.read.expect();
        coordinator.tell(new Read(List.of()));

        assertThat(book.written.expect().progress().phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void aStartIsRefusedWhenNoMajorityKnowsOfItAndTheNextOneWaitsUntilOneDoes() {
        idle();
        coordinator.tell(start());
        coordinator.tell(new NotWritten(book.written.expect().number()));

        assertThat(starter.receiveMessage().refused()).contains("no majority");
        var ended = book.written.expect();
        assertThat(ended.progress().phase()).isEqualTo(Phase.STOPPED);
        coordinator.tell(start());
        coordinator.tell(new NotWritten(ended.number()));
        book.written.expectNone();
        time.timePasses(RETRY);
        var again = book.written.expect();
        assertThat(again.progress()).isEqualTo(ended.progress());
        coordinator.tell(new Written(again.number()));

        var next = book.written.expect();
        assertThat(next.progress().phase()).isEqualTo(Phase.RUNNING);
        assertThat(next.progress().epoch()).isGreaterThan(ended.progress().epoch());
    }

    @Test
    void aFailbackWhoseProgressNoMajorityHearsOfStopsAndSendsNothingMore() {
        var running = running();

        coordinator.tell(new NotWritten(book.written.expect().number()));

        var ended = book.written.expect().progress();
        assertThat(ended.id()).isEqualTo(running.id());
        assertThat(ended.phase()).isEqualTo(Phase.STOPPED);
        assertThat(ended.reason()).contains("no majority");
        time.timePasses(RETRY);
        view.expectNoMessage();
    }

    @Test
    void noStepIsSentBeforeAMajorityKnowsOfTheOneBefore() {
        running();
        var unconfirmed = book.written.expect();

        time.timePasses(RETRY);
        answerLook();
        view.expectNoMessage();
        coordinator.tell(new Written(unconfirmed.number()));
        time.timePasses(RETRY);

        answerLook();
    }

    @Test
    void whoeverStopsAFailbackIsAnsweredOnceAMajorityKnows() {
        var running = running();
        coordinator.tell(new Written(book.written.expect().number()));

        coordinator.tell(new Stop(running.id(), stopper.ref()));
        coordinator.tell(new NotWritten(book.written.expect().number()));
        coordinator.tell(new Stop(running.id(), stopper.ref()));
        coordinator.tell(new Stop("another", stopper.ref()));
        stopper.expectNoMessage();
        time.timePasses(RETRY);
        coordinator.tell(new Written(book.written.expect().number()));

        for (var asker = 0; asker < 2; asker++) {
            var stopped = stopper.receiveMessage().stopped().orElseThrow();
            assertThat(stopped.phase()).isEqualTo(Phase.STOPPED);
            assertThat(stopped.reason()).contains("operator");
        }
        assertThat(stopper.receiveMessage().stopped()).isEmpty();
    }

    @Test
    void aStartThatWaitedTooLongIsRefusedSinceNobodyWaitsForItAnyMore() {
        book.read.expect();
        coordinator.tell(start());
        time.timePasses(RETRY);
        now = NOON.plus(FailbackCallers.START_WITHIN);

        coordinator.tell(new Read(List.of()));

        assertThat(starter.receiveMessage().refused()).contains("not there in time");
        book.written.expectNone();
    }

    @Test
    void whoAsksWhileTooManyWaitIsToldSo() {
        book.read.expect();
        for (var waiting = 0; waiting < 100; waiting++) {
            coordinator.tell(start());
        }
        starter.expectNoMessage();

        coordinator.tell(start());
        coordinator.tell(new Stop("failback-1", stopper.ref()));

        assertThat(starter.receiveMessage().refused()).contains("too many");
        assertThat(stopper.receiveMessage().refused())
                .hasValueSatisfying(why -> assertThat(why).contains("too many"));
    }

    @Test
    void aNewCoordinatorGoesOnWithWhatWasUnderWayUnderAHigherEpoch() {
        book.read.expect();
        var far = NOON.plus(Duration.ofDays(1)).toEpochMilli();
        var left = Progress.begun("failback-7", Optional.of(CONTROLLER), far, NOON);
        coordinator.tell(start());

        coordinator.tell(new Read(List.of(left)));

        var resumed = book.written.expect();
        assertThat(resumed.progress().id()).isEqualTo(left.id());
        assertThat(resumed.progress().epoch()).isGreaterThan(far);
        view.expectNoMessage();
        coordinator.tell(new Written(resumed.number()));
        assertThat(starter.receiveMessage().running()).contains(left.id());
        answerLook();
        assertThat(order().epoch()).isEqualTo(resumed.progress().epoch());
    }

    @Test
    void anAnswerOfAnotherEpochChangesNothing() {
        var running = running();
        coordinator.tell(new Written(book.written.expect().number()));

        coordinator.tell(
                new SharedFleet.Answered(running.epoch() - 1, host.id(), new HostAnswer.Refused("of long ago")));

        book.written.expectNone();
    }

    private Start start() {
        return new Start(Optional.of(CONTROLLER), starter.ref());
    }

    private void idle() {
        book.read.expect();
        coordinator.tell(new Read(List.of()));
    }

    /** A failback of which the first step was just sent; that it was is written, and not confirmed. */
    private FailbackProgress running() {
        host.fail(CONTROLLER);
        host.restore(CONTROLLER);
        idle();
        coordinator.tell(start());
        var begun = book.written.expect();
        coordinator.tell(new Written(begun.number()));
        assertThat(starter.receiveMessage().started()).contains(begun.progress());
        answerLook();
        assertThat(order().epoch()).isEqualTo(begun.progress().epoch());
        return begun.progress();
    }

    private void answerLook() {
        if (host.report().maps().stream().noneMatch(map -> map.isOffBestGroup())) {
            host.fail(CONTROLLER);
            host.restore(CONTROLLER);
        }
        view.expectMessageClass(ViewActor.GetSnapshot.class).replyTo().tell(fleet());
    }

    private HostCommand.FailBack order() {
        var asked = view.expectMessageClass(ViewActor.AskHost.class);
        assertThat(asked.host()).isEqualTo(host.id());
        return (HostCommand.FailBack) asked.command();
    }

    private FleetSnapshot fleet() {
        var report = host.report();
        var known = new FleetHost(
                host.id(),
                Contact.REPORTING,
                now,
                Optional.of(report.run()),
                report.revision(),
                report.uptime(),
                report.version(),
                report.nexuses().stream()
                        .map(row -> new FleetNexus(row, row.state(), now))
                        .toList(),
                report.maps());
        return new FleetSnapshot(new HostId("v0"), now, 1, List.of(known), List.of());
    }

    private record Write(long number, FailbackProgress progress) {}

    /** Calls that were made, one after the other. */
    private static final class Calls<T> {

        private final BlockingQueue<T> calls = new LinkedBlockingQueue<>();

        T expect() {
            try {
                return Optional.ofNullable(calls.poll(10, TimeUnit.SECONDS))
                        .orElseThrow(() -> new AssertionError("no call"));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        void expectNone() {
            try {
                assertThat(Optional.ofNullable(calls.poll(100, TimeUnit.MILLISECONDS)))
                        .isEmpty();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Answers when the test does. */
    private static final class HeldBook implements SharedBook {

        private final Calls<String> read = new Calls<>();
        private final Calls<Write> written = new Calls<>();

        @Override
        public void read() {
            read.calls.add("read");
        }

        @Override
        public void write(long number, FailbackProgress progress) {
            written.calls.add(new Write(number, progress));
        }
    }
}
