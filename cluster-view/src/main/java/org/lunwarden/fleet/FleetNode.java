package org.lunwarden.fleet;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.io.Tcp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.fleet.cleanup.ViewWord;
import org.lunwarden.fleet.history.History;
import org.lunwarden.fleet.sitefile.SiteFile;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostCommands;
import org.lunwarden.model.fleet.HostReport;
import org.lunwarden.model.fleet.HostReports;

/**
 * One member of the fleet. Its fleet system may be downed, end, and be started anew as often as the network wants: this
 * object stays, keeps the host's last report, and the host half notices nothing.
 */
public final class FleetNode {

    private static final Logger log = LoggerFactory.getLogger(FleetNode.class);

    /** The remoting flushes for a second, and then has nothing more to do. */
    private static final Duration END_WITHIN = Duration.ofSeconds(10);

    private final FleetSettings settings;
    private final Optional<HostCommands> host;
    private final Config overlay;
    private final LatestReport latest = new LatestReport();
    private final SteadyClock clock = new SteadyClock();
    private final ViewMemory memory;
    private final CompletableFuture<Done> stopped = new CompletableFuture<>();
    private volatile Optional<Life> life = Optional.empty();
    private volatile String problem = "";
    private volatile int lives;
    private volatile boolean stopping;

    /** One fleet system, from its start to its end. */
    private record Life(ActorSystem<FleetGuardian.Command> system, CompletableFuture<FleetGuardian.Actors> actors) {}

    private FleetNode(FleetSettings settings, Optional<HostCommands> host, Config overlay) {
        this.settings = settings;
        this.overlay = overlay;
        this.host = host;
        this.memory = new ViewMemory(
                settings.host().value(),
                UUID.randomUUID().toString().substring(0, 8),
                settings.history()
                        .filter(kept -> settings.isView())
                        .map(kept -> History.start(kept, settings.host().value(), clock)));
    }

    /**
     * Starts a member; it joins in the background and goes on trying, also when its address cannot be bound yet.
     *
     * @param host reached when the fleet asks something of the host; empty for a view that is no host
     */
    public static FleetNode start(FleetSettings settings, Optional<HostCommands> host) {
        return start(settings, host, ConfigFactory.empty());
    }

    /** @param overlay stands before everything else that Pekko is given */
    public static FleetNode start(FleetSettings settings, Optional<HostCommands> host, Config overlay) {
        var node = new FleetNode(settings, host, overlay);
        node.begin();
        return node;
    }

    /** Where the host half puts its reports. */
    public HostReports reports() {
        return this::publish;
    }

    /** The fleet as this member knows it; empty unless it is a view. */
    public Optional<FleetView> view() {
        return settings.isView() ? Optional.of(new ViewDoor(this::running, memory, clock, settings)) : Optional.empty();
    }

    /**
     * What each view says of a map of this host that looks dead; empty when there is none, or one does not answer within a
     * few seconds.
     */
    public CompletionStage<Optional<List<ViewWord>>> askViews(Wwid wwid) {
        return running()
                .flatMap(actors -> actors.share()
                        .map(share -> AskPattern.<HostShare.Command, ViewsAsked.Words>ask(
                                share,
                                replyTo -> new HostShare.AskViews(wwid, replyTo),
                                ViewsAsked.PATIENCE.multipliedBy(2),
                                actors.scheduler())))
                .map(words ->
                        words.handle((told, late) -> late == null ? told.words() : Optional.<List<ViewWord>>empty()))
                .orElseGet(() -> CompletableFuture.completedStage(Optional.empty()));
    }

    /** What the view is to know that no host sees; in place of what it was told before. */
    public void follow(SiteFile site) {
        memory.follow(site);
    }

    public FleetSettings settings() {
        return settings;
    }

    public boolean isMember() {
        return status().phase() == FleetStatus.Phase.MEMBER;
    }

    public FleetStatus status() {
        if (stopping) {
            return new FleetStatus(FleetStatus.Phase.STOPPED, lives, 0, 0, 0, problem);
        }
        return life.filter(current -> !current.system.whenTerminated().isCompleted())
                .map(this::status)
                .orElseGet(() -> new FleetStatus(FleetStatus.Phase.RESTARTING, lives, 0, 0, 0, problem));
    }

