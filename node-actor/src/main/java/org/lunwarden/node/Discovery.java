package org.lunwarden.node;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.io.HostPorts;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.Subscription;
import org.lunwarden.io.UeventSource.Uevent;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;
import org.lunwarden.node.discovery.Candidates;
import org.lunwarden.node.discovery.Verdict;

/**
 * Looks at disks: at all of them at the start and from time to time, at some when uevents name them. An event says only
 * where to look, never what is there; so a storm of them costs a look, and their order matters to nobody. One look is
 * under way at a time.
 */
final class Discovery {

    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

    private static final Duration GATHER = Duration.ofMillis(50);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);
    /** From so many disks on, a look at all of them is cheaper. */
    private static final int MANY = 128;

    sealed interface Command {}

    record Heard(Uevent event) implements Command {}

    record LookAtAll() implements Command {}

    record GetLooking(ActorRef<NodeStatus.Looking> replyTo) implements Command {}

    private record Look() implements Command {}

    private record Looked(IoResult<Candidates> found) implements Command {}

    private record LookBroke(Throwable cause) implements Command {}

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final HostPorts ports;
    private final DiskReader reader;
    private final Executor blocking;
    private final ActorRef<PathRegistry.Command> registry;
    private final Subscription uevents;

    private final Set<DeviceName> dirty = new HashSet<>();
    private boolean allDirty = true;
    /** Whether a dm device changed since the holders were read. */
    private boolean mapsMoved;

    private Candidates candidates = Candidates.NONE;
    private Optional<Duration> lookingSince = Optional.empty();
    private Optional<String> failure = Optional.empty();
    private Duration retry = FIRST_RETRY;
    private long looks;
    private long heard;

    static Behavior<Command> create(
            HostPorts ports, Executor blocking, Duration lookAgain, ActorRef<PathRegistry.Command> registry) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay("look again", new LookAtAll(), lookAgain);
            return new Discovery(context, timers, ports, blocking, registry).begin();
        }));
    }

    private Discovery(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            HostPorts ports,
            Executor blocking,
            ActorRef<PathRegistry.Command> registry) {
        this.context = context;
        this.timers = timers;
        this.ports = ports;
        this.reader = new DiskReader(ports.blockDevices(), ports.deviceMapper());
        this.blocking = blocking;
        this.registry = registry;
        var self = context.getSelf();
        this.uevents = ports.uevents().onUevent(event -> self.tell(new Heard(event)));
    }

    private Behavior<Command> begin() {
        look();
        return Behaviors.receive(Command.class)
                .onMessage(Command.class, this::receive)
                .onSignal(PostStop.class, signal -> closed())
                .onSignal(PreRestart.class, signal -> closed())
                .build();
    }

    private Behavior<Command> receive(Command command) {
        switch (command) {
            case Heard(var event) -> hear(event);
            case LookAtAll() -> {
                allDirty = true;
                lookSoon(GATHER);
            }
            case Look() -> look();
            case Looked(IoResult.Ok<Candidates>(var found)) -> found(found);
            case Looked(IoResult.Refused<Candidates> refused) -> failed(refused.toString());
            case LookBroke(var cause) -> {
                LOG.error("a look at the disks broke", cause);
                failed(String.valueOf(cause));
            }
            case GetLooking(var replyTo) -> replyTo.tell(looking());
        }
        return Behaviors.same();
    }

    private void hear(Uevent event) {
        heard++;
        if (event.equals(Uevent.LOST)) {
            LOG.warn("uevents were lost: a look at all disks");
            allDirty = true;
            lookSoon(GATHER);
            return;
        }
        if (event.device().value().startsWith("dm-")) {
            Wwid.ofMap(event.properties().getOrDefault("DM_UUID", ""))
                    .ifPresent(wwid -> registry.tell(new PathRegistry.MapEvent(wwid)));
            mapsMoved = true;
            lookAtHeld();
            return;
        }
        dirty.add(event.device());
        lookSoon(GATHER);
    }

    /** A disk in the map of another WWID is free when that map has let go of it. */
    private void lookAtHeld() {
        if (mapsMoved && lookingSince.isEmpty()) {
            mapsMoved = false;
            dirty.addAll(candidates.inOtherMaps());
            if (!dirty.isEmpty()) {
                lookSoon(GATHER);
            }
        }
    }

    private void lookSoon(Duration after) {
        if (lookingSince.isEmpty() && !timers.isTimerActive("look")) {
            timers.startSingleTimer("look", new Look(), after);
        }
    }

    private void look() {
        if (lookingSince.isPresent()) {
            return;
        }
        lookingSince = Optional.of(ports.clock().uptime());
        var known = candidates;
        var all = allDirty || dirty.size() >= MANY;
        var names = Set.copyOf(dirty);
        dirty.clear();
        allDirty = false;
        context.pipeToSelf(
                CompletableFuture.supplyAsync(() -> all ? reader.all(known) : reader.some(names, known), blocking),
                (found, broke) -> broke == null ? new Looked(found) : new LookBroke(broke));
    }

    private void found(Candidates found) {
        lookingSince = Optional.empty();
        failure = Optional.empty();
        retry = FIRST_RETRY;
        looks++;
        warnOf(found);
        candidates = found;
        registry.tell(new PathRegistry.Found(found));
        lookAtHeld();
        if (allDirty || !dirty.isEmpty()) {
            lookSoon(GATHER);
        }
    }

    /** Each time a disk comes into that state, not at each look. */
    private void warnOf(Candidates found) {
        var known = candidates.inOtherMaps();
        for (var name : found.inOtherMaps()) {
            if (!known.contains(name)) {
                LOG.warn("{} is left: {}", name, found.reason(name));
            }
        }
    }

    private void failed(String reason) {
        lookingSince = Optional.empty();
        LOG.warn("cannot look at the disks, again in {} s: {}", retry.toSeconds(), reason);
        failure = Optional.of(reason);
        allDirty = true;
        lookSoon(retry);
        retry = retry.multipliedBy(2).compareTo(LAST_RETRY) > 0 ? LAST_RETRY : retry.multipliedBy(2);
    }

    private NodeStatus.Looking looking() {
        SortedMap<DeviceName, String> left = new TreeMap<>();
        candidates.verdicts().forEach((name, verdict) -> {
            if (verdict instanceof Verdict.Left) {
                left.put(name, verdict.word() + ": " + verdict.reason());
            }
        });
        return new NodeStatus.Looking(looks, lookingSince.map(ports.clock().uptime()::minus), failure, heard, left);
    }

    private Behavior<Command> closed() {
        uevents.close();
        return Behaviors.same();
    }
}
