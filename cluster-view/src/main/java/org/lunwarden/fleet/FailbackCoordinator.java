package org.lunwarden.fleet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;
import org.apache.pekko.cluster.ddata.typed.javadsl.DistributedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;
import org.apache.pekko.cluster.ddata.typed.javadsl.ReplicatorMessageAdapter;

import org.lunwarden.fleet.FailbackProgress.Phase;
import org.lunwarden.fleet.failback.FailbackRun;
import org.lunwarden.fleet.wire.Wire;
import org.lunwarden.model.Component;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostId;

/**
 * The fleet's one coordinator of failbacks, on one of the views. Every plan has an epoch of its own, higher than all
 * before it. A coordinator finds in the shared book what its predecessor left: a failback that was under way is planned
 * anew for what is left of it, and goes on. Nothing is sent to a host before a majority of the views knows how far the
 * failback is; without a majority it ends.
 */
final class FailbackCoordinator {

    private static final Duration MAJORITY = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int WAITING = 100;

    /** Whoever asks for a start waits longer than this and {@link #MAJORITY}, see {@link ViewDoor}. */
    private static final Duration START_WITHIN = Duration.ofSeconds(8);

    private static final String NO_MAJORITY = "no majority of the views answers";

    /** A failback that hosts push above so many epochs has a rival. */
    private static final int RAISES = 20;

    /** No host is believed an epoch above this one. */
    private static final long HIGHEST_EPOCH = Long.MAX_VALUE / 10_000;

    sealed interface Command {}

    record Start(Optional<Component> component, ActorRef<StartReply> replyTo) implements Command, Wire {}

    record Stop(String id, ActorRef<StopReply> replyTo) implements Command, Wire {}

    /** @param refused why it was not started; empty when it was */
    record StartReply(Optional<FailbackProgress> started, String refused, Optional<String> running) implements Wire {}

    record StopReply(Optional<FailbackProgress> stopped) implements Wire {}

    private record BookRead(Replicator.GetResponse<LWWMap<String, FailbackProgress>> response) implements Command {}

    private record BookWritten(long number, Replicator.UpdateResponse<LWWMap<String, FailbackProgress>> response)
            implements Command {}

    private record ReadBook() implements Command {}

    private record Look() implements Command {}

    private record Seen(FleetSnapshot fleet) implements Command {}

    private record NotSeen(String problem) implements Command {}

    private record WriteAgain() implements Command {}

    private record Answer(long epoch, HostId host, HostAnswer answer) implements Command {}

    /** A start that could not be judged yet; afterwards nobody waits for it. */
    private record Kept(Start start, Instant until) implements Command {}

    /**
     * One failback under way. Its run begins once the fleet was looked at.
     *
     * @param raises how often a host that had seen a higher epoch made it start anew above that one
     */
    private record Work(
            FailbackProgress progress, Optional<FailbackRun> run, int stepsBefore, int mapsBefore, int raises) {

        static Work of(FailbackProgress fresh) {
            return new Work(fresh, Optional.empty(), 0, 0, 0);
        }

        /** What is left of it, to be planned anew. */
        static Work restOf(FailbackProgress left, int raises) {
            return new Work(left, Optional.empty(), left.stepsDone(), left.mapsDone(), raises);
        }

        Work with(FailbackProgress next) {
            return new Work(next, run, stepsBefore, mapsBefore, raises);
        }

        Work with(FailbackRun next) {
            return new Work(progress, Optional.of(next), stepsBefore, mapsBefore, raises);
        }
    }

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final StashBuffer<Command> waiting;
    private final ReplicatorMessageAdapter<Command, LWWMap<String, FailbackProgress>> book;
    private final SelfUniqueAddress self;
    private final ActorRef<ViewActor.Command> view;
    private final InstantSource clock;
    private long epoch;
    private long writes;
    private long confirmed;

    private FailbackCoordinator(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            StashBuffer<Command> waiting,
            ReplicatorMessageAdapter<Command, LWWMap<String, FailbackProgress>> book,
            ActorRef<ViewActor.Command> view,
            InstantSource clock) {
        this.context = context;
        this.timers = timers;
        this.waiting = waiting;
        this.book = book;
        this.self = DistributedData.get(context.getSystem()).selfUniqueAddress();
        this.view = view;
        this.clock = clock;
    }

