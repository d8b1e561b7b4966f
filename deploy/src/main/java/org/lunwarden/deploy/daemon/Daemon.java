package org.lunwarden.deploy.daemon;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.cli.config.DaemonSettings;
import org.lunwarden.deploy.Release;
import org.lunwarden.fleet.FleetNode;
import org.lunwarden.http.FaultInjection;
import org.lunwarden.http.HttpApi;
import org.lunwarden.http.HttpSettings;
import org.lunwarden.http.MetricsServer;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.ServiceManager;
import org.lunwarden.io.measured.MeasuredPorts;
import org.lunwarden.model.fleet.HostCommands;
import org.lunwarden.model.settings.Ending;
import org.lunwarden.node.Node;
import org.lunwarden.node.NodeSettings;

/**
 * What runs in one process: the host half, the fleet half and the HTTP server, each as far as it was asked for. The host
 * half is started first and stopped last, and needs none of the others.
 */
public final class Daemon implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
    private static final int STOP_SECONDS = 10;
    /** The host half takes ten itself when a map's operation hangs. */
    private static final int HOST_STOP_SECONDS = 15;

    private final Optional<Node> node;
    private final Optional<FleetNode> fleet;
    private final Optional<HttpDoor<HttpApi>> http;
    private final Optional<HttpDoor<MetricsServer>> metrics;
    private final Optional<SiteSource> site;
    private final Optional<StaleMaps> staleMaps;
    private final ServiceManager manager;

    private Daemon(
            Optional<Node> node,
            Optional<FleetNode> fleet,
            Optional<HttpDoor<HttpApi>> http,
            Optional<HttpDoor<MetricsServer>> metrics,
            Optional<SiteSource> site,
            Optional<StaleMaps> staleMaps,
            ServiceManager manager) {
        this.node = node;
        this.fleet = fleet;
        this.http = http;
        this.metrics = metrics;
        this.site = site;
        this.staleMaps = staleMaps;
        this.manager = manager;
    }

    /** The daemon of a host. It runs whatever becomes of its fleet half and its HTTP server. */
    public static Daemon ofHost(HostPorts ports, DaemonSettings settings) {
        return ofHost(ports, settings, ServiceManager.NONE, ConfigFactory.empty());
    }

    /** @param overlay stands before everything else that the fleet half's Pekko is given */
    public static Daemon ofHost(HostPorts ports, DaemonSettings settings, Config overlay) {
        return ofHost(ports, settings, ServiceManager.NONE, overlay);
    }

    /** @param manager knows what ends when the daemon is closed */
    public static Daemon ofHost(HostPorts ports, DaemonSettings settings, ServiceManager manager) {
        return ofHost(ports, settings, manager, ConfigFactory.empty());
    }

    private static Daemon ofHost(HostPorts plain, DaemonSettings settings, ServiceManager manager, Config overlay) {
        var measured = MeasuredPorts.of(plain);
        var ports = measured.ports();
        var bridge = new HostBridge();
        var host = new NodeSettings(
                settings.host(),
                Release.version(),
                settings.site(),
                settings.siteReader(),
                settings.lookAgain(),
                settings.lostAfter());
        var node = Node.start(ports, host, bridge);
        bridge.connectHost(node.commands());
        var fleet =
                settings.fleet().map(member -> FleetNode.start(member, Optional.of((HostCommands) bridge), overlay));
        fleet.ifPresent(member -> bridge.connectFleet(member.reports()));
        var site = fleet.flatMap(member -> SiteSource.of(member, settings.siteFile()));
        var staleMaps = new StaleMaps(
                node.commands(),
                ports,
                wwid -> fleet.map(member -> member.askViews(wwid))
                        .orElseGet(() -> CompletableFuture.completedStage(Optional.empty())));
        return new Daemon(
                Optional.of(node),
                fleet,
                http(fleet, settings, Optional.empty()),
                HostPage.open(settings.metrics(), node, measured, fleet),
                site,
                Optional.of(staleMaps),
                manager);
    }

    /** A view without a host. @throws IllegalStateException when its HTTP address is taken */
    public static Daemon ofView(DaemonSettings settings, Optional<FaultInjection> faults) {
        return ofView(settings, faults, ConfigFactory.empty());
    }

    /** @param overlay stands before everything else that Pekko is given */
    public static Daemon ofView(DaemonSettings settings, Optional<FaultInjection> faults, Config overlay) {
        var fleet = settings.fleet().map(member -> FleetNode.start(member, Optional.empty(), overlay));
        var daemon = new Daemon(
                Optional.empty(),
                fleet,
                http(fleet, settings, faults),
                Optional.empty(),
                fleet.flatMap(member -> SiteSource.of(member, settings.siteFile())),
                Optional.empty(),
                ServiceManager.NONE);
        try {
            daemon.http.ifPresent(HttpDoor::require);
            return daemon;
        } catch (CompletionException taken) {
            daemon.close();
            throw new IllegalStateException(
                    "the HTTP API cannot listen on " + settings.http().address() + ":"
                            + settings.http().port() + ": " + taken.getMessage(),
                    taken);
        }
    }

    private static Optional<HttpDoor<HttpApi>> http(
            Optional<FleetNode> fleet, DaemonSettings settings, Optional<FaultInjection> faults) {
        var listen = new HttpSettings(
                settings.http().address(), settings.http().port(), settings.audit(), Release.version());
        return fleet.flatMap(FleetNode::view)
                .map(view -> HttpDoor.open("the HTTP API", () -> HttpApi.start(view, listen, faults), HttpApi::stop));
    }

    public Optional<Node> node() {
        return node;
    }

    /** None for a view. */
    public Optional<StaleMaps> staleMaps() {
        return staleMaps;
    }

    public Optional<FleetNode> fleet() {
        return fleet;
    }

    /** Empty as long as its address is taken. */
    public Optional<HttpApi> http() {
        return http.flatMap(HttpDoor::current);
    }

    /** Where a host's daemon tells its metrics. Empty for a view, and as long as the address is taken. */
    public Optional<MetricsServer> metrics() {
        return metrics.flatMap(HttpDoor::current);
    }

    /** Has what was configured read again, as far as a running daemon can follow it. */
    public void reload() {
        node.ifPresent(Node::reload);
        site.ifPresent(SiteSource::follow);
    }

    /** Ends everything; maps go on, and their I/O as {@code queue_without_daemon} says. Takes 50 seconds at most. */
    @Override
    public void close() {
        var ending = node.map(host -> manager.ending()).orElse(Ending.DAEMON);
        metrics.ifPresent(server -> await("the metrics", server.close(), STOP_SECONDS));
        http.ifPresent(server -> await("the HTTP server", server.close(), STOP_SECONDS));
        fleet.ifPresent(member -> await("the fleet half", member.stop(), STOP_SECONDS));
        node.ifPresent(host -> await("the host half", host.stop(ending), HOST_STOP_SECONDS));
    }

    private static void await(String what, CompletionStage<?> stopping, int seconds) {
        try {
            stopping.toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            LOG.warn("{} did not stop within {} s", what, seconds);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException broken) {
            LOG.warn("{} broke while it stopped", what, broken);
        }
    }
}
