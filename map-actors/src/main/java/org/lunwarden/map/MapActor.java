package org.lunwarden.map;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

import org.lunwarden.io.AuditTrail;
import org.lunwarden.io.HostClock;
import org.lunwarden.map.plan.MapAction;
import org.lunwarden.model.DevT;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.Epoch;
import org.lunwarden.model.fleet.HostAnswer.Move;
import org.lunwarden.model.fleet.HostAnswer.Outcome;
import org.lunwarden.model.map.MapCounters;
import org.lunwarden.model.map.MapName;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.BoundedWait;
import org.lunwarden.model.settings.MapSettings;

/**
 * Keeps one map of the kernel as its paths and settings want it. It alone tells device-mapper anything of the map, one
 * operation at a time: what comes up meanwhile becomes part of the next one.
 */
public final class MapActor extends AbstractMatchingBehavior<MapActor.Command> {

    public sealed interface Command {}

    /** A path of the map is so. A report {@code UNCHECKED} announces a path whose check is under way. */
    public record PathIs(PathReport report) implements Command {}

    /** A path's device is gone. */
    public record PathGone(DevT device) implements Command {}

    /** A disk that may be in the map's table is another unit, and no path: the kernel is not to use it any longer. */
    public record PathIsAnother(PathReport report) implements Command {}

    /**
     * All disks that may be a path of this map were looked at, and none is: a map that the kernel has is kept, and its
     * I/O waits.
     */
    public record NoPathFound() implements Command {}

    /**
     * All disks that could not be looked at and may be paths of this map; none until it is told. Those in its table are
     * waited for, 30 seconds long, and count as failed paths then.
     */
    public record DisksUnread(Set<DevT> disks) implements Command {}

    /** Something may have happened to this map in the kernel. */
    public record KernelMoved() implements Command {}

    /**
     * The kernel told of an event of this map.
     *
     * @param device the map's own
     * @param anew whether numbers heard before may be those of another device
     */
    public record KernelEvent(DevT device, long number, boolean anew) implements Command {}

    /** The kernel told of an event of a device whose map nobody knows: its name may be new, or the map's name. */
    public record UnclaimedEvent(DevT device, long number, boolean anew) implements Command {}

    public record SettingsChanged(MapSettings settings) implements Command {}

    public record NameIs(MapName name) implements Command {}

    /** No device is called so any more, which may be the name that this map is to have. */
    public record NameIsFree(String name) implements Command {}

    /**
     * Move the map to its best group now, whatever the failback policy says.
     *
     * @param targetPorts that it may use afterwards; not moved when its best group uses another one
     * @param epoch of who orders it; not moved when somebody of a higher one has asked
     * @param beginBy uptime after which it must not be begun any more; the answer then is that it was not moved
     */
    public record FailBack(Set<String> targetPorts, Epoch epoch, Duration beginBy, ActorRef<Outcome> replyTo)
            implements Command {}

    /** How the map is now, for who may have it moved; from now on nothing of an older epoch is begun. */
    public record MayFailBack(Epoch epoch, ActorRef<Standing> replyTo) implements Command {}

    /** @param moving whether a failback was begun, of whichever epoch, and has not ended */
    public record Standing(MapTopology topology, boolean moving) {}

    /**
     * Move the map to that group now. The failback policy goes on: an immediate one moves it back at once.
     *
     * @param group 1-based, as in the kernel's table
     * @param beginBy uptime after which it must not be begun any more
     */
    public record SwitchGroup(int group, Duration beginBy, ActorRef<Outcome> replyTo) implements Command {}

    /**
     * Give the map the one size that all its paths have, whatever {@code auto_resize} says; it may become smaller.
     *
     * @param sectors the only size that will do: where the paths have another one by then, it is refused; empty: any
     * @param beginBy uptime after which it must not be begun any more
     */
    public record Resize(Optional<Long> sectors, Duration beginBy, ActorRef<MapAnswer> replyTo) implements Command {}

    /**
     * Load the map's table once more, though nothing differs. Its size stays.
     *
     * @param beginBy uptime after which it must not be begun any more
     */
    public record ForceReload(Duration beginBy, ActorRef<MapAnswer> replyTo) implements Command {}

