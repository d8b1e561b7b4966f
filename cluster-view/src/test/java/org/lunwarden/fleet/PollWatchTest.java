package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.FailbackCoordinator.Command;
import org.lunwarden.fleet.SharedBook.Answer;
import org.lunwarden.fleet.SharedBook.NotRead;
import org.lunwarden.fleet.SharedBook.NotWritten;
import org.lunwarden.fleet.SharedBook.Read;
import org.lunwarden.model.fleet.Epoch;

/** What asks the views and the seeds breaks, at once or on its way. */
class PollWatchTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<MemberAddress> SEEDS = List.of(MemberAddress.parse("v1:7600"));
    private static final FailbackEntry ENTRY = new FailbackEntry(
            Progress.begun("failback-7", Optional.empty(), "eve", new Epoch(7, "v1:7600#a1"), Instant.EPOCH),
            Optional.empty(),
            0);

    private final ActorTestKit kit = ActorTestKit.create(
            "lunwarden",
            FleetConfig.pekko(
                    FleetSettings.onLoopback("v1", Set.of(FleetRole.VIEW), 0, List.of()),
                    ConfigFactory.parseMap(Map.of("pekko.remote.artery.bind.hostname", "127.0.0.1"))));
    private final TestProbe<Command> coordinator = kit.createTestProbe("coordinator");
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void whoeverWritesIsToldThatItBrokeBeforeAnybodyWasAsked() {
        asking(breakingAt(1), book -> book.write(4, ENTRY));

        var answer = coordinator.expectMessageClass(NotWritten.class, PATIENCE);
        assertThat(answer.number()).isEqualTo(4);
        assertThat(answer.why()).contains("broke").contains("no route");
    }

    @Test
    void whoeverReadsIsToldThatItBrokeOnItsWay() {
        asking(breakingAt(2), book -> book.readAgain(4));

        var answer = coordinator.expectMessageClass(NotRead.class, PATIENCE);
        assertThat(answer.number()).isEqualTo(4);
        assertThat(answer.why()).contains("no route");
        assertThat(asked).hasValue(2);
    }

    @Test
    void whatBreaksAfterItHasAnsweredIsNotAnsweredTwice() {
        var replies = kit.<Answer>createTestProbe("replies");
        var poll = kit.<ActorRef<BookPoll.Event>>createTestProbe("poll");
        var watch = kit.spawn(PollWatch.create(
                replyTo -> Behaviors.setup(context -> {
                    poll.ref().tell(context.getSelf());
                    return Behaviors.receiveMessage(any -> {
                        replyTo.tell(new Read(4, List.of()));
                        throw new IllegalStateException("after its answer");
                    });
                }),
                why -> new NotRead(4, why),
                replies.ref()));

        poll.receiveMessage(PATIENCE).tell(new BookPoll.OfViews(new Read(4, List.of())));

        replies.expectMessage(PATIENCE, new Read(4, List.of()));
        replies.expectTerminated(watch, PATIENCE);
        replies.expectNoMessage();
    }

    private SeedSpools breakingAt(int question) {
        return new SeedSpools(() -> SEEDS, (seed, command) -> {
            if (asked.incrementAndGet() == question) {
                throw new IllegalStateException("no route");
            }
        });
    }

    /** As the coordinator asks. */
    private void asking(SeedSpools spools, Consumer<SharedBook> question) {
        kit.spawn(Behaviors.<Command>setup(context -> {
            question.accept(SharedBook.durable(context, spools));
            return Behaviors.receiveMessage(answer -> {
                coordinator.ref().tell(answer);
                return Behaviors.same();
            });
        }));
    }
}
