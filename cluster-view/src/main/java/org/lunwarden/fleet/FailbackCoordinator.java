package org.lunwarden.fleet;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

import org.lunwarden.fleet.FailbackAsked.Kept;
import org.lunwarden.fleet.FailbackAsked.Start;
import org.lunwarden.fleet.FailbackAsked.Steer;
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
 * The fleet's one coordinator of failbacks, on one of the views. A coordinator finds in the shared book what its
 * predecessor left, and goes on with it under a higher epoch. Hosts are told nothing, and nobody is answered, before a
 * majority of the views knows of it and most of the seeds have it on disk; and before hosts are told, both were asked since
 * whether somebody else has begun. Without them it waits.
 */
final class FailbackCoordinator {

    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int WAITING = 100;

    /** What was asked for may have been written by some, and is tried again. */
    private static final String UNSURE = "; it may hold when they do";

    sealed interface Command permits FailbackAsked, SharedBook.Answer, SharedFleet.Answer, Again {}

    /** Time to ask the book again. */
    private record Again() implements Command {}

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final FailbackCallers callers;
    private final FailbackLedger ledger;
    private final SharedFleet fleet;
    private final FailbackParts parts;
    private final InstantSource clock;
    private final FailbackRival rival;
    private List<FailbackProgress> ended = List.of();
    private Epoch epoch = Epoch.NONE;

    private FailbackCoordinator(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            StashBuffer<Command> stash,
            ActorRef<ViewActor.Command> view,
            FailbackParts parts,
            SharedBook book) {
        this.context = context;
        this.timers = timers;
        this.callers = new FailbackCallers(stash);
        this.ledger = new FailbackLedger(book);
        this.fleet = new SharedFleet(context, view, parts.settings().answerWithin());
        this.parts = parts;
        this.clock = parts.clock();
        this.rival = new FailbackRival(parts.settings());
    }

