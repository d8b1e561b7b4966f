package org.lunwarden.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
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
import org.lunwarden.model.settings.BoundedWait;
import org.lunwarden.node.discovery.Candidates;
import org.lunwarden.node.discovery.Verdict;
import org.lunwarden.node.site.Site;
import org.lunwarden.node.uevent.UeventFacts;
import org.lunwarden.node.uevent.UeventQueue;

/**
 * Looks at disks: at all of them at the start and from time to time, at some when uevents name them. An event says only
 * where to look, never what is there; so a storm of them costs a look, and their order matters to nobody. One look is
 * under way at a time; it ends without the disks that do not answer, and they are part of every look from then on, which
 * the first answer of one of them calls for.
 */
final class Discovery {

    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

    private static final Duration GATHER = Duration.ofMillis(50);
    private static final Duration TICK = Duration.ofMillis(500);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LOOK_AT_LOCKED = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);
    /** From so many disks on, a look at all of them is cheaper. */
    private static final int MANY = 128;
    /** So many events are kept until the next look; more of them are settled at once. */
    private static final int BATCH = 1_000;

    sealed interface Command {}

    record Heard(Uevent event) implements Command {}

    record LookAtAll() implements Command {}

    /** Look at the disks of that WWID now. The registry hears what was found before the answer comes. */
    record LookAtPaths(Wwid wwid, ActorRef<Looked> replyTo) implements Command {}

    /** @param unread disks that did not answer */
    record Looked(SortedSet<DeviceName> unread) {}

    /** Other disks than before may be blacklisted, or not be any more. */
    record SiteChanged() implements Command {}

    record GetLooking(ActorRef<NodeStatus.Looking> replyTo) implements Command {}

    record GetCandidates(ActorRef<Candidates> replyTo) implements Command {}

    private record Look() implements Command {}

    private record FromLook(Discovery by, DiskLook.News news) implements Command {}

    private record Tick() implements Command {}

    private record LookAtLocked() implements Command {}

    private record AskUdev() implements Command {}

    private final TimerScheduler<Command> timers;
    private final HostPorts ports;
    private final Site site;
    private final ActorRef<PathRegistry.Command> registry;
    private final Subscription uevents;

    private final List<Uevent> events = new ArrayList<>();
    private final Set<DeviceName> dirty = new HashSet<>();
    private boolean allDirty = true;
    /** Since the last look at all disks began. */
    private boolean siteChanged;

    private boolean judgesAnew;
    /** Whether a dm device changed since the holders were read. */
    private boolean mapsMoved;

    private final LookAskers askers = new LookAskers();
    private final DiskReaders readers;
    private final DiskLook look;
    private final UdevAsked udev;
    private Optional<Duration> lookingSince = Optional.empty();

    private Candidates candidates = Candidates.NONE;
    private Optional<String> failure = Optional.empty();
    private Duration retry = FIRST_RETRY;
    /** Disks for whose udev properties the last look did not wait. */
    private Set<DeviceName> unheard = Set.of();

    private long looks;
    private long heard;

    /**
     * @param dm runs calls of device-mapper
     * @param blocking lists disks
     * @param readers outlive it
     */
    static Behavior<Command> create(
            HostPorts ports,
            Site site,
            Executor dm,
            Executor blocking,
            DiskReaders readers,
            KnownWwids wwids,
            Duration lookAgain,
            ActorRef<PathRegistry.Command> registry) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay("look again", new LookAtAll(), lookAgain);
            return new Discovery(context, timers, ports, site, dm, blocking, readers, wwids, registry).begin();
        }));
    }

    private Discovery(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            HostPorts ports,
            Site site,
            Executor dm,
            Executor blocking,
            DiskReaders readers,
            KnownWwids wwids,
            ActorRef<PathRegistry.Command> registry) {
        this.timers = timers;
        this.ports = ports;
        this.site = site;
        var self = context.getSelf();
        this.look =
                new DiskLook(news -> self.tell(new FromLook(this, news)), ports, site, dm, blocking, readers, wwids);
        this.udev = new UdevAsked(
                ports.diskControl(),
                blocking,
                site,
                wait -> timers.startSingleTimer(AskUdev.class, new AskUdev(), BoundedWait.of(wait)));
        this.readers = readers;
        this.registry = registry;
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
            case LookAtAll() -> lookAtAll();
            case LookAtPaths(var wwid, var replyTo) -> {
                dirty.addAll(candidates.of(wwid));
                askers.ask(wwid, replyTo);
                lookSoon(Duration.ZERO);
            }
            case SiteChanged() -> {
                siteChanged = true;
                lookAtAll();
            }
            case Look() -> look();
            case FromLook(var by, DiskLook.Begun(IoResult.Ok<DiskLook.Beginning>(var beginning)))
            when by == this -> {
                look.read(beginning, candidates);
                proceed();
            }
            case FromLook(var by, DiskLook.Begun(IoResult.Refused<DiskLook.Beginning> refused))
            when by == this -> failed(refused.toString());
            case FromLook(var by, DiskLook.DiskRead read) when by == this -> diskRead(read);
            case FromLook beforeARestart -> {}
            case Tick() -> tick();
            case AskUdev() -> askUdev();
            case LookAtLocked() -> {
                dirty.addAll(candidates.locked());
                lookIfDirty();
            }
            case GetLooking(var replyTo) -> replyTo.tell(looking());
            case GetCandidates(var replyTo) -> replyTo.tell(candidates);
        }
        return Behaviors.same();
    }

    /** A disk that udev tells nothing of in time is looked at once more, and then for itself. */
    private void askUdev() {
        udev.ask(now());
        var given = new HashSet<>(udev.unheard(now()));
        given.removeAll(unheard);
        dirty.addAll(given);
        lookIfDirty();
    }

    private void hear(Uevent event) {
        heard++;
        if (event.equals(Uevent.LOST)) {
            LOG.warn("uevents were lost: a look at all disks");
            lookAtAll();
        } else if (UeventFacts.isOfDm(event)) {
            UeventFacts.mapOf(event)
                    .filter(wwid -> !UeventFacts.isOfMapsEvent(event))
                    .ifPresent(wwid -> registry.tell(new PathRegistry.MapEvent(wwid)));
            if (event.action().equals("remove")) {
                UeventFacts.text(event, "DM_NAME").ifPresent(name -> registry.tell(new PathRegistry.DmGone(name)));
            }
            mapsMoved = true;
            lookAtHeld();
        } else if (!site.ignores(event.device()) || candidates.taken().containsKey(event.device())) {
            events.add(event);
            if (events.size() >= BATCH) {
                settleEvents();
            }
            lookSoon(GATHER);
        }
    }

    private void settleEvents() {
        for (var standing : UeventQueue.settle(events, site::unit)) {
            standing.merged().forEach(event -> dirty.add(event.device()));
            dirty.add(standing.event().device());
        }
        events.clear();
    }

    private void lookAtAll() {
        allDirty = true;
        lookSoon(GATHER);
    }

    /** A disk in the map of another WWID is free when that map has let go of it. */
    private void lookAtHeld() {
        if (mapsMoved && lookingSince.isEmpty()) {
            mapsMoved = false;
            dirty.addAll(candidates.inOtherMaps());
            lookIfDirty();
        }
    }

    private void lookIfDirty() {
        if (allDirty || !dirty.isEmpty() || !events.isEmpty()) {
            lookSoon(GATHER);
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
        lookingSince = Optional.of(now());
        timers.startTimerWithFixedDelay("tick", new Tick(), TICK);
        settleEvents();
        askers.begun();
        var all = allDirty || dirty.size() >= MANY;
        dirty.addAll(look.unread().keySet());
        judgesAnew = all && siteChanged;
        siteChanged = siteChanged && !all;
        unheard = udev.unheard(now());
        dirty.addAll(candidates.toBeReadAgain(unheard));
        look.begin(all, judgesAnew, dirty, unheard);
        dirty.clear();
        allDirty = false;
    }

    private void diskRead(DiskLook.DiskRead read) {
        if (look.take(read, candidates)) {
            proceed();
        } else {
            dirty.add(read.name());
            lookSoon(GATHER);
        }
    }

    private void proceed() {
        look.proceed(candidates).ifPresent(this::end);
    }

    private void tick() {
        look.tellWhatIsStuck(lookingSince);
        proceed();
        if (lookingSince.isEmpty() && look.isIdle()) {
            timers.cancel("tick");
        }
    }

    private void end(DiskLook.Outcome outcome) {
        warnOf(outcome.found());
        candidates = outcome.found();
        registry.tell(new PathRegistry.Found(candidates));
        askers.ended(candidates);
        udev.looked(outcome.known().udevRuns() ? candidates.nameless() : Map.of(), now());
        if (!candidates.locked().isEmpty() && !timers.isTimerActive(LookAtLocked.class)) {
            timers.startSingleTimer(LookAtLocked.class, new LookAtLocked(), LOOK_AT_LOCKED);
        }
        if (outcome.refusal().isPresent()) {
            failed(outcome.refusal().get());
            return;
        }
        lookingSince = Optional.empty();
        failure = Optional.empty();
        retry = FIRST_RETRY;
        looks++;
        dirty.addAll(candidates.toBeReadAgain(unheard));
        lookAtHeld();
        lookIfDirty();
    }

    /** Each time a disk comes into that state, not at each look. */
    private void warnOf(Candidates found) {
        var known = candidates.inOtherMaps();
        for (var name : found.inOtherMaps()) {
            if (!known.contains(name)) {
                LOG.warn("{} is left: {}", name, found.reason(name));
            }
        }
        found.blacklisted().forEach((name, reason) -> {
            if (!reason.equals(candidates.blacklisted().get(name))) {
                Audit.disk(name, reason);
            }
        });
    }

    private void failed(String reason) {
        lookingSince = Optional.empty();
        siteChanged = siteChanged || judgesAnew;
        askers.failed();
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
        return new NodeStatus.Looking(
                looks, lookingSince.map(now()::minus), failure, heard, left, look.unread(), readers.hanging());
    }

    private Duration now() {
        return ports.clock().uptime();
    }

    private Behavior<Command> closed() {
        uevents.close();
        return Behaviors.same();
    }
}
