package org.lunwarden.fleet;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

import org.lunwarden.fleet.FailbackCallers.Kept;
import org.lunwarden.fleet.FailbackProgress.Phase;
import org.lunwarden.fleet.SharedBook.NotRead;
import org.lunwarden.fleet.SharedBook.NotWritten;
import org.lunwarden.fleet.SharedBook.Read;
import org.lunwarden.fleet.SharedBook.Written;
import org.lunwarden.fleet.SharedFleet.Answered;
import org.lunwarden.fleet.SharedFleet.Look;
import org.lunwarden.fleet.SharedFleet.NotSeen;
import org.lunwarden.fleet.SharedFleet.Seen;
import org.lunwarden.fleet.wire.Wire;
import org.lunwarden.model.Component;
import org.lunwarden.model.fleet.HostId;

/**
 * The fleet's one coordinator of failbacks, on one of the views. Every plan has an epoch of its own, higher than all
 * before it. A coordinator finds in the shared book what its predecessor left: a failback that was under way is planned
 * anew for what is left of it, and goes on. Nothing is sent to a host before a majority of the views knows how far the
 * failback is; without a majority it ends.
 */
final class FailbackCoordinator {

    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int WAITING = 100;

    private static final String NO_MAJORITY = "no majority of the views answers";

    sealed interface Command permits Asked, SharedBook.Answer, SharedFleet.Answer, Again {}

    /** What others want, which may have to wait. */
    sealed interface Asked extends Command permits Start, Stop, Kept {}

    record Start(Optional<Component> component, ActorRef<StartReply> replyTo) implements Asked, Wire {}

    record Stop(String id, ActorRef<StopReply> replyTo) implements Asked, Wire {}

    /** @param refused why it was not started; empty when it was */
    record StartReply(Optional<FailbackProgress> started, String refused, Optional<String> running) implements Wire {}

    /**
     * @param stopped empty when there is no running failback of this id, or when it was refused
     * @param refused why nobody looked; empty when somebody did
     */
    record StopReply(Optional<FailbackProgress> stopped, Optional<String> refused) implements Wire {}

    /** Time to ask the book again. */
    private record Again() implements Command {}

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final FailbackCallers callers;
    private final SharedBook book;
    private final SharedFleet fleet;
    private final InstantSource clock;
    private long epoch;
    private long writes;
    private long confirmed;

    private FailbackCoordinator(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            FailbackCallers callers,
            SharedBook book,
            SharedFleet fleet,
            InstantSource clock) {
        this.context = context;
        this.timers = timers;
        this.callers = callers;
        this.book = book;
        this.fleet = fleet;
        this.clock = clock;
    }

