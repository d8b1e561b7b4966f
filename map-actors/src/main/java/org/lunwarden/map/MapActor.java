package org.lunwarden.map;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
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

    private final Queue<ActorRef<Outcome>> failbacks = new ArrayDeque<>();
    private final Set<ActorRef<Outcome>> answeredBySwitch = new HashSet<>();
    private final Map<String, String> said = new HashMap<>();
    private Optional<MapTopology> published = Optional.empty();
    private Optional<UnderWay> underWay = Optional.empty();

    private record UnderWay(MapAction action, Duration since) {}

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
                sayRejectedPaths(now);
                failBackOrRest(now);
            }
            case MapAction.Reject(var reason) -> {
                say("map", reason);
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
                case FailbackRequest.Answer(var move, var reason) -> answerAll(failbacks, move, reason);
                case FailbackRequest.Switch(var group) -> {
                    answeredBySwitch.addAll(failbacks);
                    failbacks.clear();
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
            AUDIT.info("{} {}", life.wwid(), action);
        }
        timers.cancel(Wake.class);
        underWay = Optional.of(new UnderWay(action, now));
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
        underWay = Optional.empty();
        timers.cancel(Overdue.class);
        var seen = life.kernelIs(outcome.view(), outcome.action(), outcome.refusal(), clock.uptime());
        var what = what(outcome.action());
        outcome.refusal().ifPresentOrElse(refused -> say(what, refused.toString()), () -> said.remove(what));
        switch (outcome.view()) {
            case KernelView.Unreadable(var refusal) -> say("look", refusal.toString());
            case KernelView.Present present -> said.keySet().removeAll(List.of("look", "map"));
            case KernelView.Absent absent -> said.keySet().removeAll(List.of("look", "map"));
            case KernelView.Foreign foreign -> said.remove("look");
        }
        for (var path : seen.failedByKernel()) {
            log.warn("{}: the kernel failed path {}", life.wwid(), path);
            facts.tell(new PathFailedByKernel(life.wwid(), path));
        }
        if (outcome.action() instanceof MapAction.SwitchGroup) {
            answerAll(
                    answeredBySwitch,
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
            log.error("{}: {} broke", life.wwid(), what(call.action()), cause);
            var refusal = new Refused<Object>(0, what(call.action()), cause.toString());
            done(new DmOperation.Outcome(call.action(), Optional.of(refusal), new KernelView.Unreadable(refusal)));
        });
    }

    private void tellStuck() {
        underWay.ifPresent(call -> {
            var since = clock.uptime().minus(call.since());
            log.error("{}: {} has not returned for {}", life.wwid(), what(call.action()), since);
            facts.tell(new Stuck(life.wwid(), what(call.action()), since));
            timers.startSingleTimer(Overdue.class, new Overdue(), since.compareTo(DEADLINE) > 0 ? since : DEADLINE);
        });
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

    private void sayRejectedPaths(Duration now) {
        var rejected = String.join("; ", life.rejectedPaths(now));
        if (rejected.isEmpty()) {
            said.remove("paths");
        } else {
            say("paths", rejected);
        }
    }

    private void say(String what, String reason) {
        if (!reason.equals(said.put(what, reason))) {
            log.warn("{}: {} refused: {}", life.wwid(), what, reason);
            facts.tell(new Refusal(life.wwid(), what, reason));
        }
    }

    private void answerAll(Iterable<ActorRef<Outcome>> waiting, Move move, String reason) {
        for (var replies = waiting.iterator(); replies.hasNext(); ) {
            replies.next().tell(new Outcome(life.wwid(), move, reason));
            replies.remove();
        }
    }

    /** The word for an action in logs and facts. */
    private static String what(MapAction action) {
        return switch (action) {
            case MapAction.Nothing() -> "nothing";
            case MapAction.Look() -> "look";
            case MapAction.Create create -> "create";
            case MapAction.Reload reload -> "reload";
            case MapAction.Resize resize -> "resize";
            case MapAction.Rename rename -> "rename";
            case MapAction.Resume() -> "resume";
            case MapAction.Tell(var messages) -> "message";
            case MapAction.SwitchGroup switchGroup -> "switch_group";
            case MapAction.Remove() -> "remove";
            case MapAction.Reject reject -> "reject";
        };
    }
}
