package org.lunwarden.fleet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
 * The fleet's one coordinator of failbacks, on one of the views. It takes a higher epoch than all before it and finds in
 * the shared book what its predecessor left: a failback that was under way is planned anew for what is left of it, and
 * goes on. Nothing is sent to a host before a majority of the views knows of the failback.
 */
final class FailbackCoordinator {

    private static final Duration MAJORITY = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int WAITING = 100;

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

    private record Answer(String run, HostId host, HostAnswer answer) implements Command {}

    /** One failback under way. Its run begins once the fleet was looked at. */
    private record Work(FailbackProgress progress, Optional<FailbackRun> run, int stepsBefore, int mapsBefore) {
        Work with(FailbackProgress next) {
            return new Work(next, run, stepsBefore, mapsBefore);
        }

        Work with(FailbackRun next) {
            return new Work(progress, Optional.of(next), stepsBefore, mapsBefore);
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
    private int count;
    private long writes;

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
            default -> {
                waiting.stash(command);
                yield Behaviors.same();
            }
        });
    }

    private Behavior<Command> take(LWWMap<String, FailbackProgress> entries) {
        var known = FailbackBook.newestFirst(entries.getEntries());
        var highest = known.stream().mapToLong(FailbackProgress::epoch).max().orElse(0);
        epoch = Math.max(highest + 1, clock.instant().toEpochMilli());
        var interrupted = known.stream()
                .filter(progress -> progress.phase() == Phase.RUNNING)
                .findFirst();
        if (interrupted.isEmpty()) {
            return waiting.unstashAll(idle());
        }
        var left = interrupted.get();
        context.getLog().warn("{}: goes on under a new coordinator, epoch {}", left.id(), epoch);
        var resumed = Progress.noted(left, epoch, clock.instant(), "a new coordinator plans anew what is left");
        return waiting.unstashAll(
                begin(new Work(resumed, Optional.empty(), left.stepsDone(), left.mapsDone()), Optional.empty()));
    }

    private Behavior<Command> idle() {
        timers.cancelAll();
        return Behaviors.receiveMessage(command -> {
            if (command instanceof Start(var component, var replyTo)) {
                count++;
                var progress = Progress.begun("failback-" + epoch + "-" + count, component, epoch, clock.instant());
                return begin(new Work(progress, Optional.empty(), 0, 0), Optional.of(replyTo));
            }
            if (command instanceof Stop(var id, var replyTo)) {
                replyTo.tell(new StopReply(Optional.empty()));
            }
            return Behaviors.same();
        });
    }

    /** Writes that it runs, and looks at the fleet when a majority knows. */
    private Behavior<Command> begin(Work work, Optional<ActorRef<StartReply>> replyTo) {
        var awaited = write(work.progress());
        return Behaviors.receiveMessage(command -> switch (command) {
            case BookWritten(var number, var any) when number != awaited -> Behaviors.same();
            case BookWritten(var number, Replicator.UpdateSuccess<LWWMap<String, FailbackProgress>> written) -> {
                replyTo.ifPresent(
                        asker -> asker.tell(new StartReply(Optional.of(work.progress()), "", Optional.empty())));
                look();
                yield waiting.unstashAll(running(work));
            }
            case BookWritten failed -> {
                var why = "no majority of the views answers";
                replyTo.ifPresent(asker -> asker.tell(new StartReply(Optional.empty(), why, Optional.empty())));
                yield waiting.unstashAll(end(work.with(Progress.stopped(work.progress(), clock.instant(), why))));
            }
            default -> {
                waiting.stash(command);
                yield Behaviors.same();
            }
        });
    }

    private Behavior<Command> running(Work work) {
        return Behaviors.receiveMessage(command -> switch (command) {
            case Start(var component, var replyTo) -> {
                replyTo.tell(new StartReply(
                        Optional.empty(),
                        "another failback is under way",
                        Optional.of(work.progress().id())));
                yield Behaviors.same();
            }
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
            case Answer(var run, var host, var answer) -> answered(work, run, host, answer);
            case BookRead late -> Behaviors.same();
            case BookWritten written -> Behaviors.same();
            case ReadBook() -> Behaviors.same();
        });
    }

    private void look() {
        context.ask(
                FleetSnapshot.class,
                view,
                MAJORITY,
                ViewActor.GetSnapshot::new,
                (fleet, broke) -> fleet != null ? new Seen(fleet) : new NotSeen(String.valueOf(broke)));
    }

    private Behavior<Command> seen(Work work, FleetSnapshot fleet) {
        timers.startSingleTimer(new Look(), LOOK);
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
                work.progress().id(), epoch, plan, hosts, fleet.incidents(), now, FailbackFacts.SETTINGS);
        return follow(planned, first, now);
    }

    private Behavior<Command> answered(Work work, String id, HostId host, HostAnswer answer) {
        var run = work.run().filter(current -> current.id().equals(id));
        if (run.isEmpty()) {
            return Behaviors.same();
        }
        var now = clock.instant();
        return follow(work, run.get().answered(host, answer, now, FailbackFacts.SETTINGS), now);
    }

    private Behavior<Command> follow(Work work, FailbackRun.Next next, Instant now) {
        for (var order : next.orders()) {
            context.ask(
                    HostAnswer.class,
                    view,
                    FailbackFacts.SETTINGS.answerWithin(),
                    replyTo -> new ViewActor.AskHost(order.host(), order.command(), replyTo),
                    (answer, broke) -> new Answer(
                            work.progress().id(),
                            order.host(),
                            answer != null ? answer : new HostAnswer.Refused(String.valueOf(broke))));
        }
        var progress = Progress.after(work.progress(), next, work.stepsBefore(), work.mapsBefore(), now);
        var moved = work.with(next.run()).with(progress);
        if (progress.phase() != Phase.RUNNING) {
            return end(moved);
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
        var stopped = Progress.stopped(work.progress(), clock.instant(), "stopped by an operator");
        replyTo.tell(new StopReply(Optional.of(stopped)));
        return end(work.with(stopped));
    }

    private Behavior<Command> end(Work work) {
        var progress = work.progress();
        context.getLog().info("{} {} {}", progress.id(), progress.phase(), progress.reason());
        write(progress);
        return idle();
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