    /** @param view of the same member: the coordinator sees the fleet through it, and reaches hosts through it */
    static Behavior<Command> create(
            ActorRef<ViewActor.Command> view, InstantSource clock, Function<ActorContext<Command>, SharedBook> book) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> Behaviors.withStash(
                WAITING,
                stash -> new FailbackCoordinator(
                                context,
                                timers,
                                new FailbackCallers(stash),
                                book.apply(context),
                                new SharedFleet(context, view),
                                clock)
                        .reading())));
    }

    /** Nothing is begun before the book was read from a majority of the views. */
    private Behavior<Command> reading() {
        book.read();
        return Behaviors.receiveMessage(command -> switch (command) {
            case Read(var failbacks) -> take(failbacks);
            case NotRead() -> again();
            case Again() -> reading();
            case Asked asked -> keep(asked);
            case SharedBook.Answer late -> Behaviors.same();
            case SharedFleet.Answer late -> Behaviors.same();
        });
    }

    private Behavior<Command> take(List<FailbackProgress> known) {
        epoch = known.stream().mapToLong(FailbackProgress::epoch).max().orElse(0);
        var interrupted = known.stream()
                .filter(progress -> progress.phase() == Phase.RUNNING)
                .findFirst();
        if (interrupted.isEmpty()) {
            return callers.goOnWith(idle());
        }
        var rest = FailbackWork.restOf(
                interrupted.get(), nextEpoch(), 0, clock.instant(), "a new coordinator plans anew what is left");
        context.getLog().warn("{}: goes on under a new coordinator, epoch {}", rest.id(), epoch);
        return begin(rest, Optional.empty());
    }

    /** Near the time, so that one that is higher than all that hosts saw is found also when every view forgot them. */
    private long nextEpoch() {
        epoch = Math.max(epoch + 1, clock.instant().toEpochMilli());
        return epoch;
    }

    private Behavior<Command> idle() {
        timers.cancelAll();
        return Behaviors.receiveMessage(command -> switch (command) {
            case Start start -> start(start);
            case Kept(var start, var until) when clock.instant().isBefore(until) -> start(start);
            case Kept(var start, var until) ->
                FailbackCallers.refuse(start, "the coordinator was not there in time", Optional.empty());
            case Stop stop -> FailbackCallers.unknown(stop);
            case SharedBook.Answer late -> Behaviors.same();
            case Again late -> Behaviors.same();
            case SharedFleet.Answer late -> Behaviors.same();
        });
    }

    private Behavior<Command> start(Start start) {
        var id = "failback-" + nextEpoch();
        return begin(
                FailbackWork.of(Progress.begun(id, start.component(), epoch, clock.instant())), Optional.of(start));
    }

    /** Writes that it runs, and looks at the fleet when a majority knows. */
    private Behavior<Command> begin(FailbackWork work, Optional<Start> start) {
        var awaited = write(work);
        return Behaviors.receiveMessage(command -> switch (command) {
            case Written(var number)
            when number == awaited -> {
                confirmed = number;
                start.ifPresent(asked -> FailbackCallers.begun(asked, work.progress()));
                fleet.look();
                yield callers.goOnWith(running(work));
            }
            case NotWritten(var number)
            when number == awaited -> {
                start.ifPresent(asked -> FailbackCallers.refuse(asked, NO_MAJORITY, Optional.empty()));
                yield end(work.stopped(clock.instant(), NO_MAJORITY), List.of());
            }
            case Asked asked -> keep(asked);
            case SharedBook.Answer late -> Behaviors.same();
            case Again late -> Behaviors.same();
            case SharedFleet.Answer late -> Behaviors.same();
        });
    }

    private Behavior<Command> running(FailbackWork work) {
        return Behaviors.receiveMessage(command -> switch (command) {
            case Start start -> FailbackCallers.refuse(start, "another failback is under way", Optional.of(work.id()));
            case Kept(var start, var until) ->
                FailbackCallers.refuse(start, "another failback is under way", Optional.of(work.id()));
            case Stop stop
            when stop.id().equals(work.id()) ->
                end(work.stopped(clock.instant(), "stopped by an operator"), List.of(stop.replyTo()));
            case Stop other -> FailbackCallers.unknown(other);
            case SharedFleet.Answer event -> about(work, event);
            case Written(var number) -> {
                confirmed = Math.max(confirmed, number);
                yield Behaviors.same();
            }
            case NotWritten failed -> end(work.stopped(clock.instant(), NO_MAJORITY), List.of());
            case SharedBook.Answer late -> Behaviors.same();
            case Again late -> Behaviors.same();
        });
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
                // No wave is sent before a majority knows of the one before it.
                yield confirmed < writes ? Behaviors.same() : follow(work, work.seen(now, clock.instant()));
            }
            case Answered(var step, var host, var answer) ->
                work.surpassedBy(step, answer)
                        .map(seen -> above(work, host, seen))
                        .orElseGet(() -> follow(work, work.answered(step, host, answer, clock.instant())));
        };
    }

    private Behavior<Command> above(FailbackWork work, HostId host, long seen) {
        epoch = Math.max(epoch, seen);
        var words = "host " + host + " has seen epoch " + seen + ": plans anew above it";
        context.getLog().warn("{}: {}", work.id(), words);
        timers.cancelAll();
        return begin(
                FailbackWork.restOf(work.progress(), nextEpoch(), work.raises() + 1, clock.instant(), words),
                Optional.empty());
    }

    private Behavior<Command> follow(FailbackWork before, FailbackWork.Next next) {
        next.orders().forEach(fleet::send);
        var work = next.work();
        if (work.isOver()) {
            return end(work, List.of());
        }
        if (!work.progress().equals(before.progress())) {
            write(work);
        }
        return running(work);
    }

    private Behavior<Command> end(FailbackWork work, List<ActorRef<StopReply>> askers) {
        var progress = work.progress();
        context.getLog().info("{} {} {}", progress.id(), progress.phase(), progress.reason());
        timers.cancelAll();
        return ending(work, askers);
    }

    /** Over, and yet unknown to a majority: a new coordinator could go on with it. Nobody is told, nothing else begins. */
    private Behavior<Command> ending(FailbackWork work, List<ActorRef<StopReply>> askers) {
        var awaited = write(work);
        var all = new ArrayList<>(askers);
        return Behaviors.receiveMessage(command -> switch (command) {
            case Written(var number)
            when number == awaited -> {
                var stopped = new StopReply(Optional.of(work.progress()), Optional.empty());
                all.forEach(asker -> asker.tell(stopped));
                yield callers.goOnWith(idle());
            }
            case NotWritten(var number) when number == awaited -> again();
            case Again() -> ending(work, all);
            case Stop stop
            when stop.id().equals(work.id()) -> {
                all.add(stop.replyTo());
                yield Behaviors.same();
            }
            case Asked asked -> keep(asked);
            case SharedBook.Answer late -> Behaviors.same();
            case SharedFleet.Answer late -> Behaviors.same();
        });
    }

    private Behavior<Command> keep(Asked asked) {
        return callers.keep(asked, clock.instant());
    }

    private Behavior<Command> again() {
        timers.startSingleTimer(new Again(), RETRY);
        return Behaviors.same();
    }

    /** Gives the number that the answer will carry. */
    private long write(FailbackWork work) {
        var number = ++writes;
        book.write(number, work.progress());
        return number;
    }
}