    /**
     * I/O that finds no path fails, whatever {@code no_path_retry} says, until {@link RestoreQueueing}. The answer comes when
     * the kernel has it; the word holds also when that takes longer.
     *
     * @param waitUntil uptime
     */
    public record DisableQueueing(Duration waitUntil, ActorRef<MapAnswer> replyTo) implements Command {}

    /** As {@link DisableQueueing}. */
    public record RestoreQueueing(Duration waitUntil, ActorRef<MapAnswer> replyTo) implements Command {}

    /** Counts what happens to the map from now on. */
    public record ResetCounters(ActorRef<MapAnswer> replyTo) implements Command {}

    public record GetCounters(ActorRef<MapCounters> replyTo) implements Command {}

    /** Asks why it is as it is. */
    public record Explain(ActorRef<MapAccount> replyTo) implements Command {}

    /** Before the map is made, the answer shows it as it would be made, on device {@code -}. */
    public record Describe(ActorRef<MapTopology> replyTo) implements Command {}

    /** Leave the map and its I/O alone. What a thread has begun comes to its end. */
    public record Stop() implements Command {}

    record Wake() implements Command {}

    /** All that was told before is known: what follows from it is decided once. */
    private record Decide() implements Command {}

    record Overdue() implements Command {}

    record Taken(Execution by, int number) implements Command {}

    record Done(Execution by, MapOperations.Ended ended) implements Command {}

    record Broke(Execution by, Throwable cause) implements Command {}

    record ReassignEnded(Reassigning by, MapAction.Reassign reassign, Optional<String> refusal) implements Command {}

    record ReassignOverdue() implements Command {}

    private final TimerScheduler<Command> timers;
    private final MapLife life;
    private final MapOperations operations;
    private final HostClock clock;
    private final Execution execution;
    private final WishQueue wishes;
    private final MapVoice voice;
    private boolean deciding;
    /** The highest epoch under which somebody asked whether the map may be moved. */
    private Epoch askedUnder = Epoch.NONE;

    private final Reassigning reassigning;
    private final MapWork work;

    private MapActor(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            MapLife life,
            MapOperations operations,
            HostClock clock,
            ActorRef<MapFact> facts) {
        super(context);
        this.timers = timers;
        this.life = life;
        this.operations = operations;
        this.clock = clock;
        this.execution = new Execution(context, timers, life, operations, clock, facts);
        this.wishes = new WishQueue();
        this.voice = new MapVoice(life, context.getLog(), facts);
        this.reassigning = new Reassigning(context, timers, life, operations, clock, voice, facts);
        this.work =
                new MapWork(timers, context.getLog(), life, operations, clock, execution, reassigning, wishes, voice);
        if (operations.words().isQueueingDisabled(life.wwid())) {
            life.disableQueueing();
        }
        work.proceed();
    }

