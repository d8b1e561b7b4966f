package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.FailbackAsked.Start;
import org.lunwarden.fleet.FailbackAsked.StartReply;
import org.lunwarden.fleet.FailbackAsked.Steer;
import org.lunwarden.fleet.FailbackAsked.SteerReply;
import org.lunwarden.fleet.FailbackAsked.Steering;
import org.lunwarden.fleet.FailbackCoordinator.Command;
import org.lunwarden.fleet.FailbackProgress.Phase;
import org.lunwarden.fleet.SharedBook.NotRead;
import org.lunwarden.fleet.SharedBook.NotWritten;
import org.lunwarden.fleet.SharedBook.Read;
import org.lunwarden.fleet.SharedBook.Written;
import org.lunwarden.fleet.failback.AutoPolicy;
import org.lunwarden.fleet.failback.FailbackSettings;
import org.lunwarden.kit.HandDrivenScheduler;
import org.lunwarden.model.fleet.Epoch;

/** A seed that was away when the coordinator read the book comes back with a failback that only it has, as a live one. */
class FailbackBroughtBackTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final FailbackEntry BROUGHT_BACK = new FailbackEntry(
            Progress.begun("failback-7", Optional.empty(), "eve", new Epoch(7, "v0:7600#0"), NOON.minusSeconds(600)),
            Optional.empty(),
            0);

    private final ActorTestKit kit = ActorTestKit.create("coordinator", HandDrivenScheduler.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final TestProbe<ViewActor.Command> view = kit.createTestProbe("view");
    private final TestProbe<StartReply> starter = kit.createTestProbe("starter");
    private final TestProbe<SteerReply> stopper = kit.createTestProbe("stopper");
    private final HeldBook book = new HeldBook();
    private final ActorRef<Command> coordinator = kit.spawn(FailbackCoordinator.create(
            view.ref(),
            new FailbackParts(FailbackSettings.DEFAULTS, AutoPolicy.OFF, List::of, "v1:7600#a1", () -> NOON),
            context -> book));

    @BeforeEach
    void nothingIsUnderWay() {
        isRead();
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void whoeverStopsItHasTheBookReadAnewAndIsToldThatItHasEnded() {
        steer(BROUGHT_BACK.id());
        stopper.expectNoMessage();

        isRead(BROUGHT_BACK);
        assertThat(book.isForAll).isTrue();

        var ended = book.written.expect();
        assertThat(ended.entry().id()).isEqualTo(BROUGHT_BACK.id());
        assertThat(ended.entry().progress().phase()).isEqualTo(Phase.STOPPED);
        assertThat(ended.entry().epoch()).isGreaterThan(BROUGHT_BACK.epoch());
        stopper.expectNoMessage();
        coordinator.tell(new Written(ended.number()));
        assertThat(stopper.receiveMessage().failback()).contains(ended.entry().progress());
    }

    @Test
    void whatIsNotInTheBookEitherIsUnknownAndTheBookIsReadOnceForThat() {
        steer("failback-8");
        steer("failback-9");

        isRead();

        stopper.expectMessage(new SteerReply(Optional.empty(), Optional.empty()));
        stopper.expectMessage(new SteerReply(Optional.empty(), Optional.empty()));
        book.read.expectNone();
    }

    @Test
    void whoeverStopsItWhileTheBookIsNotReadIsToldWhy() {
        steer(BROUGHT_BACK.id());
        book.read.expect();

        coordinator.tell(new NotRead(0, SharedBook.NO_MAJORITY));

        assertThat(stopper.receiveMessage().refused()).contains(SharedBook.NO_MAJORITY);
    }

    @Test
    void itIsEndedAfterTheFailbackThatWasUnderWayWhenItCame() {
        coordinator.tell(start());
        coordinator.tell(new NotWritten(book.written.expect().number(), "no disk"));
        var own = book.written.expect();
        coordinator.tell(new Written(own.number()));

        isRead(own.entry(), BROUGHT_BACK);
        assertThat(book.isForAll)
                .as("a seed that is away holds nobody up who starts the next one")
                .isFalse();

        assertThat(book.written.expect().entry().id()).isEqualTo(BROUGHT_BACK.id());
    }

    @Test
    void whoeverStopsItWhileAnotherIsUnderWayIsToldSoAndTheOtherGoesOn() {
        coordinator.tell(start());
        var own = book.written.expect();
        coordinator.tell(new Written(own.number()));

        steer(BROUGHT_BACK.id());

        assertThat(stopper.receiveMessage().refused())
                .hasValueSatisfying(why -> assertThat(why).contains(own.entry().id()));
        steer(own.entry().id());
        assertThat(book.written.expect().entry().id()).isEqualTo(own.entry().id());
    }

    @Test
    void itIsFoundWithoutAnybodyAsking() {
        time.timePasses(Duration.ofMinutes(1));

        isRead(BROUGHT_BACK);

        assertThat(book.written.expect().entry().progress().phase()).isEqualTo(Phase.STOPPED);
    }

    @Test
    void itIsNotLookedForWhileAFailbackBegins() {
        coordinator.tell(start());
        book.written.expect();

        time.timePasses(Duration.ofMinutes(1));

        book.read.expectNone();
        book.written.expectNone();
    }

    private Start start() {
        return new Start(Optional.empty(), Optional.empty(), "eve", starter.ref());
    }

    private void steer(String id) {
        coordinator.tell(new Steer(id, Steering.STOP, stopper.ref()));
    }

    private void isRead(FailbackEntry... known) {
        assertThat(book.read.expect()).isZero();
        coordinator.tell(new Read(0, List.of(known)));
    }
}
