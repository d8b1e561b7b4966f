package org.lunwarden.fleet;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostCommands;

/** Members of one fleet in this JVM, over real sockets on loopback, with a switch between them that can cut one off. */
final class FleetOnLoopback implements AutoCloseable {

    static final FleetTimings QUICK = new FleetTimings(
            Duration.ofMillis(300),
            Duration.ofMillis(1500),
            Duration.ofMillis(500),
            Duration.ofMillis(100),
            Duration.ofMillis(800),
            Duration.ofMillis(800),
            Duration.ofSeconds(3),
            Duration.ofSeconds(2),
            Duration.ofMillis(200),
            Duration.ofHours(1));

    static final HostCommands ACCEPTS = command -> CompletableFuture.completedStage(new HostAnswer.Accepted());

    /** Membership at the pace of a test. */
    static final Config BRISK = ConfigFactory.parseString("""
            pekko.coordinated-shutdown.phases {
              cluster-leave.timeout = 500 ms
              cluster-exiting.timeout = 500 ms
              cluster-exiting-done.timeout = 300 ms
            }
            pekko.cluster {
              seed-node-timeout = 1 s
              retry-unsuccessful-join-after = 1 s
              gossip-interval = 300 ms
              leader-actions-interval = 300 ms
              failure-detector { heartbeat-interval = 500 ms, acceptable-heartbeat-pause = 2500 ms }
              typed.receptionist.distributed-data.gossip-interval = 500 ms
              distributed-data.gossip-interval = 500 ms
            }
            pekko.remote.artery.advanced.outbound-restart-backoff = 300 ms
            """);

    /** The same, of members that leave nothing behind when they end. */
    static final Config KILLED = ConfigFactory.parseString("""
            pekko.coordinated-shutdown.run-by-actor-system-terminate = off
            pekko.remote.artery.advanced.shutdown-flush-timeout = 1 ms
            """).withFallback(BRISK);

    private static final String NETWORK = "127.%d.%d."
            .formatted(
                    16 + ProcessHandle.current().pid() / 250 % 200,
                    ProcessHandle.current().pid() % 250);

    /** Of all fleets of this process: test classes run side by side. */
    private static final AtomicInteger ADDRESSES = new AtomicInteger();

    private final LoopbackSwitch network = new LoopbackSwitch();
    private final Map<FleetNode, InetAddress> nodes = new LinkedHashMap<>();
    private final List<InetSocketAddress> viewSockets = new ArrayList<>();
    private final List<MemberAddress> seeds;
    private final UnaryOperator<FleetSettings> adjust;
    private final Config pace;

    /**
     * @param views how many; they get the names {@code v0}, {@code v1} and so on when started by {@link #view}
     * @param pace of membership; empty for that of the product
     */
    FleetOnLoopback(int views, UnaryOperator<FleetSettings> adjust, Config pace) {
        this.adjust = adjust;
        this.pace = pace;
        var seeds = new ArrayList<MemberAddress>();
        for (var i = 0; i < views; i++) {
            var socket = nextSocket();
            viewSockets.add(socket);
            seeds.add(new MemberAddress("127.0.0.1", network.lead(socket)));
        }
        this.seeds = List.copyOf(seeds);
    }

    FleetOnLoopback(int views, UnaryOperator<FleetSettings> adjust) {
        this(views, adjust, BRISK);
    }

    FleetOnLoopback(int views) {
        this(views, settings -> settings);
    }

    FleetNode view(int number) {
        return start(
                "v" + number, Set.of(FleetRole.VIEW), viewSockets.get(number), seeds.get(number), Optional.empty());
    }

    FleetNode host(String name, HostCommands commands) {
        var socket = nextSocket();
        var address = new MemberAddress("127.0.0.1", network.lead(socket));
        return start(name, Set.of(FleetRole.HOST), socket, address, Optional.of(commands));
    }

    /** From here on nothing reaches the member, and nothing that it sends reaches anybody. */
    void cut(FleetNode node) {
        network.cut(address(node));
    }

    /**
     * Ends it as if its process were killed: it says nothing to anybody, and its connections break. Of a fleet that {@link
     * #KILLED} gives its pace.
     */
    void kill(FleetNode node) {
        kill(List.of(node));
    }

    /** All at once. */
    void kill(List<FleetNode> all) {
        var addresses = all.stream().map(this::address).toList();
        addresses.forEach(network::kill);
        all.forEach(nodes::remove);
        var ends = all.stream().map(FleetNode::stop).toList();
        ends.forEach(FleetOnLoopback::get);
        addresses.forEach(network::revive);
    }

    void heal(FleetNode node) {
        network.heal(address(node));
    }

    List<MemberAddress> seeds() {
        return seeds;
    }

    /** Bytes that members have sent to members started here, so far. */
    long carried() {
        return network.carried();
    }

    long callsFrom(FleetNode node) {
        return network.calls(address(node));
    }

    private InetAddress address(FleetNode node) {
        return Optional.ofNullable(nodes.get(node)).orElseThrow();
    }

    private FleetNode start(
            String name,
            Set<FleetRole> roles,
            InetSocketAddress socket,
            MemberAddress address,
            Optional<HostCommands> commands) {
        var settings =
                FleetSettings.onLoopback(name, roles, address.port(), seeds).with(QUICK);
        var ip = socket.getAddress().getHostAddress();
        var overlay = ConfigFactory.parseMap(Map.of(
                        "pekko.remote.artery.bind.hostname",
                        ip,
                        "pekko.remote.artery.bind.port",
                        socket.getPort(),
                        "pekko.remote.artery.advanced.tcp.outbound-client-hostname",
                        ip))
                .withFallback(pace);
        var node = FleetNode.start(adjust.apply(settings), commands, overlay);
        nodes.put(node, socket.getAddress());
        return node;
    }

    /** Every member has an address of its own, so that the port is free; every process has a network of its own. */
    private InetSocketAddress nextSocket() {
        return new InetSocketAddress(nextAddress(), 7355);
    }

    /** On loopback, and nobody else's: all its ports are free. */
    static String nextAddress() {
        return NETWORK + ADDRESSES.incrementAndGet();
    }

    static void await(String what, BooleanSupplier condition) {
        await(what, Duration.ofSeconds(60), condition);
    }

    static void await(String what, Duration atMost, BooleanSupplier condition) {
        var end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + atMost + ": " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    static FleetSnapshot snapshot(FleetNode view) {
        return get(view.view().orElseThrow().snapshot());
    }

    static boolean hears(FleetNode view, SyntheticHost host, Contact contact) {
        return snapshot(view)
                .host(host.id())
                .filter(h -> h.contact() == contact)
                .isPresent();
    }

    void stop(FleetNode node) {
        nodes.remove(node);
        get(node.stop());
    }

    /** All at once: each of them takes a while to leave. */
    @Override
    public void close() {
        var ends = nodes.keySet().stream()
                .map(node -> node.stop().toCompletableFuture())
                .toList();
        ends.forEach(FleetOnLoopback::get);
        network.close();
    }
}