    /** @param operations of the host, the same for all maps */
    public static Behavior<Command> create(
            Wwid wwid,
            MapSettings settings,
            MapName name,
            MapOperations operations,
            HostClock clock,
            ActorRef<MapFact> facts) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new MapActor(context, timers, new MapLife(wwid, settings, name), operations, clock, facts)));
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        switch (command) {
            case PathIs(var report) -> life.pathIs(report, clock.uptime());
            case PathGone(var device) -> life.pathGone(device);
            case PathIsAnother(var report) -> life.pathIsAnother(report);
            case NoPathFound() -> life.noPathFound();
            case DisksUnread(var disks) -> life.disksUnread(disks);
            case KernelMoved() -> life.kernelMoved();
            case KernelEvent(var device, var number, var anew) -> life.kernelMoved(device, number, anew);
            case UnclaimedEvent(var device, var number, var anew) -> {
                if (!life.kernelMayHaveMoved(device, number, anew)) {
                    return this;
                }
            }
            case SettingsChanged(var settings) -> life.settingsAre(settings, clock.uptime());
            case NameIs(var name) -> life.nameIs(name);
            case NameIsFree(var name) -> life.nameIsFree(name);
            case FailBack(var ports, var epoch, var beginBy, var replyTo)
            when epoch.isOlderThan(askedUnder) ->
                replyTo.tell(new Outcome(life.wwid(), Move.NOT_MOVED, WishQueue.OUTDATED));
            case FailBack(var ports, var epoch, var beginBy, var replyTo) ->
                move(new Wish.FailBack(epoch, ports), beginBy, replyTo);
            case MayFailBack(var epoch, var replyTo) -> {
                askedUnder = askedUnder.max(epoch);
                wishes.withdraw(askedUnder);
                decideIfWanted();
                replyTo.tell(new Standing(voice.topology(), wishes.isFailingBack()));
                return this;
            }
            case SwitchGroup(var group, var beginBy, var replyTo) -> move(new Wish.SwitchTo(group), beginBy, replyTo);
            case Resize(var sectors, var beginBy, var replyTo) -> load(new Wish.Resize(sectors), beginBy, replyTo);
            case ForceReload(var beginBy, var replyTo) -> load(new Wish.Reload(), beginBy, replyTo);
            case DisableQueueing(var waitUntil, var replyTo) -> {
                AuditTrail.note(life.wwid(), "queueing is disabled by an operator");
                operations.words().disableQueueing(life.wwid());
                life.disableQueueing();
                load(new Wish.QueueingAsSaid(), waitUntil, replyTo);
            }
            case RestoreQueueing(var waitUntil, var replyTo) -> {
                AuditTrail.note(life.wwid(), "queueing is restored by an operator");
                operations.words().restoreQueueing(life.wwid());
                life.restoreQueueing();
                load(new Wish.QueueingAsSaid(), waitUntil, replyTo);
            }
            case ResetCounters(var replyTo) -> {
                life.resetCounters(clock.uptime());
                replyTo.tell(new MapAnswer.Done());
                return this;
            }
            case GetCounters(var replyTo) -> {
                decideIfWanted();
                replyTo.tell(life.counters(clock.uptime()));
                return this;
            }
            case Describe(var replyTo) -> {
                decideIfWanted();
                replyTo.tell(voice.topology());
                return this;
            }
            case Explain(var replyTo) -> {
                decideIfWanted();
                replyTo.tell(life.account(execution.action(), clock.uptime()));
                return this;
            }
            case Wake() -> {}
            case Decide() -> {
                decideIfWanted();
                return this;
            }
            case Overdue() -> execution.overdue();
            case Taken(var by, var number) when by == execution -> execution.taken(number);
            case Done(var by, MapOperations.Performed(var outcome)) when by == execution -> work.done(outcome);
            case Done(var by, MapOperations.NotBegun(var action, var reason))
            when by == execution -> work.notBegun(action, reason);
            case Broke(var by, var cause) when by == execution -> work.broke(cause);
            case ReassignOverdue() -> reassigning.overdue();
            case ReassignEnded(var by, var reassign, var refusal)
            when by == reassigning -> reassigning.ended(reassign, refusal);
            case ReassignEnded ofTheLifeBefore -> {}
            case Taken ofTheLifeBefore -> {}
            case Done ofTheLifeBefore -> {}
            case Broke ofTheLifeBefore -> {}
            case Stop() -> {
                operations.nothingAtClose(life.wwid());
                operations.words().restoreQueueing(life.wwid());
                wishes.answer(Move.NOT_MOVED, "the map is not kept any more");
                wishes.end(Move.UNKNOWN, "the map is not kept any more; what was begun comes to its end");
                return Behaviors.stopped();
            }
        }
        if (!deciding) {
            deciding = true;
            getContext().getSelf().tell(new Decide());
        }
        return this;
    }

    private void decideIfWanted() {
        if (!deciding) {
            return;
        }
        deciding = false;
        voice.publish();
        execution.prepareFarewell();
        wishes.expire(clock.uptime());
        work.proceed();
    }

    private void move(Wish wish, Duration beginBy, ActorRef<Outcome> replyTo) {
        ask(wish, beginBy, WishQueue.Reply.moved(life.wwid(), replyTo), replyTo);
    }

    /** Asked for by whoever knows more than was heard: the kernel is looked at first. */
    private void load(Wish wish, Duration beginBy, ActorRef<MapAnswer> replyTo) {
        life.kernelMoved();
        ask(wish, beginBy, WishQueue.Reply.loaded(replyTo), replyTo);
    }

    private void ask(Wish wish, Duration beginBy, WishQueue.Reply reply, Object asker) {
        wishes.add(wish, beginBy, reply);
        var now = clock.uptime();
        if (now.compareTo(beginBy) <= 0) {
            timers.startSingleTimer(
                    asker, new Wake(), BoundedWait.of(beginBy.minus(now).plusMillis(1)));
        }
    }
}