    /** Says goodbye and leaves the fleet. The stage completes when the fleet system has ended. */
    public synchronized CompletionStage<Done> stop() {
        if (!stopping) {
            stopping = true;
            life.ifPresentOrElse(
                    current -> {
                        current.system.tell(new FleetGuardian.SayGoodbye());
                        current.system.terminate();
                    },
                    () -> after(Duration.ZERO, this::closeHistory));
        }
        return stopped;
    }

    private void publish(HostReport report) {
        latest.put(report);
        running().flatMap(FleetGuardian.Actors::share).ifPresent(share -> share.tell(new HostShare.ReportReady()));
    }

    /** The actors of the fleet system that runs at the moment. */
    private Optional<FleetGuardian.Actors> running() {
        return life.filter(current -> !current.system.whenTerminated().isCompleted())
                .flatMap(current -> Optional.ofNullable(current.actors.getNow(null)));
    }

    private synchronized void begin() {
        if (stopping) {
            return;
        }
        lives++;
        try {
            var actors = new CompletableFuture<FleetGuardian.Actors>();
            var parts = new FleetGuardian.Parts(settings, lives, latest, host, memory, clock, actors);
            var system = ActorSystem.create(
                    FleetGuardian.create(parts), settings.cluster(), FleetConfig.pekko(settings, overlay));
            problem = "";
            var started = new Life(system, actors);
            life = Optional.of(started);
            CoordinatedShutdown.get(system)
                    .addTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate(), "watch-the-end", () -> {
                        after(END_WITHIN, () -> hasten(started));
                        return CompletableFuture.completedStage(Done.getInstance());
                    });
            system.getWhenTerminated().whenComplete((done, broke) -> ended(started));
        } catch (Exception e) { // Pekko throws checked ones that it does not declare
            problem = String.valueOf(e.getMessage());
            log.error("{}: the fleet system does not start: {}", settings.host(), problem);
            life = Optional.empty();
            later();
        }
    }

    /**
     * A network that swallows bytes can keep the streams of the remoting from ending, and the system with them, its port
     * bound, for ever. Without their connections they end.
     */
    private void hasten(Life ending) {
        if (ending.system.whenTerminated().isCompleted()) {
            return;
        }
        log.warn("{}: the fleet system does not end, its connections are cut", settings.host());
        Tcp.get(Adapter.toClassic(ending.system)).getManager().tell(PoisonPill.getInstance(), ActorRef.noSender());
        after(END_WITHIN, () -> {
            if (!ending.system.whenTerminated().isCompleted()) {
                log.error("{}: the fleet system does not end, it is left behind", settings.host());
                ended(ending);
            }
        });
    }

    private synchronized void ended(Life over) {
        if (!life.equals(Optional.of(over))) {
            return;
        }
        life = Optional.empty();
        if (stopping) {
            after(Duration.ZERO, this::closeHistory);
        } else {
            log.warn("{}: fleet system {} has ended, starting another one", settings.host(), lives);
            later();
        }
    }

    private void closeHistory() {
        try {
            memory.history.ifPresent(History::close);
        } finally {
            stopped.complete(Done.getInstance());
        }
    }

    private void later() {
        after(settings.timings().rejoin(), this::begin);
    }

    private static void after(Duration pause, Runnable what) {
        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
                .execute(what);
    }

    private FleetStatus status(Life current) {
        var cluster = Cluster.get(current.system);
        var state = cluster.state();
        var member = cluster.selfMember().status();
        var up = member.equals(MemberStatus.up()) || member.equals(MemberStatus.weaklyUp());
        var members = 0;
        var views = 0;
        for (var each : state.getMembers()) {
            members++;
            views += each.hasRole(FleetRole.VIEW.word()) ? 1 : 0;
        }
        return new FleetStatus(
                up ? FleetStatus.Phase.MEMBER : FleetStatus.Phase.JOINING,
                lives,
                members,
                state.getUnreachable().size(),
                views,
                problem);
    }
}
