package org.lunwarden.fleet;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

import org.lunwarden.fleet.FailbackAsked.Kept;
import org.lunwarden.fleet.FailbackAsked.Sought;
import org.lunwarden.fleet.FailbackAsked.Start;
import org.lunwarden.fleet.FailbackAsked.Steer;
import org.lunwarden.fleet.FailbackCoordinator.Again;
import org.lunwarden.fleet.FailbackCoordinator.Command;
import org.lunwarden.fleet.SharedBook.NotRead;
import org.lunwarden.fleet.SharedBook.NotWritten;
import org.lunwarden.fleet.SharedBook.Read;
import org.lunwarden.fleet.SharedBook.Surpassed;
import org.lunwarden.fleet.SharedBook.Written;
import org.lunwarden.fleet.SharedFleet.Answered;
import org.lunwarden.fleet.SharedFleet.Look;
import org.lunwarden.fleet.SharedFleet.NotSeen;
import org.lunwarden.fleet.SharedFleet.Seen;
import org.lunwarden.fleet.failback.Situation;
import org.lunwarden.model.fleet.Epoch;
import org.lunwarden.model.fleet.HostId;

/**
 * What the coordinator does as long as a failback runs: from the write that it does to the write that it is over. Hosts are
 * told nothing, and nobody is answered, before what they are told is written; and before hosts are told, the book is read
 * again, whether somebody else has begun. What cannot be written is waited for.
 */
