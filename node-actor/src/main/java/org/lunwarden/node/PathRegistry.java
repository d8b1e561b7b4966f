package org.lunwarden.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

import org.lunwarden.io.HostPorts;
import org.lunwarden.map.MapActor;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.node.discovery.Candidates;
import org.lunwarden.node.report.MapSummaries;
import org.lunwarden.node.topology.NexusFacts;
import org.lunwarden.path.PathActor;

/**
 * Knows which path belongs to which map and which paths share a nexus, and carries what they say between their actors.
 * The parent of the actors of paths and maps.
 */
final class PathRegistry {

    private static final Duration LEAST_BACKOFF = Duration.ofSeconds(1);
    private static final Duration MOST_BACKOFF = Duration.ofMinutes(1);
    private static final double SPREAD = 0.2;
    private static final Duration DESCRIBE_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration FAILBACK_TIMEOUT = Duration.ofSeconds(30);

    sealed interface Command {}

    /** The disks as they are now; those that are taken are the paths. */
    record Found(Candidates candidates) implements Command {}

    /** A dm device of that name moved. */
    record DmEvent(String name) implements Command {}

    /** udev told of a map. */
    record MapEvent(Wwid wwid) implements Command {}

    record Check(List<Nexus> nexuses) implements Command {}

    record Describe(Optional<Wwid> wwid, ActorRef<HostAnswer> replyTo) implements Command {}

    record FailBack(List<Wwid> maps, ActorRef<HostAnswer> replyTo) implements Command {}

    record GetCensus(ActorRef<Census> replyTo) implements Command {}

    private record PathSaid(PathReport report) implements Command {}

    private record MapSaid(MapActor.Fact fact) implements Command {}

    private record MapRestarted(Wwid wwid) implements Command {}

    private record Ring(Nexus nexus) implements Command {}

    record Census(int paths, int usablePaths, int maps, SortedMap<Wwid, String> stuck) {
        Census {
            stuck = new TreeMap<>(stuck);
        }
    }

    private record PathEntry(PathSeat seat, ActorRef<PathActor.Command> actor, PathReport last) {
        PathEntry with(PathReport report) {
            return new PathEntry(seat, actor, report);
        }
    }

    private record MapEntry(ActorRef<MapActor.Command> actor, Optional<MapTopology> topology, Optional<String> stuck) {}

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final HostPorts ports;
    private final NodeSettings settings;
    private final Executor dm;
    private final Executor block;
    private final ActorRef<HostReporter.Command> reporter;
    private final ActorRef<PathReport> pathReports;
    private final ActorRef<MapActor.Fact> mapFacts;

    private final Map<DeviceName, PathEntry> paths = new TreeMap<>();
    private final Map<DevT, DeviceName> names = new HashMap<>();
    private final Map<Wwid, MapEntry> maps = new TreeMap<>();
    private final NexusAlarms alarms = new NexusAlarms();
    private long spawned;

