package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.FailbackAsked.Start;
import org.lunwarden.fleet.FailbackAsked.StartReply;
import org.lunwarden.fleet.FailbackAsked.Steer;
import org.lunwarden.fleet.FailbackAsked.SteerReply;
import org.lunwarden.fleet.FailbackCoordinator.Command;
import org.lunwarden.fleet.FailbackProgress.Phase;
import org.lunwarden.fleet.FleetSnapshot.FleetHost;
import org.lunwarden.fleet.FleetSnapshot.FleetNexus;
import org.lunwarden.fleet.SharedBook.NotRead;
import org.lunwarden.fleet.SharedBook.NotWritten;
import org.lunwarden.fleet.SharedBook.Read;
import org.lunwarden.fleet.SharedBook.Written;
import org.lunwarden.fleet.failback.AutoPolicy;
import org.lunwarden.fleet.failback.Course;
import org.lunwarden.fleet.failback.FailbackPlan;
import org.lunwarden.fleet.failback.FailbackSettings;
import org.lunwarden.kit.HandDrivenScheduler;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.fleet.Epoch;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostAnswer.Move;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostId;

/** The coordinator with the book in the test's hand; {@link CoordinatedFailbackTest} has real ones. */
class FailbackCoordinatorTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final String LACKING =
            "it is on the disks of only 1 of 3 seeds (v2:7600: no answer, v3:7600: no answer)";
    private static final Component CONTROLLER =
            new Component(ComponentClass.CONTROLLER, String.format("500a%012x", 0) + "/tpg-1");

    private final ActorTestKit kit = ActorTestKit.create("coordinator", HandDrivenScheduler.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final TestProbe<ViewActor.Command> view = kit.createTestProbe("view");
    private final TestProbe<StartReply> starter = kit.createTestProbe("starter");
    private final TestProbe<SteerReply> stopper = kit.createTestProbe("stopper");
    private final HeldBook book = new HeldBook();
    private final SyntheticHost host = new SyntheticHost(1, 4, 2);
    private volatile Instant now = NOON;
    private final ActorRef<Command> coordinator =
            kit.spawn(FailbackCoordinator.create(view.ref(), parts(), context -> book), "coordinator");

    private FailbackParts parts() {
        return parts(AutoPolicy.OFF);
    }

    private FailbackParts parts(AutoPolicy auto) {
        return new FailbackParts(FailbackSettings.DEFAULTS, auto, List::of, "v1:7600#a1", () -> now);
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void aBookThatIsNotReadIsAskedAgainAndNothingBeginsBefore() {
        book.read.expect();
        coordinator.tell(start());
        coordinator.tell(new NotRead(0, SharedBook.NO_MAJORITY));
        book.written.expectNone();

        time.timePasses(RETRY);
        book.read.expect();
        coordinator.tell(new Read(0, List.of()));

        assertThat(book.written.expect().entry().progress().phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void aStartIsRefusedWhenItIsNotWrittenAndTheNextOneWaitsUntilTheEndOfThatIs() {
        idle();
        coordinator.tell(start());
        coordinator.tell(new NotWritten(book.written.expect().number(), LACKING));

        assertThat(starter.receiveMessage().refused()).isEqualTo(LACKING);
        var ended = book.written.expect();
        assertThat(ended.entry().progress().phase()).isEqualTo(Phase.STOPPED);
        coordinator.tell(start());
        coordinator.tell(new NotWritten(ended.number(), LACKING));
        book.written.expectNone();
        time.timePasses(RETRY);
        var again = book.written.expect();
        assertThat(again.entry().progress()).isEqualTo(ended.entry().progress());
        coordinator.tell(new Written(again.number()));
        book.read.expect();
        coordinator.tell(new Read(0, List.of(again.entry())));

        var next = book.written.expect();
        assertThat(next.entry().progress().phase()).isEqualTo(Phase.RUNNING);
        assertThat(next.entry().progress().epoch())
                .isGreaterThan(ended.entry().progress().epoch());
    }

    @Test
    void aFailbackWhoseProgressIsNotWrittenBeginsNothingUntilItIsAndTellsWhy() {
        var running = running();
        var planned = book.written.expect();

        coordinator.tell(new NotWritten(planned.number(), LACKING));
        var again = until(book.written);
        assertThat(again.entry().id()).isEqualTo(running.id());
        assertThat(again.entry().course()).isEqualTo(planned.entry().course());
        assertThat(again.entry().progress().phase()).isEqualTo(Phase.RUNNING);
        assertThat(again.entry().progress().log().getLast().text()).contains(LACKING);
        coordinator.tell(new NotWritten(again.number(), LACKING));
        var third = until(book.written);
        assertThat(third.entry()).isEqualTo(again.entry());
        coordinator.tell(new Written(third.number()));
        assertThat(until(book.read)).isEqualTo(third.number());
        coordinator.tell(new Read(third.number(), List.of(third.entry())));

        assertThat(untilAsked()).isInstanceOf(HostCommand.MayFailBack.class);
    }

    @Test
    void aBookThatCannotBeReadAgainAfterAWriteHoldsBackWhatWasToBeSent() {
        running();
        var planned = book.written.expect();
        coordinator.tell(new Written(planned.number()));
        time.timePasses(LOOK);
        answerLook();
        assertThat(book.read.expect()).isEqualTo(planned.number());

        coordinator.tell(new NotRead(planned.number(), LACKING));
        var again = until(book.written);
        coordinator.tell(new Written(again.number()));
        assertThat(until(book.read)).isEqualTo(again.number());
        coordinator.tell(new Read(again.number(), List.of(again.entry())));

        untilAsked();
    }

    @Test
    void whoeverPausesAFailbackIsToldWhyWhenThatIsNotWritten() {
        var running = running();
        coordinator.tell(new Written(book.written.expect().number()));

        coordinator.tell(new Steer(running.id(), FailbackAsked.Steering.PAUSE, stopper.ref()));
        coordinator.tell(new NotWritten(book.written.expect().number(), LACKING));

        assertThat(stopper.receiveMessage().refused())
                .hasValueSatisfying(why -> assertThat(why).startsWith(LACKING));
    }

    @Test
    void whatAnEarlierCoordinatorLeftIsGoneOnWithAsSoonAsThatIsWritten() {
        host.fail(CONTROLLER);
        host.restore(CONTROLLER);
        book.read.expect();
        coordinator.tell(new Read(0, List.of(leftUnderWay(new Epoch(7, "v0:7600#0")))));
        var resumed = book.written.expect();

        coordinator.tell(new NotWritten(resumed.number(), LACKING));

        var again = until(book.written);
        assertThat(again.entry().course()).isEqualTo(resumed.entry().course());
        assertThat(again.entry().progress().phase()).isEqualTo(Phase.RUNNING);
        assertThat(again.entry().progress().log().getLast().text()).contains(LACKING);
    }

    @Test
    void whoAsksWhileTheBookIsNotReadIsToldWhyInTime() {
        book.read.expect();
        coordinator.tell(start());
        coordinator.tell(new Steer("failback-7", FailbackAsked.Steering.STOP, stopper.ref()));

        coordinator.tell(new NotRead(0, LACKING));
        assertThat(stopper.receiveMessage().refused()).contains(LACKING);
        starter.expectNoMessage();
        now = NOON.plus(FailbackCallers.START_WITHIN);
        assertThat(until(book.read)).isZero();
        coordinator.tell(new NotRead(0, LACKING));

        assertThat(starter.receiveMessage().refused()).isEqualTo(LACKING);
    }

    @Test
    void hostsAreToldNothingBeforeItIsWrittenAndTheBookHasNobodyElse() {
        running();
        var planned = book.written.expect();

        time.timePasses(LOOK);
        answerLook();
        view.expectNoMessage();
        coordinator.tell(new Written(planned.number()));
        time.timePasses(LOOK);
        answerLook();
        assertThat(book.read.expect()).isEqualTo(planned.number());
        view.expectNoMessage();
        coordinator.tell(new Read(planned.number(), List.of(planned.entry())));
        answerLook();

        assertThat(asked(HostCommand.MayFailBack.class).command().epoch())
                .isEqualTo(planned.entry().epoch());
    }

    @Test
    void whatHostsCouldMoveIsMovedOnceItIsWrittenThatItWillBe() {
        running();
        var planned = cleared();
        var question = asked(HostCommand.MayFailBack.class);

        answer(question, Move.READY);
        var written = book.written.expect();
        time.timePasses(LOOK);
        answerLook();
        view.expectNoMessage();
        clear(written);

        assertThat(asked(HostCommand.FailBack.class).command().maps())
                .isEqualTo(question.command().maps());
        assertThat(written.entry().version()).isGreaterThan(planned.entry().version());
    }

    @Test
    void aCoordinatorThatFindsALaterOneInTheBookSendsNothingAndGoesOnWithWhatThatOneLeft() {
        running();
        var planned = book.written.expect();
        coordinator.tell(new Written(planned.number()));
        time.timePasses(LOOK);
        answerLook();
        book.read.expect();
        var later = Progress.noted(planned.entry().progress(), above(planned.entry()), NOON, "by another");

        coordinator.tell(new Read(
                planned.number(),
                List.of(planned.entry().with(later, planned.entry().course()))));

        assertThat(book.read.expect()).isZero();
        coordinator.tell(new Steer(planned.entry().id(), FailbackAsked.Steering.STOP, stopper.ref()));
        book.written.expectNone();
        view.expectNoMessage();
    }

    @Test
    void aWriteThatALaterCoordinatorPrecededEndsThisOne() {
        running();

        coordinator.tell(new SharedBook.Surpassed(book.written.expect().number(), Epoch.NONE));

        assertThat(book.read.expect()).isZero();
        book.written.expectNone();
    }

    @Test
    void aPausedFailbackBeginsNothingUntilItGoesOn() {
        var running = running();
        coordinator.tell(new Written(book.written.expect().number()));

        coordinator.tell(new Steer(running.id(), FailbackAsked.Steering.PAUSE, stopper.ref()));
        var paused = book.written.expect();
        stopper.expectNoMessage();
        coordinator.tell(new Written(paused.number()));
        assertThat(stopper.receiveMessage().failback().orElseThrow().phase()).isEqualTo(Phase.PAUSED);
        time.timePasses(LOOK);
        answerLook();
        view.expectNoMessage();
        coordinator.tell(new Steer(running.id(), FailbackAsked.Steering.GO_ON, stopper.ref()));
        clear(book.written.expect());

        asked(HostCommand.MayFailBack.class);
        assertThat(stopper.receiveMessage().failback().orElseThrow().phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void aPlanThatIsNotTheOneThatWasAgreedToIsNotBegun() {
        host.fail(CONTROLLER);
        host.restore(CONTROLLER);
        idle();
        coordinator.tell(new Start(Optional.of(CONTROLLER), Optional.of("000000000000"), "eve", starter.ref()));
        coordinator.tell(new Written(book.written.expect().number()));
        answerLook();

        var stopped = book.written.expect().entry();

        assertThat(stopped.progress().phase()).isEqualTo(Phase.STOPPED);
        assertThat(stopped.progress().reason()).contains("not 000000000000");
        assertThat(stopped.course()).isEmpty();
    }

    @Test
    void whoeverStopsAFailbackIsAnsweredOnceThatIsWrittenAndToldWhyWhileItIsNot() {
        var running = running();
        coordinator.tell(new Written(book.written.expect().number()));

        coordinator.tell(new Steer(running.id(), FailbackAsked.Steering.STOP, stopper.ref()));
        coordinator.tell(new NotWritten(book.written.expect().number(), LACKING));
        coordinator.tell(new Steer(running.id(), FailbackAsked.Steering.STOP, stopper.ref()));
        coordinator.tell(new Steer("another", FailbackAsked.Steering.STOP, stopper.ref()));
        assertThat(stopper.receiveMessage().refused())
                .hasValueSatisfying(why -> assertThat(why).startsWith(LACKING));
        stopper.expectNoMessage();
        time.timePasses(RETRY);
        coordinator.tell(new Written(book.written.expect().number()));
        book.read.expect();
        coordinator.tell(new Read(0, List.of()));

        var stopped = stopper.receiveMessage().failback().orElseThrow();
        assertThat(stopped.phase()).isEqualTo(Phase.STOPPED);
        assertThat(stopped.reason()).contains("operator");
        assertThat(stopper.receiveMessage().failback()).isEmpty();
    }

    @Test
    void aStartThatWaitedTooLongIsRefusedSinceNobodyWaitsForItAnyMore() {
        book.read.expect();
        coordinator.tell(start());
        time.timePasses(RETRY);
        now = NOON.plus(FailbackCallers.START_WITHIN);

        coordinator.tell(new Read(0, List.of()));

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
        coordinator.tell(new Steer("failback-1", FailbackAsked.Steering.STOP, stopper.ref()));

        assertThat(starter.receiveMessage().refused()).contains("too many");
        assertThat(stopper.receiveMessage().refused())
                .hasValueSatisfying(why -> assertThat(why).contains("too many"));
    }

    @Test
    void aNewCoordinatorGoesOnWithWhatWasUnderWayUnderAHigherEpoch() {
        host.fail(CONTROLLER);
        host.restore(CONTROLLER);
        book.read.expect();
        var far = new Epoch(NOON.plus(Duration.ofDays(1)).toEpochMilli(), "v9:7600#9");
        var left = leftUnderWay(far);
        coordinator.tell(start());

        coordinator.tell(new Read(0, List.of(left)));

        var resumed = book.written.expect();
        assertThat(resumed.entry().progress().id()).isEqualTo(left.id());
        assertThat(resumed.entry().progress().epoch()).isGreaterThan(far);
        view.expectNoMessage();
        coordinator.tell(new Written(resumed.number()));
        assertThat(starter.receiveMessage().running()).contains(left.id());
        answerLook();
        var planned = cleared();
        assertThat(asked(HostCommand.MayFailBack.class).command().epoch())
                .isEqualTo(resumed.entry().epoch())
                .isEqualTo(planned.entry().epoch());
    }

    @Test
    void whatAnEarlierCoordinatorHadNotPlannedIsNotPlannedByItsSuccessorWhateverTheFleetIsLikeByThen() {
        host.fail(CONTROLLER);
        host.restore(CONTROLLER);
        book.read.expect();
        var begun = Progress.begun("failback-7", Optional.of(CONTROLLER), "eve", new Epoch(7, "v0:7600#0"), NOON);

        coordinator.tell(new Read(0, List.of(new FailbackEntry(begun, Optional.empty(), 0))));

        var ended = book.written.expect();
        assertThat(ended.entry().id()).isEqualTo("failback-7");
        assertThat(ended.entry().progress().phase()).isEqualTo(Phase.STOPPED);
        assertThat(ended.entry().progress().reason()).isEqualTo("its coordinator ended before it had a plan");
        view.expectNoMessage();
        coordinator.tell(new Written(ended.number()));
        book.read.expect();
        coordinator.tell(new Read(0, List.of(ended.entry())));
        coordinator.tell(start());
        assertThat(book.written.expect().entry().epoch())
                .isGreaterThan(ended.entry().epoch());
    }

    @Test
    void aCoordinatorThatAHostRefusesAsOlderStandsDownWhenALaterOneIsInTheBookUntilNothingIsHeardOfIt() {
        running();
        var planned = cleared();
        var later = laterThan(planned);

        olderEpoch(asked(HostCommand.MayFailBack.class), later.epoch());
        assertThat(book.read.expect()).isEqualTo(FailbackLedger.DOUBT);
        book.written.expectNone();
        coordinator.tell(new Read(FailbackLedger.DOUBT, List.of(later)));

        assertThat(book.read.expect()).isZero();
        coordinator.tell(new Read(0, List.of(later)));
        book.written.expectNone();
        now = NOON.plusSeconds(60);
        var moved = later.with(Progress.noted(later.progress(), later.epoch(), NOON, "moves"), later.course());
        readAgain(moved);
        book.written.expectNone();
        now = NOON.plusSeconds(125);
        readAgain(moved);
        book.written.expectNone();
        now = NOON.plusSeconds(126);
        readAgain(moved);
        assertThat(book.written.expect().entry().epoch()).isGreaterThan(later.epoch());
    }

    @Test
    void aCoordinatorThatAHostRefusesAsOlderGoesAboveItWhenTheBookHasNobody() {
        running();
        var planned = cleared();
        var forgotten = above(planned.entry());

        olderEpoch(asked(HostCommand.MayFailBack.class), forgotten);
        assertThat(book.read.expect()).isEqualTo(FailbackLedger.DOUBT);
        coordinator.tell(new Steer(planned.entry().id(), FailbackAsked.Steering.PAUSE, stopper.ref()));
        coordinator.tell(new Read(FailbackLedger.DOUBT, List.of(planned.entry())));

        assertThat(book.written.expect().entry().epoch()).isGreaterThan(forgotten);
        assertThat(book.written.expect().entry().progress().phase()).isEqualTo(Phase.PAUSED);
    }

    @Test
    void whatBeginsByItselfIsJudgedAgainByTheCoordinatorAndOneThatStoppedHoldsTheNextBack() {
        host.fail(CONTROLLER);
        host.restore(CONTROLLER);
        var policy =
                new AutoPolicy(true, Duration.ofSeconds(1), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, ZoneOffset.UTC, 4);
        book.read.expect();
        var board = kit.<FailbackBoard.Command>createTestProbe("board");
        var withPolicy =
                kit.spawn(FailbackActors.coordinator(view.ref(), board.ref(), parts(policy), context -> book), "auto");
        book.read.expect();
        withPolicy.tell(new Read(0, List.of()));

        time.timePasses(Duration.ofSeconds(10));
        board.expectMessageClass(FailbackBoard.Show.class).replyTo().tell(new FailbackBoard.Shown(List.of()));
        answerLook();
        answerLook();
        var begun = book.written.expect();
        assertThat(begun.entry().progress().by()).isEqualTo("auto");
        withPolicy.tell(new Written(begun.number()));
        withPolicy.tell(new Steer(begun.entry().id(), FailbackAsked.Steering.STOP, stopper.ref()));
        var stopped = book.written.expect();
        withPolicy.tell(new Written(stopped.number()));
        stopper.receiveMessage();
        book.read.expect();
        withPolicy.tell(new Read(0, List.of(stopped.entry())));
        view.expectMessageClass(ViewActor.GetSnapshot.class);

        withPolicy.tell(new Start(Optional.empty(), Optional.empty(), "auto", starter.ref()));
        answerLook();

        assertThat(starter.receiveMessage().refused()).contains("nobody has had one done since");
        book.written.expectNone();
    }

    @Test
    void withoutThePolicyNothingBeginsByItself() {
        host.fail(CONTROLLER);
        host.restore(CONTROLLER);
        idle();

        coordinator.tell(new Start(Optional.empty(), Optional.empty(), "auto", starter.ref()));
        answerLook();

        assertThat(starter.receiveMessage().refused()).isEqualTo("it is off");
        book.written.expectNone();
    }

    private static FailbackEntry laterThan(HeldBook.Write planned) {
        var entry = planned.entry();
        return entry.with(Progress.noted(entry.progress(), above(entry), NOON, "by another"), entry.course());
    }

    private static Epoch above(FailbackEntry entry) {
        return new Epoch(entry.epoch().term() + 9, "v2:7600#b2");
    }

    private static void olderEpoch(Told told, Epoch seen) {
        told.replyTo().tell(new HostAnswer.Refused("older", Optional.of(seen)));
    }

    private void readAgain(FailbackEntry entry) {
        time.timePasses(RETRY);
        assertThat(book.read.expect()).isZero();
        coordinator.tell(new Read(0, List.of(entry)));
    }

    @Test
    void anAnswerOfAnotherEpochChangesNothing() {
        var running = running();
        coordinator.tell(new Written(book.written.expect().number()));

        coordinator.tell(new SharedFleet.Answered(
                new Epoch(running.epoch().term() - 1, ""), host.id(), new HostAnswer.Refused("of long ago")));

        book.written.expectNone();
    }

    private FailbackEntry leftUnderWay(Epoch epoch) {
        var seen = FailbackFacts.situation(fleet(), List.of(), NOON);
        var plan = FailbackPlan.of(Optional.of(CONTROLLER), seen, FailbackSettings.DEFAULTS);
        var begun = Progress.begun("failback-7", Optional.of(CONTROLLER), "eve", epoch, NOON);
        return new FailbackEntry(Progress.planned(begun, plan, NOON), Optional.of(Course.of(plan, seen)), 0);
    }

    private Start start() {
        return new Start(Optional.of(CONTROLLER), Optional.empty(), "eve", starter.ref());
    }

    private void idle() {
        book.read.expect();
        coordinator.tell(new Read(0, List.of()));
    }

    /** A failback that was just planned; that it was is written, and not confirmed. */
    private FailbackProgress running() {
        host.fail(CONTROLLER);
        host.restore(CONTROLLER);
        idle();
        coordinator.tell(start());
        var begun = book.written.expect();
        coordinator.tell(new Written(begun.number()));
        assertThat(starter.receiveMessage().started()).contains(begun.entry().progress());
        answerLook();
        return begun.entry().progress();
    }

    /** What was just asked for is written, and the book has nobody else. */
    private HeldBook.Write cleared() {
        var written = book.written.expect();
        clear(written);
        return written;
    }

    private void clear(HeldBook.Write written) {
        coordinator.tell(new Written(written.number()));
        time.timePasses(LOOK);
        answerLook();
        assertThat(book.read.expect()).isEqualTo(written.number());
        coordinator.tell(new Read(written.number(), List.of(written.entry())));
        answerLook();
    }

    /** Time passes until there is such a call; the coordinator sees the fleet meanwhile, and no host is told anything. */
    private <T> T until(HeldBook.Calls<T> calls) {
        for (var look = 0; look < 600; look++) {
            var call = calls.now();
            if (call.isPresent()) {
                return call.get();
            }
            passed().ifPresent(told -> {
                throw new AssertionError("told too early: " + told);
            });
        }
        throw new AssertionError("no call");
    }

    private HostCommand untilAsked() {
        for (var look = 0; look < 600; look++) {
            var told = passed();
            if (told.isPresent()) {
                return told.get();
            }
        }
        throw new AssertionError("no host was told anything");
    }

    /** Gives what a host was told meanwhile. */
    private Optional<HostCommand> passed() {
        time.timePasses(LOOK);
        ViewActor.Command message;
        try {
            message = view.receiveMessage(Duration.ofMillis(50));
        } catch (AssertionError none) {
            return Optional.empty();
        }
        if (message instanceof ViewActor.AskHost told) {
            return Optional.of(told.command());
        }
        ((ViewActor.GetSnapshot) message).replyTo().tell(fleet());
        return Optional.empty();
    }

    private void answerLook() {
        view.expectMessageClass(ViewActor.GetSnapshot.class).replyTo().tell(fleet());
    }

    /** What a host was asked or told. */
    private record Told(HostCommand.OfFailback command, ActorRef<HostAnswer> replyTo) {}

    private Told asked(Class<? extends HostCommand.OfFailback> what) {
        var asked = view.expectMessageClass(ViewActor.AskHost.class);
        assertThat(asked.host()).isEqualTo(host.id());
        assertThat(asked.command()).isInstanceOf(what);
        return new Told((HostCommand.OfFailback) asked.command(), asked.replyTo());
    }

    private static void answer(Told told, Move move) {
        told.replyTo()
                .tell(new HostAnswer.FailedBack(told.command().maps().stream()
                        .map(map -> new HostAnswer.Outcome(map, move, ""))
                        .toList()));
    }

    private FleetSnapshot fleet() {
        var report = host.report();
        var booted = now.minus(report.uptime()).minusSeconds(60);
        var known = new FleetHost(
                host.id(),
                Contact.REPORTING,
                now,
                Optional.of(report.run()),
                report.revision(),
                report.uptime().plusSeconds(60),
                report.version(),
                report.nexuses().stream()
                        .map(row -> new FleetNexus(row, row.state(), booted.plus(row.uptimeOfChange())))
                        .toList(),
                report.maps());
        return new FleetSnapshot(new HostId("v0"), now, 1, List.of(known), List.of());
    }
}
