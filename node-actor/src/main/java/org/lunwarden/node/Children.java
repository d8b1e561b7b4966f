package org.lunwarden.node;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

import org.lunwarden.io.HostPorts;
import org.lunwarden.map.MapActor;
import org.lunwarden.map.MapFact;
import org.lunwarden.map.MapOperations;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.MapName;
import org.lunwarden.model.settings.MapSettings;
import org.lunwarden.node.site.PosixExpressions;
import org.lunwarden.path.PathActor;
import org.lunwarden.path.PathHost;
import org.lunwarden.path.PathNews;
import org.lunwarden.path.PathReported;

/** Starts the actors of paths and maps as children of the registry, each supervised by itself. */
final class Children {

    private static final Duration LEAST_BACKOFF = Duration.ofSeconds(1);
    private static final Duration MOST_BACKOFF = Duration.ofMinutes(1);
    private static final double SPREAD = 0.2;

    private final ActorContext<PathRegistry.Command> parent;
    private final HostPorts ports;
    private final NodeSettings settings;
    private final MapOperations operations;
    private final PathHost pathHost;
    private final ActorRef<PathReported> pathReports;
    private final ActorRef<PathNews> unitNews;
    private final ActorRef<MapFact> mapFacts;
    private final Set<String> warned = new HashSet<>();
    private long spawned;

    /**
     * @param operations of the host, which outlive the children
     * @param block runs reads of disks
     */
    Children(
            ActorContext<PathRegistry.Command> parent,
            HostPorts ports,
            NodeSettings settings,
            MapOperations operations,
            Executor block,
            ActorRef<PathReported> pathReports,
            ActorRef<PathNews> unitNews,
            ActorRef<MapFact> mapFacts) {
        this.parent = parent;
        this.ports = ports;
        this.settings = settings;
        this.operations = operations;
        this.pathHost = PathHost.of(ports, block, new PosixExpressions());
        this.pathReports = pathReports;
        this.unitNews = unitNews;
        this.mapFacts = mapFacts;
    }

    /** A path whose actor breaks is restarted, ever more slowly; its map goes on with what it knows of the path. */
    ActorRef<PathActor.Command> path(PathSeat seat, boolean adminFailed) {
        warnOf(settings.site().notOffered(seat.disk(), seat.wwid()), seat);
        var watching = PathActor.create(
                seat.disk(),
                seat.wwid(),
                seat.facts().nexus(),
                settings.site().path(seat.disk(), seat.wwid()),
                adminFailed,
                pathHost,
                pathReports,
                unitNews);
        return spawn(watching, "path", seat.disk().name().value());
    }

    /**
     * A map whose actor breaks is restarted, ever more slowly, and told its paths again; the kernel's map goes on.
     *
     * @param mapSettings asked at each start, by any thread
     * @param name asked likewise
     */
    ActorRef<MapActor.Command> map(Wwid wwid, Supplier<MapSettings> mapSettings, Supplier<MapName> name) {
        var registry = parent.getSelf();
        var started = new AtomicBoolean();
        var keeping = Behaviors.<MapActor.Command>setup(child -> {
            if (started.getAndSet(true)) {
                registry.tell(new PathRegistry.MapRestarted(wwid));
            }
            return MapActor.create(wwid, mapSettings.get(), name.get(), operations, ports.clock(), mapFacts);
        });
        return spawn(keeping, "map", wwid.value());
    }

    /** Once for all the paths that it is so for. */
    private void warnOf(List<String> notOffered, PathSeat seat) {
        notOffered.stream()
                .filter(warned::add)
                .forEach(sentence -> parent.getLog()
                        .warn(
                                "{}: {}, as for all paths like {}",
                                seat.wwid(),
                                sentence,
                                seat.disk().name()));
    }

    private <T> ActorRef<T> spawn(Behavior<T> behavior, String kind, String name) {
        var restarting = Behaviors.supervise(behavior)
                .onFailure(SupervisorStrategy.restartWithBackoff(LEAST_BACKOFF, MOST_BACKOFF, SPREAD));
        return parent.spawn(restarting, kind + "-" + spawned++ + "-" + name.replaceAll("[^A-Za-z0-9._-]", "_"));
    }
}