    /** @param view of the same member: the coordinator sees the fleet through it, and reaches hosts through it */
    static Behavior<Command> create(ActorRef<ViewActor.Command> view, InstantSource clock) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> Behaviors.withStash(
                WAITING,
                stash -> DistributedData.withReplicatorMessageAdapter(
                        (ReplicatorMessageAdapter<Command, LWWMap<String, FailbackProgress>> book) ->
                                new FailbackCoordinator(context, timers, stash, book, view, clock).reading()))));
    }

    /** Nothing is begun before the book was read from a majority of the views. */
    private Behavior<Command> reading() {
        book.askGet(
                replyTo -> new Replicator.Get<>(FailbackBook.KEY, new Replicator.ReadMajority(MAJORITY), replyTo),
                BookRead::new);
        return Behaviors.receiveMessage(command -> switch (command) {
            case BookRead(Replicator.GetSuccess<LWWMap<String, FailbackProgress>> found) ->
                take(found.get(FailbackBook.KEY));
            case BookRead(Replicator.NotFound<LWWMap<String, FailbackProgress>> none) -> take(LWWMap.create());
            case BookRead other -> {
                timers.startSingleTimer(new ReadBook(), RETRY);
                yield Behaviors.same();
            }
            case ReadBook() -> reading();
            case Start start -> keep(start);
            case Kept kept -> keep(kept);
            case Stop stop -> keep(stop);
            case BookWritten late -> Behaviors.same();
            case WriteAgain late -> Behaviors.same();
            case Look late -> Behaviors.same();
            case Seen late -> Behaviors.same();
            case NotSeen late -> Behaviors.same();
            case Answer late -> Behaviors.same();
        });
    }

    private Behavior<Command> take(LWWMap<String, FailbackProgress> entries) {
        var known = FailbackBook.newestFirst(entries.getEntries());
        epoch = known.stream().mapToLong(FailbackProgress::epoch).max().orElse(0);
        var interrupted = known.stream()
                .filter(progress -> progress.phase() == Phase.RUNNING)
                .findFirst();
        if (interrupted.isEmpty()) {
            return waiting.unstashAll(idle());
        }
        var left = interrupted.get();
        var resumed = Progress.noted(left, nextEpoch(), clock.instant(), "a new coordinator plans anew what is left");
        context.getLog().warn("{}: goes on under a new coordinator, epoch {}", left.id(), epoch);
        return begin(Work.restOf(resumed, 0), Optional.empty());
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
            case Kept(var start, var until) -> {
                if (clock.instant().isBefore(until)) {
                    yield start(start);
                }
                refuse(start, "the coordinator was not there in time", Optional.empty());
                yield Behaviors.same();
            }
            case Stop(var id, var replyTo) -> {
                replyTo.tell(new StopReply(Optional.empty()));
                yield Behaviors.same();
            }
            case BookRead late -> Behaviors.same();
            case ReadBook late -> Behaviors.same();
            case BookWritten late -> Behaviors.same();
            case WriteAgain late -> Behaviors.same();
            case Look late -> Behaviors.same();
            case Seen late -> Behaviors.same();
            case NotSeen late -> Behaviors.same();
            case Answer late -> Behaviors.same();
        });
    }

    private Behavior<Command> start(Start start) {
        var id = "failback-" + nextEpoch();
        var progress = Progress.begun(id, start.component(), epoch, clock.instant());
        return begin(Work.of(progress), Optional.of(start));
    }

    private static void refuse(Start start, String why, Optional<String> running) {
        start.replyTo().tell(new StartReply(Optional.empty(), why, running));
    }

    private Behavior<Command> keep(Start start) {
        return keep(new Kept(start, clock.instant().plus(START_WITHIN)));
    }

    private Behavior<Command> keep(Kept kept) {
        if (waiting.isFull()) {
            refuse(kept.start(), "too many wait for the coordinator", Optional.empty());
        } else {
            waiting.stash(kept);
        }
        return Behaviors.same();
    }

    private Behavior<Command> keep(Stop stop) {
        if (!waiting.isFull()) {
            waiting.stash(stop);
        }
        return Behaviors.same();
    }

    /** Writes that it runs, and looks at the fleet when a majority knows. */
    private Behavior<Command> begin(Work work, Optional<Start> start) {
        var awaited = write(work.progress());
        return Behaviors.receiveMessage(command -> switch (command) {
            case BookWritten(var number, var any) when number != awaited -> Behaviors.same();
            case BookWritten(var number, Replicator.UpdateSuccess<LWWMap<String, FailbackProgress>> written) -> {
                confirmed = number;
                start.ifPresent(asked ->
                        asked.replyTo().tell(new StartReply(Optional.of(work.progress()), "", Optional.empty())));
                look();
                yield waiting.unstashAll(running(work));
            }
            case BookWritten failed -> {
                start.ifPresent(asked -> refuse(asked, NO_MAJORITY, Optional.empty()));
                yield end(work.with(Progress.stopped(work.progress(), clock.instant(), NO_MAJORITY)), List.of());
            }
            case Start other -> keep(other);
            case Kept kept -> keep(kept);
            case Stop stop -> keep(stop);
            case BookRead late -> Behaviors.same();
            case ReadBook late -> Behaviors.same();
            case WriteAgain late -> Behaviors.same();
            case Look late -> Behaviors.same();
            case Seen late -> Behaviors.same();
            case NotSeen late -> Behaviors.same();
            case Answer late -> Behaviors.same();
        });
    }

    private Behavior<Command> running(Work work) {
        return Behaviors.receiveMessage(command -> switch (command) {
            case Start start -> refuseOther(work, start);
            case Kept(var start, var until) -> refuseOther(work, start);
            case Stop(var id, var replyTo) -> stop(work, id, replyTo);
            case Look() -> {
                look();
                yield Behaviors.same();
            }
            case Seen(var fleet) -> seen(work, fleet);
            case NotSeen(var problem) -> {
                context.getLog()
                        .warn(
                                "{}: the view does not answer: {}",
                                work.progress().id(),
                                problem);
                timers.startSingleTimer(new Look(), LOOK);
                yield Behaviors.same();
            }
            case Answer(var step, var host, var answer) -> answered(work, step, host, answer);
            case BookWritten(var number, Replicator.UpdateSuccess<LWWMap<String, FailbackProgress>> written) -> {
                confirmed = Math.max(confirmed, number);
                yield Behaviors.same();
            }
            case BookWritten failed ->
                end(work.with(Progress.stopped(work.progress(), clock.instant(), NO_MAJORITY)), List.of());
            case BookRead late -> Behaviors.same();
            case ReadBook late -> Behaviors.same();
            case WriteAgain late -> Behaviors.same();
        });
    }

    private static Behavior<Command> refuseOther(Work work, Start start) {
        refuse(
                start,
                "another failback is under way",
                Optional.of(work.progress().id()));
        return Behaviors.same();
    }

    private void look() {
        context.ask(
                FleetSnapshot.class,
                view,
                MAJORITY,
                ViewActor.GetSnapshot::new,
                (fleet, broke) -> fleet != null ? new Seen(fleet) : new NotSeen(String.valueOf(broke)));
    }

    /** No wave is sent before a majority knows of the one before it. */
    private Behavior<Command> seen(Work work, FleetSnapshot fleet) {
        timers.startSingleTimer(new Look(), LOOK);
        if (confirmed < writes) {
            return Behaviors.same();
        }
        var now = clock.instant();
        var hosts = FailbackFacts.hosts(fleet);
        if (work.run().isPresent()) {
            var next = work.run().get().seen(hosts, fleet.incidents(), now, FailbackFacts.SETTINGS);
            return follow(work, next, now);
        }
        var component = work.progress().component();
        var plan = FailbackFacts.plan(fleet, component);
        var planned = work.with(Progress.planned(work.progress(), plan, work.stepsBefore(), work.mapsBefore(), now));
        var first = FailbackRun.start(
                work.progress().id(),
                work.progress().epoch(),
                plan,
                hosts,
                fleet.incidents(),
                now,
                FailbackFacts.SETTINGS);
        return follow(planned, first, now);
    }

    private Behavior<Command> answered(Work work, long step, HostId host, HostAnswer answer) {
        var run = work.run().filter(current -> current.epoch() == step);
        if (run.isEmpty()) {
            return Behaviors.same();
        }
        if (answer instanceof HostAnswer.Refused(var reason, var seen)
                && seen.filter(other -> other >= step && other < HIGHEST_EPOCH).isPresent()
                && work.raises() < RAISES) {
            return above(work, host, seen.get());
        }
        var now = clock.instant();
        return follow(work, run.get().answered(host, answer, now, FailbackFacts.SETTINGS), now);
    }

    /** A host has seen more than the book tells, for example since all views began anew with clocks that are behind. */
    private Behavior<Command> above(Work work, HostId host, long seen) {
        epoch = Math.max(epoch, seen);
        var words = "host " + host + " has seen epoch " + seen + ": plans anew above it";
        context.getLog().warn("{}: {}", work.progress().id(), words);
        timers.cancelAll();
        var next = Progress.noted(work.progress(), nextEpoch(), clock.instant(), words);
        return begin(Work.restOf(next, work.raises() + 1), Optional.empty());
    }

    private Behavior<Command> follow(Work work, FailbackRun.Next next, Instant now) {
        for (var order : next.orders()) {
            context.ask(
                    HostAnswer.class,
                    view,
                    FailbackFacts.SETTINGS.answerWithin(),
                    replyTo -> new ViewActor.AskHost(order.host(), order.command(), replyTo),
                    (answer, broke) -> new Answer(
                            order.command().epoch(),
                            order.host(),
                            answer != null ? answer : new HostAnswer.Refused(String.valueOf(broke))));
        }
        var progress = Progress.after(work.progress(), next, work.stepsBefore(), work.mapsBefore(), now);
        var moved = work.with(next.run()).with(progress);
        if (progress.phase() != Phase.RUNNING) {
            return end(moved, List.of());
        }
        if (!progress.equals(work.progress())) {
            write(progress);
        }
        return running(moved);
    }

    private Behavior<Command> stop(Work work, String id, ActorRef<StopReply> replyTo) {
        if (!work.progress().id().equals(id)) {
            replyTo.tell(new StopReply(Optional.empty()));
            return Behaviors.same();
        }
        return end(
                work.with(Progress.stopped(work.progress(), clock.instant(), "stopped by an operator")),
                List.of(replyTo));
    }

    private Behavior<Command> end(Work work, List<ActorRef<StopReply>> askers) {
        var progress = work.progress();
        context.getLog().info("{} {} {}", progress.id(), progress.phase(), progress.reason());
        timers.cancelAll();
        return ending(progress, askers);
    }

    /** Over, and yet unknown to a majority: a new coordinator could go on with it. Nobody is told, nothing else begins. */
    private Behavior<Command> ending(FailbackProgress ended, List<ActorRef<StopReply>> askers) {
        var awaited = write(ended);
        var all = new ArrayList<>(askers);
        return Behaviors.receiveMessage(command -> switch (command) {
            case BookWritten(var number, var any) when number != awaited -> Behaviors.same();
            case BookWritten(var number, Replicator.UpdateSuccess<LWWMap<String, FailbackProgress>> written) -> {
                all.forEach(asker -> asker.tell(new StopReply(Optional.of(ended))));
                yield waiting.unstashAll(idle());
            }
            case BookWritten failed -> {
                timers.startSingleTimer(new WriteAgain(), RETRY);
                yield Behaviors.same();
            }
            case WriteAgain() -> ending(ended, all);
            case Stop(var id, var replyTo)
            when id.equals(ended.id()) -> {
                all.add(replyTo);
                yield Behaviors.same();
            }
            case Stop other -> keep(other);
            case Start start -> keep(start);
            case Kept kept -> keep(kept);
            case BookRead late -> Behaviors.same();
            case ReadBook late -> Behaviors.same();
            case Look late -> Behaviors.same();
            case Seen late -> Behaviors.same();
            case NotSeen late -> Behaviors.same();
            case Answer late -> Behaviors.same();
        });
    }

    /** Gives the number that the response will carry. */
    private long write(FailbackProgress progress) {
        var number = ++writes;
        book.askUpdate(
                replyTo -> new Replicator.Update<>(
                        FailbackBook.KEY,
                        LWWMap.create(),
                        new Replicator.WriteMajority(MAJORITY),
                        replyTo,
                        entries -> FailbackBook.with(entries, progress, self)),
                response -> new BookWritten(number, response));
        return number;
    }
}