    /** @param view of the same member: the coordinator sees the fleet through it, and reaches hosts through it */
    static Behavior<Command> create(
            ActorRef<ViewActor.Command> view, FailbackParts parts, Function<ActorContext<Command>, SharedBook> book) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> Behaviors.withStash(
                WAITING,
                stash -> new FailbackCoordinator(context, timers, stash, view, parts, book.apply(context)).reading())));
    }

    /** Nothing is begun before the book was read from a majority of the views. */
    private Behavior<Command> reading() {
        timers.cancelAll();
        ledger.read();
        return Behaviors.receiveMessage(command -> switch (command) {
            case Read(var number, var failbacks) when number == 0 -> take(failbacks);
            case NotRead(var number, var why) when number == 0 -> again(why);
            case Again() -> reading();
            case FailbackAsked asked -> callers.keep(asked, clock.instant());
            case SharedBook.Answer late -> Behaviors.same();
            case SharedFleet.Answer late -> Behaviors.same();
        });
    }

    private Behavior<Command> take(List<FailbackEntry> known) {
        epoch = epoch.max(FailbackBook.latest(known));
        ended = known.stream()
                .filter(entry -> !entry.isLive())
                .map(FailbackEntry::progress)
                .toList();
        var interrupted = known.stream().filter(FailbackEntry::isLive).findFirst();
        if (interrupted.isEmpty()) {
            rival.isGone();
            return callers.goOnWith(idle());
        }
        if (rival.isAt(interrupted.get(), clock.instant())) {
            return again("another coordinator has begun");
        }
        rival.isGone();
        var rest = FailbackWork.resumed(
                interrupted.get(), nextEpoch(), clock.instant(), "a new coordinator goes on with what is left");
        if (rest.isOver()) {
            return end(rest);
        }
        context.getLog().warn("{}: goes on under a new coordinator, epoch {}", rest.id(), epoch);
        return begin(rest, Optional.empty());
    }

    /** Near the time, so that one that is higher than all that hosts saw is found also when every view forgot them. */
    private Epoch nextEpoch() {
        epoch = new Epoch(Math.max(epoch.term() + 1, clock.instant().toEpochMilli()), parts.self());
        return epoch;
    }

    private Behavior<Command> idle() {
        timers.cancelAll();
        return Behaviors.receiveMessage(command -> switch (command) {
            case Start start -> start(start);
            case Kept(var start, var until) when clock.instant().isBefore(until) -> start(start);
            case Kept(var start, var until) ->
                FailbackCallers.refuse(start, "the coordinator was not there in time", Optional.empty());
            case Steer steer -> FailbackCallers.unknown(steer);
            case SharedBook.Answer late -> Behaviors.same();
            case Again late -> Behaviors.same();
            case SharedFleet.Answer late -> Behaviors.same();
        });
    }

    private Behavior<Command> start(Start start) {
        return start.by().equals(AutoFailback.NAME) ? judging(start) : begin(start);
    }

    /** What nobody asked for is judged by how the fleet is now, and by what a majority knew when this coordinator began. */
    private Behavior<Command> judging(Start start) {
        fleet.look();
        return Behaviors.receiveMessage(command -> switch (command) {
            case Seen(var now) ->
                parts.auto()
                        .hindrance(
                                FailbackFacts.situation(now, parts.windows().get(), clock.instant()),
                                AutoFailback.past(ended))
                        .map(why -> refused(start, why))
                        .orElseGet(() -> begin(start));
            case NotSeen(var problem) -> refused(start, "the view does not answer");
            case FailbackAsked asked -> callers.keep(asked, clock.instant());
            case SharedBook.Answer late -> Behaviors.same();
            case Again late -> Behaviors.same();
            case SharedFleet.Answer late -> Behaviors.same();
        });
    }

    private Behavior<Command> refused(Start start, String why) {
        FailbackCallers.refuse(start, why, Optional.empty());
        return callers.goOnWith(idle());
    }

    private Behavior<Command> begin(Start start) {
        nextEpoch();
        var id = "failback-" + epoch.term() + epoch.by().replaceAll(".*#", "-");
        var begun = Progress.begun(id, start.component(), start.by(), epoch, clock.instant());
        return begin(FailbackWork.of(begun, start.plan()), Optional.of(start));
    }

    /** Writes that it runs, and looks at the fleet when a majority knows. */
    private Behavior<Command> begin(FailbackWork work, Optional<Start> start) {
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
                            return end(work.stopped(clock.instant(), why));
                        })
                        .orElseGet(() -> {
                            again(why);
                            return beginning(work.waiting(why, clock.instant()), start, awaited);
                        });
            case Surpassed(var number, var later)
            when number == awaited -> {
                start.ifPresent(asked -> FailbackCallers.refuse(asked, "another coordinator began", Optional.empty()));
                yield surpassed(work, later);
            }
            case Again() -> begin(work, start);
            case FailbackAsked asked -> callers.keep(asked, clock.instant());
            case SharedBook.Answer late -> Behaviors.same();
            case SharedFleet.Answer late -> Behaviors.same();
        });
    }

    private Behavior<Command> running(FailbackWork work) {
        return Behaviors.receiveMessage(command -> switch (command) {
            case Start start -> FailbackCallers.refuse(start, "another failback is under way", Optional.of(work.id()));
            case Kept(var start, var until) ->
                FailbackCallers.refuse(start, "another failback is under way", Optional.of(work.id()));
            case Steer steer when steer.id().equals(work.id()) -> steer(work, steer);
            case Steer other -> FailbackCallers.unknown(other);
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
        context.getLog().warn("{}: nothing is begun: {}", work.id(), why);
        ledger.refuseAll(why + UNSURE);
        again(why);
        return running(work.waiting(why, clock.instant()));
    }

    private Behavior<Command> steer(FailbackWork work, Steer steer) {
        var now = clock.instant();
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
                yield seen(work, FailbackFacts.situation(now, parts.windows().get(), clock.instant()));
            }
            case Answered(var step, var host, var answer) ->
                work.surpassedBy(step, answer)
                        .map(seen -> doubting(work, host, seen))
                        .orElseGet(() ->
                                follow(work, work.answered(step, host, answer, clock.instant(), parts.settings())));
        };
    }

    /** Nothing is sent before a majority knows of it, and has said afterwards that nobody else began. */
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

    /** A later coordinator may have asked that host: this one goes above it only if a majority knows of none. */
    private Behavior<Command> doubting(FailbackWork work, HostId host, Epoch seen) {
        timers.cancelAll();
        ledger.doubt();
        return Behaviors.receiveMessage(command -> switch (command) {
            case Read(var number, var known)
            when work.entry().epoch().isOlderThan(FailbackBook.latest(known)) ->
                surpassed(work, FailbackBook.latest(known));
            case Read(var number, var known) when number == FailbackLedger.DOUBT -> above(work, host, seen);
            case Surpassed(var number, var later) -> surpassed(work, later);
            case NotRead(var number, var why) when number == FailbackLedger.DOUBT -> again(why);
            case Again() -> doubting(work, host, seen);
            case Written(var number) -> {
                ledger.written(number);
                ledger.answer(work.progress());
                yield Behaviors.same();
            }
            case FailbackAsked asked -> callers.keep(asked, clock.instant());
            case SharedBook.Answer late -> Behaviors.same();
            case SharedFleet.Answer late -> Behaviors.same();
        });
    }

    private Behavior<Command> above(FailbackWork work, HostId host, Epoch seen) {
        epoch = epoch.max(seen);
        var words = "host " + host + " has seen epoch " + seen + ": begins its step again above it";
        context.getLog().warn("{}: {}", work.id(), words);
        fleet.look();
        return callers.goOnWith(follow(work, work.under(nextEpoch(), clock.instant(), words)));
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
        epoch = epoch.max(later);
        context.getLog().warn("{}: another coordinator has begun", work.id());
        ledger.refuseAll("the coordinator changes");
        rival.hasBegun();
        return reading();
    }

    /** Over, and yet unknown to a majority: a new coordinator could go on with it. Nobody is told, nothing else begins. */
    private Behavior<Command> end(FailbackWork work) {
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
                ended = Stream.concat(Stream.of(work.progress()), ended.stream())
                        .toList();
                yield callers.goOnWith(idle());
            }
            case NotWritten(var number, var why)
            when number == awaited -> {
                ledger.refuseAll(why + UNSURE);
                yield again(why);
            }
            case Surpassed(var number, var later) when number == awaited -> surpassed(work, later);
            case Again() -> ending(work);
            case Steer steer
            when steer.id().equals(work.id()) -> {
                ledger.await(steer.replyTo());
                yield Behaviors.same();
            }
            case FailbackAsked asked -> callers.keep(asked, clock.instant());
            case SharedBook.Answer late -> Behaviors.same();
            case SharedFleet.Answer late -> Behaviors.same();
        });
    }

    /** @param why it cannot go on now, in words */
    private Behavior<Command> again(String why) {
        callers.refuseLate(why, clock.instant());
        timers.startSingleTimer(new Again(), RETRY);
        return Behaviors.same();
    }
}