record FailbackUnderWay(
        ActorContext<Command> context,
        TimerScheduler<Command> timers,
        FailbackCallers callers,
        FailbackLedger ledger,
        SharedFleet fleet,
        FailbackParts parts,
        Between between) {

    private static final Duration LOOK = Duration.ofMillis(250);

    /** It may hold already: some may have written it. */
    private static final String UNSURE = "; it is tried again";

    /** The coordinator between one failback and the next. */
    interface Between {

        /** Gives an epoch of this coordinator above that one. */
        Epoch above(Epoch seen);

        /** That it has ended is written. */
        Behavior<Command> ended();

        /** A later coordinator goes on with it. */
        Behavior<Command> leftTo(Epoch later);

        /**
         * Has {@link Again} come after a while.
         *
         * @param why it cannot go on now, in words
         */
        Behavior<Command> again(String why);
    }

    /** Writes that it runs, and looks at the fleet when that is written. */
    Behavior<Command> begin(FailbackWork work, Optional<Start> start) {
        return beginning(work, start, ledger.write(work));
    }

    private Behavior<Command> beginning(FailbackWork work, Optional<Start> start, long awaited) {
        return Behaviors.receiveMessage(command -> switch (command) {
            case Written(var number)
            when number == awaited -> {
                ledger.written(number);
                start.ifPresent(asked -> FailbackCallers.begun(asked, work.progress()));
                fleet.look();
                yield callers.goOnWith(running(work));
            }
            case NotWritten(var number, var why)
            when number == awaited ->
                start.map(asked -> {
                            FailbackCallers.refuse(asked, why, Optional.empty());
                            return end(work.stopped(clock().instant(), why));
                        })
                        .orElseGet(() -> {
                            between.again(why);
                            return beginning(work.waiting(why, clock().instant()), start, awaited);
                        });
            case Surpassed(var number, var later)
            when number == awaited -> {
                start.ifPresent(asked -> FailbackCallers.refuse(asked, "another coordinator began", Optional.empty()));
                yield surpassed(work, later);
            }
            case Again() -> begin(work, start);
            case FailbackAsked asked -> callers.keep(asked, clock().instant());
            case SharedBook.Answer late -> Behaviors.same();
            case SharedFleet.Answer late -> Behaviors.same();
        });
    }

    private Behavior<Command> running(FailbackWork work) {
        return Behaviors.receiveMessage(command -> switch (command) {
            case Start start -> FailbackCallers.refuse(start, "another failback is under way", Optional.of(work.id()));
            case Kept(var start, var until) ->
                FailbackCallers.refuse(start, "another failback is under way", Optional.of(work.id()));
            case Steer steer -> steer(work, steer);
            case Sought(var steer) -> steer(work, steer);
            case SharedFleet.Answer event -> about(work, event);
            case Written(var number) -> {
                if (ledger.isLast(number)) {
                    timers.cancel(new Again());
                }
                ledger.written(number);
                ledger.answer(work.progress());
                yield Behaviors.same();
            }
            case Read(var number, var known)
            when work.entry().epoch().isOlderThan(FailbackBook.latest(known)) ->
                surpassed(work, FailbackBook.latest(known));
            case Read(var number, var known) -> {
                ledger.cleared(number);
                fleet.look();
                yield Behaviors.same();
            }
            case Surpassed(var number, var later) -> surpassed(work, later);
            case NotWritten(var number, var why) -> ledger.isLast(number) ? waiting(work, why) : Behaviors.same();
            case NotRead(var number, var why) -> ledger.isLast(number) ? waiting(work, why) : Behaviors.same();
            case Again() -> {
                ledger.write(work);
                yield Behaviors.same();
            }
        });
    }

    /** Nothing is begun, while all is watched as before, until a majority of the views and most of the seeds are there. */
    private Behavior<Command> waiting(FailbackWork work, String why) {
        var next = work.waiting(why, clock().instant());
        if (!next.equals(work)) {
            context.getLog().warn("{}: nothing is begun: {}", work.id(), why);
        }
        ledger.refuseAll(why + UNSURE);
        between.again(why);
        return running(next);
    }

    /** Another one that is shown as under way is looked for in the book when this one has ended. */
    private Behavior<Command> steer(FailbackWork work, Steer steer) {
        if (!steer.id().equals(work.id())) {
            return FailbackCallers.refuse(steer, work.id() + " is under way, and no other one until it has ended");
        }
        var now = clock().instant();
        var next = switch (steer.steering()) {
            case STOP -> work.stopped(now, "stopped by an operator");
            case PAUSE -> work.paused(true, now);
            case GO_ON -> work.paused(false, now);
        };
        var then = follow(work, next);
        ledger.await(steer.replyTo());
        ledger.answer(next.progress());
        return then;
    }

    private Behavior<Command> about(FailbackWork work, SharedFleet.Answer event) {
        return switch (event) {
            case Look() -> {
                fleet.look();
                yield Behaviors.same();
            }
            case NotSeen(var problem) -> {
                context.getLog().warn("{}: the view does not answer: {}", work.id(), problem);
                timers.startSingleTimer(new Look(), LOOK);
                yield Behaviors.same();
            }
            case Seen(var now) -> {
                timers.startSingleTimer(new Look(), LOOK);
                yield seen(work, FailbackFacts.situation(now, parts.windows().get(), clock().instant()));
            }
            case Answered(var step, var host, var answer) ->
                work.surpassedBy(step, answer)
                        .map(seen -> doubting(work, host, seen))
                        .orElseGet(() ->
                                follow(work, work.answered(step, host, answer, clock().instant(), parts.settings())));
        };
    }

    /** Nothing is sent before it is written, and the book, read afterwards, has nobody else in it. */
    private Behavior<Command> seen(FailbackWork work, Situation situation) {
        var next = work.seen(situation, parts.settings());
        if (next.isOver() || !next.entry().equals(work.entry()) || !next.hasToSend(situation.at())) {
            return follow(work, next);
        }
        if (!ledger.mayAct()) {
            return running(next);
        }
        var sending = next.send(situation, parts.settings());
        sending.orders().forEach(fleet::send);
        return follow(next, sending.work());
    }

    /** A later coordinator may have asked that host: this one goes above it only if the book has none. */
    private Behavior<Command> doubting(FailbackWork work, HostId host, Epoch seen) {
        timers.cancelAll();
        ledger.doubt();
        return Behaviors.receiveMessage(command -> switch (command) {
            case Read(var number, var known)
            when work.entry().epoch().isOlderThan(FailbackBook.latest(known)) ->
                surpassed(work, FailbackBook.latest(known));
            case Read(var number, var known) when number == FailbackLedger.DOUBT -> above(work, host, seen);
            case Surpassed(var number, var later) -> surpassed(work, later);
            case NotRead(var number, var why) when number == FailbackLedger.DOUBT -> between.again(why);
            case Again() -> doubting(work, host, seen);
            case Written(var number) -> {
                ledger.written(number);
                ledger.answer(work.progress());
                yield Behaviors.same();
            }
            case FailbackAsked asked -> callers.keep(asked, clock().instant());
            case SharedBook.Answer late -> Behaviors.same();
            case SharedFleet.Answer late -> Behaviors.same();
        });
    }

    private Behavior<Command> above(FailbackWork work, HostId host, Epoch seen) {
        var words = "host " + host + " has seen epoch " + seen + ": begins its step again above it";
        context.getLog().warn("{}: {}", work.id(), words);
        fleet.look();
        return callers.goOnWith(follow(work, work.under(between.above(seen), clock().instant(), words)));
    }

    private Behavior<Command> follow(FailbackWork before, FailbackWork next) {
        if (next.isOver()) {
            return end(next);
        }
        if (!next.entry().equals(before.entry())) {
            ledger.write(next);
        }
        return running(next);
    }

    private Behavior<Command> surpassed(FailbackWork work, Epoch later) {
        context.getLog().warn("{}: another coordinator has begun", work.id());
        ledger.refuseAll("the coordinator changes");
        return between.leftTo(later);
    }

    /** Over, and not written yet: a new coordinator could go on with it. Nobody is told, nothing else begins. */
    Behavior<Command> end(FailbackWork work) {
        context.getLog()
                .info(
                        "{} {} {}",
                        work.id(),
                        work.progress().phase(),
                        work.progress().reason());
        timers.cancelAll();
        return ending(work);
    }

    private Behavior<Command> ending(FailbackWork work) {
        var awaited = ledger.write(work);
        return Behaviors.receiveMessage(command -> switch (command) {
            case Written(var number)
            when number == awaited -> {
                ledger.written(number);
                ledger.answer(work.progress());
                yield between.ended();
            }
            case NotWritten(var number, var why)
            when number == awaited -> {
                ledger.refuseAll(why + UNSURE);
                yield between.again(why);
            }
            case Surpassed(var number, var later) when number == awaited -> surpassed(work, later);
            case Again() -> ending(work);
            case Steer steer when steer.id().equals(work.id()) -> isOver(steer);
            case Sought(var steer) when steer.id().equals(work.id()) -> isOver(steer);
            case FailbackAsked asked -> callers.keep(asked, clock().instant());
            case SharedBook.Answer late -> Behaviors.same();
            case SharedFleet.Answer late -> Behaviors.same();
        });
    }

    private Behavior<Command> isOver(Steer steer) {
        ledger.await(steer.replyTo());
        return Behaviors.same();
    }

    private InstantSource clock() {
        return parts.clock();
    }
}
