package org.lunwarden.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

import org.lunwarden.fleet.FailbackSpool.Held;
import org.lunwarden.fleet.FailbackSpool.Keep;
import org.lunwarden.fleet.FailbackSpool.Kept;
import org.lunwarden.fleet.FailbackSpool.Later;
import org.lunwarden.fleet.FailbackSpool.NotKept;
import org.lunwarden.fleet.FailbackSpool.Tell;

/**
 * One write to the shared book, or one read of it: done when a majority of the views knows it and most of the seeds have it
 * on disk. Whether it is or not, it is answered within {@link SharedBook#MAJORITY}. {@link PollWatch} answers for one that
 * breaks.
 */
final class BookPoll {

    /** Messages may be lost, and seeds may be about to start. */
    private static final Duration AGAIN = Duration.ofMillis(500);

    sealed interface Event permits OfViews, FailbackSpool.Answer, AskAgain, Late {}

    record OfViews(SharedBook.Answer answer) implements Event {}

    private record AskAgain() implements Event {}

    private record Late() implements Event {}

    private final SeedSpools spools;
    private final long number;
    private final ActorRef<SharedBook.Answer> replyTo;
    private final FailbackSpool.Command question;
    private final boolean waitsForAll;

    private BookPoll(
            SeedSpools spools,
            long number,
            ActorRef<SharedBook.Answer> replyTo,
            FailbackSpool.Command question,
            boolean waitsForAll) {
        this.spools = spools;
        this.number = number;
        this.replyTo = replyTo;
        this.question = question;
        this.waitsForAll = waitsForAll;
    }

    /** @param views how the views themselves are asked */
    static Behavior<Event> write(
            long number,
            FailbackEntry entry,
            Function<ActorContext<Event>, SharedBook> views,
            SeedSpools spools,
            ActorRef<SharedBook.Answer> replyTo) {
        return begun(views, book -> book.write(number, entry), me -> {
            var nobody = SeedTally.of(spools.seeds().get());
            var poll = new BookPoll(spools, number, replyTo, new Keep(entry, me), false);
            return poll.ask(poll.writing(false, nobody), nobody);
        });
    }

    /**
     * All seeds are waited for, and in the end most of them are enough.
     *
     * @param views how the views themselves are asked
     */
    static Behavior<Event> read(
            long number,
            Function<ActorContext<Event>, SharedBook> views,
            SeedSpools spools,
            ActorRef<SharedBook.Answer> replyTo) {
        return read(number, views, spools, replyTo, true);
    }

    /**
     * Most of the seeds are enough.
     *
     * @param views how the views themselves are asked
     */
    static Behavior<Event> readAgain(
            long number,
            Function<ActorContext<Event>, SharedBook> views,
            SeedSpools spools,
            ActorRef<SharedBook.Answer> replyTo) {
        return read(number, views, spools, replyTo, false);
    }

    private static Behavior<Event> read(
            long number,
            Function<ActorContext<Event>, SharedBook> views,
            SeedSpools spools,
            ActorRef<SharedBook.Answer> replyTo,
            boolean waitsForAll) {
        return begun(views, book -> book.read(number), me -> {
            var nobody = SeedTally.of(spools.seeds().get());
            var poll = new BookPoll(spools, number, replyTo, new Tell(me), waitsForAll);
            return poll.ask(poll.reading(Optional.empty(), List.of(), nobody), nobody);
        });
    }

