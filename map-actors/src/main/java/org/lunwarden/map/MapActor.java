package org.lunwarden.map;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.slf4j.Logger;

import org.lunwarden.io.AuditTrail;
import org.lunwarden.io.HostClock;
import org.lunwarden.io.IoResult.Refused;
import org.lunwarden.map.plan.KernelMap;
import org.lunwarden.map.plan.KernelView;
import org.lunwarden.map.plan.MapAction;
import org.lunwarden.model.DevT;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostAnswer.Move;
import org.lunwarden.model.fleet.HostAnswer.Outcome;
import org.lunwarden.model.map.MapCounters;
import org.lunwarden.model.map.MapName;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.model.map.PathReport;
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

    /** The kernel told of an event of this map. */
    public record KernelEvent() implements Command {}

    public record SettingsChanged(MapSettings settings) implements Command {}

    public record NameIs(MapName name) implements Command {}

    /** No device is called so any more, which may be the name that this map is to have. */
    public record NameIsFree(String name) implements Command {}

    /**
     * Move the map to its best group now, whatever the failback policy says.
     *
     * @param beginBy uptime after which it must not be begun any more; the answer then is that it was not moved
     */
    public record FailBack(Duration beginBy, ActorRef<Outcome> replyTo) implements Command {}

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
     * @param beginBy uptime after which it must not be begun any more
     */
    public record Resize(Duration beginBy, ActorRef<MapAnswer> replyTo) implements Command {}

    /**
     * Load the map's table once more, though nothing differs. Its size stays.
     *
     * @param beginBy uptime after which it must not be begun any more
     */
    public record ForceReload(Duration beginBy, ActorRef<MapAnswer> replyTo) implements Command {}

    /** I/O that finds no path fails, whatever {@code no_path_retry} says, until {@link RestoreQueueing}. */
    public record DisableQueueing() implements Command {}

    public record RestoreQueueing() implements Command {}

    public record GetCounters(ActorRef<MapCounters> replyTo) implements Command {}

    /** Asks why it is as it is. */
    public record Explain(ActorRef<MapAccount> replyTo) implements Command {}

    /** Before the map is made, the answer shows it as it would be made, on device {@code -}. */
    public record Describe(ActorRef<MapTopology> replyTo) implements Command {}

    /** Leave the map and its I/O alone. What a thread has begun comes to its end. */
    public record Stop() implements Command {}

    private record Wake() implements Command {}

    /** All that was told before is known: what follows from it is decided once. */
    private record Decide() implements Command {}

    record Overdue() implements Command {}

    record Taken(Execution by, int number) implements Command {}

    record Done(Execution by, MapOperations.Ended ended) implements Command {}

    record Broke(Execution by, Throwable cause) implements Command {}

    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private static final String STALE_PROOF = "the proof of a path to reinstate is too old";

    private final TimerScheduler<Command> timers;
    private final Logger log;
    private final MapLife life;
    private final MapOperations operations;
    private final HostClock clock;
    private final ActorRef<MapFact> facts;
    private final Execution execution;
    private final WishQueue wishes;
    private final Complaints complaints;
    private Optional<MapTopology> published = Optional.empty();
    private boolean deciding;

    private MapActor(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            MapLife life,
            MapOperations operations,
            HostClock clock,
            ActorRef<MapFact> facts) {
        super(context);
        this.timers = timers;
        this.log = context.getLog();
        this.life = life;
        this.operations = operations;
        this.clock = clock;
        this.facts = facts;
        this.execution = new Execution(context, timers, life, operations, clock, facts);
        this.wishes = new WishQueue();
        this.complaints = new Complaints(life.wwid(), log, facts);
        if (operations.words().isQueueingDisabled(life.wwid())) {
            life.disableQueueing();
        }
        proceed();
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
            case NoPathFound() -> life.noPathFound();
            case DisksUnread(var disks) -> life.disksUnread(disks);
            case KernelEvent() -> life.kernelMoved();
            case SettingsChanged(var settings) -> life.settingsAre(settings, clock.uptime());
            case NameIs(var name) -> life.nameIs(name);
            case NameIsFree(var name) -> life.nameIsFree(name);
            case FailBack(var beginBy, var replyTo) -> ask(new Wish.FailBack(), beginBy, moved(replyTo), replyTo);
            case SwitchGroup(var group, var beginBy, var replyTo) ->
                ask(new Wish.SwitchTo(group), beginBy, moved(replyTo), replyTo);
            case Resize(var beginBy, var replyTo) -> load(new Wish.Resize(), beginBy, replyTo);
            case ForceReload(var beginBy, var replyTo) -> load(new Wish.Reload(), beginBy, replyTo);
            case DisableQueueing() -> {
                AuditTrail.note(life.wwid(), "queueing is disabled by an operator");
                operations.words().disableQueueing(life.wwid());
                life.disableQueueing();
            }
            case RestoreQueueing() -> {
                AuditTrail.note(life.wwid(), "queueing is restored by an operator");
                operations.words().restoreQueueing(life.wwid());
                life.restoreQueueing();
            }
            case GetCounters(var replyTo) -> {
                decideIfWanted();
                replyTo.tell(life.counters(clock.uptime()));
                return this;
            }
            case Describe(var replyTo) -> {
                decideIfWanted();
                replyTo.tell(topology());
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
            case Done(var by, MapOperations.Performed(var outcome)) when by == execution -> done(outcome);
            case Done(var by, MapOperations.NotBegun(var action, var reason))
            when by == execution -> notBegun(action, reason);
            case Broke(var by, var cause) when by == execution -> broke(cause);
            case Taken ofTheLifeBefore -> {}
            case Done ofTheLifeBefore -> {}
            case Broke ofTheLifeBefore -> {}
            case Stop() -> {
                operations.nothingAtClose(life.wwid());
                operations.words().restoreQueueing(life.wwid());
                wishes.answer(Move.NOT_MOVED, "the map is not kept any more");
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
        publish();
        execution.prepareFarewell();
        wishes.expire(clock.uptime());
        proceed();
    }

    /** Does the next thing, when nothing is under way. */
    private void proceed() {
        if (execution.action().isPresent()) {
            return;
        }
        var now = clock.uptime();
        if (operations.isClosed()) {
            wishes.answer(Move.NOT_MOVED, "the daemon stops");
            leaveResumed(now);
            return;
        }
        life.proofsWanted(now).forEach(path -> facts.tell(new MapFact.ProofWanted(life.wwid(), path)));
        life.pathsNeeded(now).forEach(path -> facts.tell(new MapFact.PathNeeded(life.wwid(), path)));
        var action = life.next(now);
        switch (action) {
            case MapAction.Nothing() -> {
                complaints.say("paths", String.join("; ", life.rejectedPaths(now)));
                serveOrRest(now);
            }
            case MapAction.Reject(var reason) -> {
                complaints.say("map", reason);
                serveOrRest(now);
            }
            case MapAction.Look look -> start(look);
            case MapAction.Create create -> start(create);
            case MapAction.Reload reload -> start(reload);
            case MapAction.Resize resize -> start(resize);
            case MapAction.Rename rename -> start(rename);
            case MapAction.Resume resume -> start(resume);
            case MapAction.Tell tell -> start(tell, () -> staleProof(tell, now));
            case MapAction.SwitchGroup switchGroup -> start(switchGroup);
            case MapAction.Remove remove -> start(remove);
            case MapAction.Reassign reassign -> start(reassign);
        }
    }

    /** The daemon stops: a map that one of our acts left suspended is resumed first. */
    private void leaveResumed(Duration now) {
        if (!operations.owesResume(life.wwid())) {
            return;
        }
        var action = life.next(now);
        if (MapOperations.leadsToResume(action)) {
            start(action);
        } else {
            wakeLater(now);
        }
    }

    private void serveOrRest(Duration now) {
        while (wishes.next().isPresent()) {
            var wish = wishes.next().get();
            switch (Wish.judge(wish, life, now)) {
                case MapAction.Nothing() -> wishes.answer(wish, Move.IN_PLACE, "");
                case MapAction.Reject(var reason) -> wishes.answer(wish, Move.NOT_MOVED, reason);
                case MapAction act -> {
                    var beginBy = wishes.begin(wish);
                    start(act, () -> WishQueue.lateness(beginBy, clock.uptime()));
                    return;
                }
            }
        }
        wakeLater(now);
    }

    private void wakeLater(Duration now) {
        life.wakeAt(now).ifPresent(time -> timers.startSingleTimer(Wake.class, new Wake(), bounded(time.minus(now))));
    }

    /** A timer has a longest wait; one that comes too early finds nothing to do. */
    private static Duration bounded(Duration wait) {
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private WishQueue.Reply moved(ActorRef<Outcome> replyTo) {
        return (move, reason) -> replyTo.tell(new Outcome(life.wwid(), move, reason));
    }

    /** Asked for by whoever knows more than was heard: the kernel is looked at first. */
    private void load(Wish wish, Duration beginBy, ActorRef<MapAnswer> replyTo) {
        life.kernelMoved();
        ask(
                wish,
                beginBy,
                (move, reason) ->
                        replyTo.tell(move == Move.NOT_MOVED ? new MapAnswer.Refused(reason) : new MapAnswer.Done()),
                replyTo);
    }

    private void ask(Wish wish, Duration beginBy, WishQueue.Reply reply, Object asker) {
        wishes.add(wish, beginBy, reply);
        var now = clock.uptime();
        if (now.compareTo(beginBy) <= 0) {
            timers.startSingleTimer(asker, new Wake(), beginBy.minus(now).plusMillis(1));
        }
    }

    private void start(MapAction action) {
        start(action, Optional::empty);
    }

    /** A path is not used on a proof that has waited for a thread. */
    private Optional<String> staleProof(MapAction.Tell tell, Duration decided) {
        return tell.reinstates() && clock.uptime().minus(decided).compareTo(KernelFailures.PROOF_LASTS) > 0
                ? Optional.of(STALE_PROOF)
                : Optional.empty();
    }

    private void start(MapAction action, Supplier<Optional<String>> veto) {
        timers.cancel(Wake.class);
        execution.start(action, veto);
    }

    private void notBegun(MapAction action, String reason) {
        execution.ended();
        AuditTrail.note(life.wwid(), ActWords.of(action) + " not begun: " + reason);
        wishes.end(Move.NOT_MOVED, reason);
        if (action instanceof MapAction.Tell tell && reason.equals(STALE_PROOF)) {
            life.proofsAreStale(tell, clock.uptime());
        }
        life.kernelMoved();
    }

    private void done(DmOperation.Outcome outcome) {
        execution.ended();
        var seen = life.kernelIs(outcome.view(), outcome.action(), outcome.refusal(), clock.uptime());
        var what = ActWords.of(outcome.action());
        complaints.say(what, outcome.refusal().map(Refused::toString).orElse(""));
        switch (outcome.view()) {
            case KernelView.Unreadable(var refusal) -> complaints.say("look", refusal.toString());
            case KernelView.Present present -> complaints.forget(List.of("look", "map"));
            case KernelView.Absent absent -> complaints.forget(List.of("look", "map"));
            case KernelView.NameTaken taken -> complaints.forget(List.of("look"));
            case KernelView.Foreign foreign -> complaints.forget(List.of("look"));
        }
        if (outcome.action() instanceof MapAction.Create && outcome.refusal().isPresent() && !outcome.metAnother()) {
            facts.tell(new MapFact.NotMade(life.wwid()));
        }
        for (var path : seen.failedByKernel()) {
            log.warn("{}: the kernel failed path {}", life.wwid(), path);
            facts.tell(new MapFact.PathFailedByKernel(life.wwid(), path));
        }
        wishes.end(
                outcome.refusal().isEmpty() ? Move.SWITCHED : Move.NOT_MOVED,
                outcome.refusal().map(Refused::toString).orElse(""));
        if (seen.vanished()) {
            published = Optional.empty();
            facts.tell(new MapFact.MapVanished(life.wwid()));
        }
    }

    /** A fault in our own code below costs this one act: the map and what is known of it stay. */
    private void broke(Throwable cause) {
        execution.action().ifPresent(action -> {
            var word = ActWords.of(action);
            log.error("{}: {} broke", life.wwid(), word, cause);
            var refusal = new Refused<Object>(0, word, cause.toString());
            done(new DmOperation.Outcome(action, Optional.of(refusal), new KernelView.Unreadable(refusal)));
        });
    }

    private void publish() {
        var now = life.kernelMap().map(this::topology);
        if (now.isPresent() && !now.equals(published)) {
            published = now;
            facts.tell(new MapFact.MapIs(now.get()));
        }
    }

    private MapTopology topology() {
        return life.kernelMap()
                .map(this::topology)
                .orElseGet(() -> TopologyView.ofWanted(life.wwid(), life.settings(), life.allPaths()));
    }

    private MapTopology topology(KernelMap map) {
        return TopologyView.of(life.wwid(), map, life.allPaths());
    }
}