    static Behavior<Command> create(
            HostPorts ports,
            NodeSettings settings,
            Executor dm,
            Executor block,
            ActorRef<HostReporter.Command> reporter) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var registry = new PathRegistry(context, timers, ports, settings, dm, block, reporter);
            return Behaviors.receiveMessage(command -> {
                registry.receive(command);
                return Behaviors.same();
            });
        }));
    }

    private PathRegistry(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            HostPorts ports,
            NodeSettings settings,
            Executor dm,
            Executor block,
            ActorRef<HostReporter.Command> reporter) {
        this.context = context;
        this.timers = timers;
        this.ports = ports;
        this.settings = settings;
        this.dm = dm;
        this.block = block;
        this.reporter = reporter;
        this.pathReports = context.messageAdapter(PathReport.class, PathSaid::new);
        this.mapFacts = context.messageAdapter(MapActor.Fact.class, MapSaid::new);
    }

    private void receive(Command command) {
        switch (command) {
            case Found(var candidates) -> found(candidates);
            case PathSaid(var report) -> pathSaid(report);
            case MapSaid(var fact) -> mapSaid(fact);
            case MapRestarted(var wwid) -> replay(wwid);
            case DmEvent(var name) -> dmEvent(name);
            case MapEvent(var wwid) -> tellMap(wwid, new MapActor.KernelEvent());
            case Check(var nexuses) -> Set.copyOf(nexuses).forEach(this::checkAll);
            case Ring(var nexus) -> {
                alarms.ring(nexus, now());
                checkAll(nexus);
            }
            case Describe(var wwid, var replyTo) -> describe(wwid, replyTo);
            case FailBack(var wanted, var replyTo) -> failBack(wanted, replyTo);
            case GetCensus(var replyTo) -> replyTo.tell(census());
        }
    }

    private void found(Candidates candidates) {
        var wanted = new TreeMap<DeviceName, PathSeat>();
        candidates
                .taken()
                .forEach((name, sighting) -> wanted.put(
                        name,
                        new PathSeat(
                                sighting.disk(),
                                sighting.wwid().orElseThrow(),
                                NexusFacts.of(settings.host(), sighting.disk()))));
        for (var entry : List.copyOf(paths.values())) {
            var seat = wanted.get(entry.seat().disk().name());
            if (seat == null || !seat.isSamePathAs(entry.seat())) {
                drop(entry, reason(candidates, entry, seat));
            }
        }
        wanted.values().stream()
                .filter(seat -> !paths.containsKey(seat.disk().name()))
                .sorted(PathSeat.DISCOVERY)
                .forEach(seat -> {
                    var verdict = candidates.verdicts().get(seat.disk().name());
                    take(seat, verdict == null ? "" : verdict.reason());
                });
        wanted.forEach((name, seat) -> {
            var entry = paths.get(name);
            if (entry != null && !entry.seat().equals(entry.seat().lookedAtAgain(seat))) {
                lookedAtAgain(entry, entry.seat().lookedAtAgain(seat));
            }
        });
        reporter.tell(new HostReporter.HostKnown());
    }

    private void lookedAtAgain(PathEntry entry, PathSeat seat) {
        paths.put(seat.disk().name(), new PathEntry(seat, entry.actor(), entry.last()));
        reporter.tell(new HostReporter.NexusIs(seat.facts()));
        entry.actor().tell(new PathActor.DiskChanged(seat.disk()));
    }

    private static String reason(Candidates candidates, PathEntry entry, @Nullable PathSeat now) {
        if (now != null) {
            return now.wwid().equals(entry.seat().wwid())
                    ? "it is another device now"
                    : "its WWID is " + now.wwid() + " now";
        }
        var verdict = candidates.verdicts().get(entry.seat().disk().name());
        return verdict == null ? "the device is gone" : verdict.reason();
    }

    private void take(PathSeat seat, String reason) {
        Audit.path(seat.wwid(), seat.disk(), "taken, " + reason);
        var announced = seat.announcement();
        reporter.tell(new HostReporter.NexusIs(seat.facts()));
        reporter.tell(new HostReporter.PathIs(announced));
        maps.computeIfAbsent(seat.wwid(), wwid -> new MapEntry(spawnMap(wwid), Optional.empty(), Optional.empty()))
                .actor()
                .tell(new MapActor.PathIs(announced));
        paths.put(seat.disk().name(), new PathEntry(seat, spawnPath(seat), announced));
        names.put(seat.disk().device(), seat.disk().name());
    }

    private void drop(PathEntry entry, String reason) {
        var seat = entry.seat();
        Audit.path(seat.wwid(), seat.disk(), "dropped, " + reason);
        entry.actor().tell(new PathActor.Stop());
        paths.remove(seat.disk().name());
        names.remove(seat.disk().device(), seat.disk().name());
        reporter.tell(new HostReporter.PathGone(seat.disk().device()));
        tellMap(seat.wwid(), new MapActor.PathGone(seat.disk().device()));
        var map = maps.get(seat.wwid());
        if (map != null && map.topology().isEmpty() && pathsOf(seat.wwid()).isEmpty()) {
            forget(seat.wwid(), map);
        }
    }

    /** A path whose actor breaks is restarted, ever more slowly; its map goes on with what it knows of the path. */
    private ActorRef<PathActor.Command> spawnPath(PathSeat seat) {
        var watching = PathActor.create(
                seat.disk(),
                seat.wwid(),
                seat.facts().nexus(),
                settings.path(),
                ports.pathProbe(),
                ports.blockDevices(),
                block,
                pathReports);
        var restarting = Behaviors.supervise(watching)
                .onFailure(SupervisorStrategy.restartWithBackoff(LEAST_BACKOFF, MOST_BACKOFF, SPREAD));
        return context.spawn(
                restarting,
                "path-" + spawned++ + "-" + actorName(seat.disk().name().value()));
    }

    /** A map whose actor breaks is restarted, ever more slowly, and told its paths again; the kernel's map goes on. */
    private ActorRef<MapActor.Command> spawnMap(Wwid wwid) {
        var self = context.getSelf();
        var started = new AtomicBoolean();
        var keeping = Behaviors.<MapActor.Command>setup(child -> {
            if (started.getAndSet(true)) {
                self.tell(new MapRestarted(wwid));
            }
            return MapActor.create(wwid, settings.map(), ports.deviceMapper(), dm, mapFacts);
        });
        var restarting = Behaviors.supervise(keeping)
                .onFailure(SupervisorStrategy.restartWithBackoff(LEAST_BACKOFF, MOST_BACKOFF, SPREAD));
        return context.spawn(restarting, "map-" + spawned++ + "-" + actorName(wwid.value()));
    }

    private static String actorName(String text) {
        return text.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    private void pathSaid(PathReport report) {
        var entry = paths.get(report.name());
        if (entry == null || !entry.seat().speaksFor(report)) {
            return;
        }
        paths.put(report.name(), entry.with(report));
        reporter.tell(new HostReporter.PathIs(report));
        tellMap(report.wwid(), new MapActor.PathIs(report));
        var was = entry.last();
        if (was.state() != report.state() || was.adminFailed() != report.adminFailed()) {
            Audit.path(
                    report,
                    was.state().label() + " -> " + report.state().label()
                            + (report.adminFailed() ? ", failed by an operator" : ""));
        }
        if (fails(was, report) || returns(was, report)) {
            raise(report.nexus());
        }
    }

    private static boolean fails(PathReport was, PathReport now) {
        return was.state().isUsable() && !now.state().isUsable() && !now.adminFailed() && !was.adminFailed();
    }

    private static boolean returns(PathReport was, PathReport now) {
        return now.state().isUsable()
                && !was.state().isUsable()
                && was.state() != PathState.UNCHECKED
                && !now.adminFailed()
                && !was.adminFailed();
    }

    private void mapSaid(MapActor.Fact fact) {
        switch (fact) {
            case MapActor.MapIs(var topology) -> mapIs(topology);
            case MapActor.PathFailedByKernel(var wwid, var device) -> failedByKernel(wwid, device);
            case MapActor.MapVanished(var wwid) -> vanished(wwid);
            case MapActor.Refusal(var wwid, var what, var reason) -> Audit.map(wwid, what + " refused: " + reason);
            case MapActor.Stuck(var wwid, var what, var since) -> {
                var map = maps.get(wwid);
                if (map != null) {
                    var text = what + ", no answer for " + since.toSeconds() + " s";
                    Audit.map(wwid, "stuck: " + text);
                    maps.put(wwid, new MapEntry(map.actor(), map.topology(), Optional.of(text)));
                }
            }
        }
    }

    private void mapIs(MapTopology topology) {
        var map = maps.get(topology.wwid());
        if (map == null) {
            return;
        }
        MapNews.between(map.topology(), topology).forEach(news -> Audit.map(topology.wwid(), news));
        maps.put(topology.wwid(), new MapEntry(map.actor(), Optional.of(topology), Optional.empty()));
        reporter.tell(new HostReporter.MapIs(topology));
    }

    private void failedByKernel(Wwid wwid, DevT device) {
        var name = names.get(device);
        var entry = name == null ? null : paths.get(name);
        if (entry == null || !entry.seat().wwid().equals(wwid)) {
            return;
        }
        Audit.path(entry.last(), "failed by the kernel");
        entry.actor().tell(new PathActor.CheckNow());
        raise(entry.seat().facts().nexus());
    }

    private void vanished(Wwid wwid) {
        var map = maps.get(wwid);
        if (map == null) {
            return;
        }
        Audit.map(wwid, "map is gone");
        reporter.tell(new HostReporter.MapGone(wwid));
        maps.put(wwid, new MapEntry(map.actor(), Optional.empty(), Optional.empty()));
        if (pathsOf(wwid).isEmpty()) {
            forget(wwid, map);
        }
    }

    private void forget(Wwid wwid, MapEntry map) {
        map.actor().tell(new MapActor.Stop());
        maps.remove(wwid);
    }

    private void replay(Wwid wwid) {
        Audit.map(wwid, "its actor was restarted");
        pathsOf(wwid).forEach(path -> tellMap(wwid, new MapActor.PathIs(path.last())));
    }

    private void dmEvent(String name) {
        maps.values().stream()
                .filter(map -> map.topology()
                        .filter(known -> known.name().equals(name))
                        .isPresent())
                .findFirst()
                .or(() -> Wwid.isValid(name) ? Optional.ofNullable(maps.get(new Wwid(name))) : Optional.empty())
                .ifPresent(map -> map.actor().tell(new MapActor.KernelEvent()));
    }

    private void raise(Nexus nexus) {
        alarms.raise(nexus, now()).ifPresent(wait -> {
            if (wait.isZero()) {
                checkAll(nexus);
            } else {
                timers.startSingleTimer(nexus, new Ring(nexus), wait);
            }
        });
    }

    private void checkAll(Nexus nexus) {
        paths.values().stream()
                .filter(path -> path.seat().facts().nexus().equals(nexus))
                .forEach(path -> path.actor().tell(new PathActor.CheckNow()));
    }

    private void describe(Optional<Wwid> wanted, ActorRef<HostAnswer> replyTo) {
        var unknown = wanted.filter(wwid -> !maps.containsKey(wwid));
        if (unknown.isPresent()) {
            replyTo.tell(new HostAnswer.Refused("no map " + unknown.get()));
            return;
        }
        var asked = new ArrayList<CompletionStage<Optional<MapTopology>>>();
        maps.forEach((wwid, map) -> {
            if (map.topology().isPresent() && wanted.map(wwid::equals).orElse(true)) {
                asked.add(AskPattern.<MapActor.Command, MapTopology>ask(
                                map.actor(),
                                MapActor.Describe::new,
                                DESCRIBE_TIMEOUT,
                                context.getSystem().scheduler())
                        .handle((topology, late) -> late == null ? Optional.of(topology) : map.topology()));
            }
        });
        all(asked)
                .thenAccept(answers -> replyTo.tell(new HostAnswer.Maps(
                        answers.stream().flatMap(Optional::stream).toList())));
    }

    private void failBack(List<Wwid> wanted, ActorRef<HostAnswer> replyTo) {
        all(wanted.stream().map(this::failBack).toList()).thenAccept(outcomes -> {
            outcomes.forEach(outcome -> Audit.map(
                    outcome.wwid(),
                    "failback " + outcome.move() + (outcome.reason().isEmpty() ? "" : ": " + outcome.reason())));
            replyTo.tell(new HostAnswer.FailedBack(outcomes));
        });
    }

    private CompletionStage<HostAnswer.Outcome> failBack(Wwid wwid) {
        var map = maps.get(wwid);
        if (map == null || map.topology().isEmpty()) {
            return notMoved(wwid, "no such map");
        }
        if (!MapSummaries.isBestUsable(map.topology().get())) {
            return notMoved(wwid, "no path of its best group is usable");
        }
        return AskPattern.<MapActor.Command, HostAnswer.Outcome>ask(
                        map.actor(),
                        MapActor.FailBack::new,
                        FAILBACK_TIMEOUT,
                        context.getSystem().scheduler())
                .exceptionally(late ->
                        new HostAnswer.Outcome(wwid, HostAnswer.Move.NOT_MOVED, "the map did not answer in time"));
    }

    private static CompletionStage<HostAnswer.Outcome> notMoved(Wwid wwid, String reason) {
        return CompletableFuture.completedFuture(new HostAnswer.Outcome(wwid, HostAnswer.Move.NOT_MOVED, reason));
    }

    private static <T> CompletionStage<List<T>> all(List<? extends CompletionStage<T>> stages) {
        CompletionStage<List<T>> gathered = CompletableFuture.completedFuture(List.of());
        for (var stage : stages) {
            gathered = gathered.thenCombine(stage, (before, next) -> {
                var both = new ArrayList<>(before);
                both.add(next);
                return List.copyOf(both);
            });
        }
        return gathered;
    }

    private Census census() {
        var stuck = new TreeMap<Wwid, String>();
        maps.forEach((wwid, map) -> map.stuck().ifPresent(what -> stuck.put(wwid, what)));
        var usable = paths.values().stream()
                .filter(path -> path.last().state().isUsable())
                .count();
        var present =
                maps.values().stream().filter(map -> map.topology().isPresent()).count();
        return new Census(paths.size(), Math.toIntExact(usable), Math.toIntExact(present), stuck);
    }

    private List<PathEntry> pathsOf(Wwid wwid) {
        return paths.values().stream()
                .filter(path -> path.seat().wwid().equals(wwid))
                .toList();
    }

    private void tellMap(Wwid wwid, MapActor.Command command) {
        var map = maps.get(wwid);
        if (map != null) {
            map.actor().tell(command);
        }
    }

    private Duration now() {
        return ports.clock().uptime();
    }
}
