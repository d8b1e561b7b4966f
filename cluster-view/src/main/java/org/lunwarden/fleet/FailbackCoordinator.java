package org.lunwarden.fleet;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

import org.lunwarden.fleet.FailbackAsked.Kept;
import org.lunwarden.fleet.FailbackAsked.Sought;
import org.lunwarden.fleet.FailbackAsked.Start;
import org.lunwarden.fleet.FailbackAsked.Steer;
import org.lunwarden.fleet.SharedBook.NotRead;
import org.lunwarden.fleet.SharedBook.Read;
import org.lunwarden.fleet.SharedFleet.NotSeen;
import org.lunwarden.fleet.SharedFleet.Seen;
import org.lunwarden.model.fleet.Epoch;

/**
 * The fleet's one coordinator of failbacks, on one of the views. A coordinator finds in the shared book what its
 * predecessor left, and goes on with it under a higher epoch; {@link FailbackUnderWay} is how.
 */
final class FailbackCoordinator implements FailbackUnderWay.Between {

    private static final Duration RETRY = Duration.ofSeconds(1);

    /** A seed that was away may bring a failback back that nobody else knows, and every view shows it from then on. */
    private static final Duration NEWS = Duration.ofMinutes(1);

    private static final int WAITING = 100;

    sealed interface Command permits FailbackAsked, SharedBook.Answer, SharedFleet.Answer, Again {}

    /** Time to ask the book again. */
    record Again() implements Command {}

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final FailbackCallers callers;
    private final FailbackLedger ledger;
    private final SharedFleet fleet;
    private final FailbackParts parts;
    private final InstantSource clock;
    private final FailbackRival rival;
    private final FailbackUnderWay underWay;
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
        this.underWay = new FailbackUnderWay(context, timers, callers, ledger, fleet, parts, this);
    }

    /** @param view of the same member: the coordinator sees the fleet through it, and reaches hosts through it */
    static Behavior<Command> create(
            ActorRef<ViewActor.Command> view, FailbackParts parts, Function<ActorContext<Command>, SharedBook> book) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> Behaviors.withStash(
                WAITING,
                stash -> new FailbackCoordinator(context, timers, stash, view, parts, book.apply(context)).reading())));
    }

    /** Nothing is begun before the book was read: from most of the views, and from the disks of most of the seeds. */
    private Behavior<Command> reading() {
        return asking(ledger::read);
    }

    /** Whether anything has come that this coordinator did not do: a seed that is away holds nobody up for that. */
    private Behavior<Command> looking() {
        return asking(ledger::look);
    }

    private Behavior<Command> asking(Runnable book) {
        timers.cancelAll();
        book.run();
        return Behaviors.receiveMessage(command -> switch (command) {
            case Read(var number, var failbacks) when number == 0 -> take(failbacks);
            case NotRead(var number, var why) when number == 0 -> again(why);
            case Again() -> asking(book);
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
            return callers.goOnHavingRead(idle());
        }
        if (rival.isAt(interrupted.get(), clock.instant())) {
            return again("another coordinator has begun");
        }
        rival.isGone();
        var rest = FailbackWork.resumed(
                interrupted.get(), nextEpoch(), clock.instant(), "a new coordinator goes on with what is left");
        if (rest.isOver()) {
            return callers.goOnWith(underWay.end(rest));
        }
        context.getLog().warn("{}: goes on under a new coordinator, epoch {}", rest.id(), epoch);
        return underWay.begin(rest, Optional.empty());
    }

    /** Near the time, so that one that is higher than all that hosts saw is found also when every view forgot them. */
    private Epoch nextEpoch() {
        epoch = new Epoch(Math.max(epoch.term() + 1, clock.instant().toEpochMilli()), parts.self());
        return epoch;
    }

    private Behavior<Command> idle() {
        timers.cancelAll();
        timers.startSingleTimer(new Again(), NEWS);
        return Behaviors.receiveMessage(command -> switch (command) {
            case Start start -> start(start);
            case Kept(var start, var until) when clock.instant().isBefore(until) -> start(start);
            case Kept(var start, var until) ->
                FailbackCallers.refuse(start, "the coordinator was not there in time", Optional.empty());
            case Steer steer -> {
                callers.keep(steer, clock.instant());
                yield reading();
            }
            case Sought(var steer) -> FailbackCallers.unknown(steer);
            case Again() -> looking();
            case SharedBook.Answer late -> Behaviors.same();
            case SharedFleet.Answer late -> Behaviors.same();
        });
    }

    private Behavior<Command> start(Start start) {
        timers.cancelAll();
        return start.by().equals(AutoFailback.NAME) ? judging(start) : begin(start);
    }

    /** What nobody asked for is judged by how the fleet is now, and by what the book had when it was read last. */
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
        return underWay.begin(FailbackWork.of(begun, start.plan()), Optional.of(start));
    }

    @Override
    public Epoch above(Epoch seen) {
        epoch = epoch.max(seen);
        return nextEpoch();
    }

    @Override
    public Behavior<Command> ended() {
        return looking();
    }

    @Override
    public Behavior<Command> leftTo(Epoch later) {
        epoch = epoch.max(later);
        rival.hasBegun();
        return reading();
    }

    @Override
    public Behavior<Command> again(String why) {
        callers.refuseLate(why, clock.instant());
        timers.startSingleTimer(new Again(), RETRY);
        return Behaviors.same();
    }
}
