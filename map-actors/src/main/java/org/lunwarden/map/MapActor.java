package org.lunwarden.map;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.HostClock;
import org.lunwarden.io.IoResult.Refused;
import org.lunwarden.map.plan.KernelMap;
import org.lunwarden.map.plan.KernelView;
import org.lunwarden.map.plan.MapAction;
import org.lunwarden.model.DevT;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostAnswer.Move;
import org.lunwarden.model.fleet.HostAnswer.Outcome;
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

    /** All disks were looked at, and none is a path of this map: a map that the kernel has is kept, and its I/O waits. */
    public record NoPathFound() implements Command {}

    /** The kernel told of an event of this map. */
    public record KernelEvent() implements Command {}

    public record SettingsChanged(MapSettings settings) implements Command {}

    /** Move the map to its best group now, whatever the failback policy says. */
    public record FailBack(ActorRef<Outcome> replyTo) implements Command {}

    /** Before the map is made, the answer shows it as it would be made, on device {@code -}. */
    public record Describe(ActorRef<MapTopology> replyTo) implements Command {}

    /** Leave the map and its I/O alone. */
    public record Stop() implements Command {}

    private record Wake() implements Command {}

    private record Overdue() implements Command {}

    private record Done(DmOperation.Outcome outcome) implements Command {}

    private record Broke(Throwable cause) implements Command {}

    /** What the owner of the map hears. */
    public sealed interface Fact {}

    /** The map is so now; told on every change. */
    public record MapIs(MapTopology map) implements Fact {}

    /** The kernel stopped using a path that its check calls good. */
    public record PathFailedByKernel(Wwid wwid, DevT path) implements Fact {}

    /** The map is no more: it had no paths left, or somebody removed it. */
    public record MapVanished(Wwid wwid) implements Fact {}

    /** A call of device-mapper has not returned for so long. Told again, ever more rarely, until it returns. */
    public record Stuck(Wwid wwid, String what, Duration since) implements Fact {}

    /** A call that was told to be stuck has returned. */
    public record Freed(Wwid wwid, String what, Duration after) implements Fact {}

    /** Something cannot be done and why; told once for each reason. It is tried again by itself where that may help. */
    public record Refusal(Wwid wwid, String what, String reason) implements Fact {}

    /** How long a call of device-mapper may take before it counts as stuck. */
    static final Duration DEADLINE = Duration.ofSeconds(10);

    /** One line for each act on a map. */
    private static final Logger AUDIT = LoggerFactory.getLogger("lunwarden.audit");

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Logger log;
    private final MapLife life;
    private final DeviceMapper dm;
    private final Executor blocking;
    private final HostClock clock;
    private final ActorRef<Fact> facts;

    private final FailbackQueue failbacks;
    private final Complaints complaints;
    private Optional<MapTopology> published = Optional.empty();
    private Optional<UnderWay> underWay = Optional.empty();

    private record UnderWay(MapAction action, Duration since, boolean toldStuck) {}

    private MapActor(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            MapLife life,
            DeviceMapper dm,
            Executor blocking,
            HostClock clock,
            ActorRef<Fact> facts) {
        super(context);
        this.context = context;
        this.timers = timers;
        this.log = context.getLog();
        this.life = life;
        this.dm = dm;
        this.blocking = blocking;
        this.clock = clock;
        this.facts = facts;
        this.failbacks = new FailbackQueue(life.wwid());
        this.complaints = new Complaints(life.wwid(), log, facts);
        proceed();
    }

    /** @param blocking runs the calls of device-mapper, which may take long */
    public static Behavior<Command> create(
            Wwid wwid, MapSettings settings, DeviceMapper dm, Executor blocking, ActorRef<Fact> facts) {
        return create(wwid, settings, dm, blocking, () -> Duration.ofNanos(System.nanoTime()), facts);
    }

    static Behavior<Command> create(
            Wwid wwid,
            MapSettings settings,
            DeviceMapper dm,
            Executor blocking,
            HostClock clock,
            ActorRef<Fact> facts) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new MapActor(context, timers, new MapLife(wwid, settings), dm, blocking, clock, facts)));
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        switch (command) {
            case PathIs(var report) -> life.pathIs(report, clock.uptime());
            case PathGone(var device) -> life.pathGone(device);
            case NoPathFound() -> life.noPathFound();
            case KernelEvent() -> life.kernelMoved();
            case SettingsChanged(var settings) -> life.settingsAre(settings, clock.uptime());
            case FailBack(var replyTo) -> failbacks.add(replyTo);
            case Describe(var replyTo) -> replyTo.tell(topology());
            case Wake() -> {}
            case Overdue() -> tellStuck();
            case Done(var outcome) -> done(outcome);
            case Broke(var cause) -> broke(cause);
            case Stop() -> {
                return Behaviors.stopped();
            }
        }
        publish();
        proceed();
        return this;
    }

    /** Does the next thing, when nothing is under way. */
    private void proceed() {
        if (underWay.isPresent()) {
            return;
        }
        var now = clock.uptime();
        var action = life.next(now);
        switch (action) {
            case MapAction.Nothing() -> {
                complaints.say("paths", String.join("; ", life.rejectedPaths(now)));
                failBackOrRest(now);
            }
            case MapAction.Reject(var reason) -> {
                complaints.say("map", reason);
                failBackOrRest(now);
            }
            case MapAction.Look look -> start(look, now);
            case MapAction.Create create -> start(create, now);
            case MapAction.Reload reload -> start(reload, now);
            case MapAction.Resize resize -> start(resize, now);
            case MapAction.Rename rename -> start(rename, now);
            case MapAction.Resume resume -> start(resume, now);
            case MapAction.Tell tell -> start(tell, now);
            case MapAction.SwitchGroup switchGroup -> start(switchGroup, now);
            case MapAction.Remove remove -> start(remove, now);
        }
    }

    private void failBackOrRest(Duration now) {
        if (!failbacks.isEmpty()) {
            switch (FailbackRequest.judge(life)) {
                case FailbackRequest.Answer(var move, var reason) -> failbacks.answer(move, reason);
                case FailbackRequest.Switch(var group) -> {
                    failbacks.beginSwitch();
                    start(new MapAction.SwitchGroup(group), now);
                    return;
                }
            }
        }
        life.wakeAt(now).ifPresent(time -> timers.startSingleTimer(Wake.class, new Wake(), time.minus(now)));
    }

    private void start(MapAction action, Duration now) {
        if (action instanceof MapAction.Look) {
            log.debug("{}: look", life.wwid());
        } else {
            AUDIT.info("{}: {}", life.wwid(), ActWords.audit(action));
        }
        timers.cancel(Wake.class);
        underWay = Optional.of(new UnderWay(action, now, false));
        timers.startSingleTimer(Overdue.class, new Overdue(), DEADLINE);
        var operation = new DmOperation(dm, life.wwid(), life.settings().skipKpartx());
        var name = life.name();
        context.pipeToSelf(
                CompletableFuture.supplyAsync(() -> operation.perform(action, name), blocking), MapActor::piped);
    }

    private static Command piped(DmOperation.@Nullable Outcome outcome, @Nullable Throwable broke) {
        if (outcome != null) {
            return new Done(outcome);
        }
        return new Broke(broke != null ? broke : new IllegalStateException("no outcome"));
    }

    private void done(DmOperation.Outcome outcome) {
        underWay.ifPresent(this::tellFreed);
        underWay = Optional.empty();
        timers.cancel(Overdue.class);
        var seen = life.kernelIs(outcome.view(), outcome.action(), outcome.refusal(), clock.uptime());
        var what = ActWords.of(outcome.action());
        complaints.say(what, outcome.refusal().map(Refused::toString).orElse(""));
        switch (outcome.view()) {
            case KernelView.Unreadable(var refusal) -> complaints.say("look", refusal.toString());
            case KernelView.Present present -> complaints.forget(List.of("look", "map"));
            case KernelView.Absent absent -> complaints.forget(List.of("look", "map"));
            case KernelView.Foreign foreign -> complaints.forget(List.of("look"));
        }
        for (var path : seen.failedByKernel()) {
            log.warn("{}: the kernel failed path {}", life.wwid(), path);
            facts.tell(new PathFailedByKernel(life.wwid(), path));
        }
        if (outcome.action() instanceof MapAction.SwitchGroup) {
            failbacks.endSwitch(
                    outcome.refusal().isEmpty() ? Move.SWITCHED : Move.NOT_MOVED,
                    outcome.refusal().map(Refused::toString).orElse(""));
        }
        if (seen.vanished()) {
            published = Optional.empty();
            facts.tell(new MapVanished(life.wwid()));
        }
    }

    /** A fault in our own code below costs this one act: the map and what is known of it stay. */
    private void broke(Throwable cause) {
        underWay.ifPresent(call -> {
            log.error("{}: {} broke", life.wwid(), ActWords.of(call.action()), cause);
            var refusal = new Refused<Object>(0, ActWords.of(call.action()), cause.toString());
            done(new DmOperation.Outcome(call.action(), Optional.of(refusal), new KernelView.Unreadable(refusal)));
        });
    }

    private void tellStuck() {
        underWay.ifPresent(call -> {
            var since = clock.uptime().minus(call.since());
            log.error("{}: {} has not returned for {}", life.wwid(), ActWords.of(call.action()), since);
            facts.tell(new Stuck(life.wwid(), ActWords.of(call.action()), since));
            underWay = Optional.of(new UnderWay(call.action(), call.since(), true));
            timers.startSingleTimer(Overdue.class, new Overdue(), since.compareTo(DEADLINE) > 0 ? since : DEADLINE);
        });
    }

    private void tellFreed(UnderWay call) {
        var after = clock.uptime().minus(call.since());
        if (call.toldStuck()) {
            facts.tell(new Freed(life.wwid(), ActWords.of(call.action()), after));
        }
    }

    private void publish() {
        var now = life.kernelMap().map(this::topology);
        if (now.isPresent() && !now.equals(published)) {
            published = now;
            facts.tell(new MapIs(now.get()));
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