    private static Behavior<Event> begun(
            Function<ActorContext<Event>, SharedBook> views,
            Consumer<SharedBook> ask,
            Function<ActorRef<FailbackSpool.Answer>, Behavior<Event>> first) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            ask.accept(views.apply(context));
            timers.startTimerWithFixedDelay(new AskAgain(), AGAIN);
            timers.startSingleTimer(new Late(), SharedBook.MAJORITY);
            return first.apply(context.getSelf().narrow());
        }));
    }

    /** @param known whether a majority of the views knows it */
    private Behavior<Event> writing(boolean known, SeedTally kept) {
        if (known && kept.areMost()) {
            return answer(new SharedBook.Written(number), kept);
        }
        if (!kept.canBeMost()) {
            return answer(new SharedBook.NotWritten(number, notOnDisk(kept)), kept);
        }
        return Behaviors.receiveMessage(event -> switch (event) {
            case OfViews(SharedBook.Written done) -> writing(true, kept);
            case OfViews(var refused) -> answer(refused, kept);
            case Kept(var seed) -> writing(known, kept.did(seed));
            case NotKept(var seed, var why) -> writing(known, kept.couldNot(seed, why));
            case Later(var seed, var epoch) -> answer(new SharedBook.Surpassed(number, epoch), kept.did(seed));
            case Held stray -> Behaviors.same();
            case AskAgain() -> ask(Behaviors.same(), kept);
            case Late() -> giveUp(new SharedBook.NotWritten(number, known ? notOnDisk(kept) : SharedBook.NO_MAJORITY));
        });
    }

    /** @param ofViews what a majority of them knows; empty before they have told */
    private Behavior<Event> reading(
            Optional<List<FailbackEntry>> ofViews, Collection<FailbackEntry> ofSeeds, SeedTally told) {
        var isEnough = told.areMost() && (!waitsForAll || told.silent().isEmpty());
        if (ofViews.isPresent() && isEnough) {
            return answer(new SharedBook.Read(number, FailbackBook.merged(ofViews.get(), ofSeeds)), told);
        }
        if (!told.canBeMost()) {
            return answer(new SharedBook.NotRead(number, notTold(told)), told);
        }
        return Behaviors.receiveMessage(event -> switch (event) {
            case OfViews(SharedBook.Read(var anyway, var failbacks)) -> reading(Optional.of(failbacks), ofSeeds, told);
            case OfViews(var refused) -> answer(refused, told);
            case Held(var seed, var failbacks) -> {
                var all = new ArrayList<>(ofSeeds);
                all.addAll(failbacks);
                yield reading(ofViews, all, told.did(seed));
            }
            case NotKept(var seed, var why) -> reading(ofViews, ofSeeds, told.couldNot(seed, why));
            case Kept stray -> Behaviors.same();
            case Later stray -> Behaviors.same();
            case AskAgain() -> ask(Behaviors.same(), told);
            case Late() -> giveUp(inTheEnd(ofViews, ofSeeds, told));
        });
    }

    private SharedBook.Answer inTheEnd(
            Optional<List<FailbackEntry>> ofViews, Collection<FailbackEntry> ofSeeds, SeedTally told) {
        if (ofViews.isEmpty()) {
            return new SharedBook.NotRead(number, SharedBook.NO_MAJORITY);
        }
        return told.areMost()
                ? new SharedBook.Read(number, FailbackBook.merged(ofViews.get(), ofSeeds))
                : new SharedBook.NotRead(number, notTold(told));
    }

    private static String notTold(SeedTally told) {
        return "how failbacks stand is told by " + told.missing();
    }

    private static String notOnDisk(SeedTally kept) {
        return "it is on the disks of " + kept.missing();
    }

    private Behavior<Event> ask(Behavior<Event> next, SeedTally asked) {
        asked.silent().forEach(seed -> spools.send().accept(seed, question));
        return next;
    }

    private Behavior<Event> giveUp(SharedBook.Answer answer) {
        replyTo.tell(answer);
        return Behaviors.stopped();
    }

    private Behavior<Event> answer(SharedBook.Answer answer, SeedTally heard) {
        replyTo.tell(answer);
        return rest(heard);
    }

    /** Nothing depends on the others any more; they shall not speak to nobody. */
    private static Behavior<Event> rest(SeedTally heard) {
        return heard.silent().isEmpty()
                ? Behaviors.stopped()
                : Behaviors.receiveMessage(event -> switch (event) {
                    case FailbackSpool.Answer late -> rest(heard.did(late.seed()));
                    case Late() -> Behaviors.stopped();
                    case AskAgain() -> Behaviors.same();
                    case OfViews late -> Behaviors.same();
                });
    }
}
