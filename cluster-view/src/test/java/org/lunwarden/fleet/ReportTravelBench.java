package org.lunwarden.fleet;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;

import org.lunwarden.fleet.FleetEvent.HostAppeared;
import org.lunwarden.fleet.FleetEvent.IncidentChanged;
import org.lunwarden.fleet.FleetEvent.NexusesChanged;
import org.lunwarden.fleet.wire.ReportChanges;
import org.lunwarden.fleet.wire.ReportParts;
import org.lunwarden.fleet.wire.ToHost;
import org.lunwarden.fleet.wire.ToView;
import org.lunwarden.model.fleet.HostReport;

/**
 * Measures how reports of many hosts reach three views: {@code ReportTravelBench [hosts] [members]}. The hosts are carried
 * by so many cluster members in this JVM, each host by a sharing actor of its own, over sockets on loopback.
 */
public final class ReportTravelBench {

    private static final int TARGET_PORTS = 8;
    private static final int MAPS = 32;

    private final PrintStream out;
    private final int members;
    private final List<SyntheticHost> hosts = new ArrayList<>();
    private final List<LatestReport> latest = new ArrayList<>();
    private final Map<Integer, ActorRef<HostShare.Command>> shares = new ConcurrentHashMap<>();
    private final List<ActorSystem<Void>> carriers = new ArrayList<>();
    private final List<FleetNode> views = new ArrayList<>();
    /** When a host was first seen changed, by view and host. */
    private final List<Map<String, Long>> seen = new ArrayList<>();

    private final List<Map<String, Long>> incidents = new ArrayList<>();
    private final FleetOnLoopback fleet = new FleetOnLoopback(
            3,
            settings -> settings.with(FleetTimings.DEFAULT
                    .withSilence(Duration.ofSeconds(2), Duration.ofSeconds(10))
                    .withMembership(Duration.ofSeconds(20), Duration.ofSeconds(1))));

    private ReportTravelBench(int hostCount, int members, PrintStream out) {
        this.out = out;
        this.members = members;
        for (var i = 0; i < hostCount; i++) {
            hosts.add(new SyntheticHost(i, TARGET_PORTS, MAPS));
            latest.add(new LatestReport());
        }
    }

    public static void main(String[] args) {
        var hosts = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
        var members = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        new ReportTravelBench(hosts, members, System.out).run();
        Runtime.getRuntime().exit(0);
    }

    private void run() {
        out.printf(
                "%d hosts x %d paths (%d nexuses x %d maps), carried by %d members, 3 views, %d processors, Java %s%n",
                hosts.size(),
                2 * TARGET_PORTS * MAPS,
                2 * TARGET_PORTS,
                MAPS,
                members,
                Runtime.getRuntime().availableProcessors(),
                Runtime.version());
        startAll();
        fill();
        idle();
        oneChange();
        switchFailure();
        sizes();
        heap();
    }

    private void startAll() {
        for (var i = 0; i < 3; i++) {
            var view = fleet.view(i);
            var when = new ConcurrentHashMap<String, Long>();
            var story = new ConcurrentHashMap<String, Long>();
            view.view().orElseThrow().subscribe(Optional.empty(), event -> note(event, when, story));
            views.add(view);
            seen.add(when);
            incidents.add(story);
        }
        for (var i = 0; i < members; i++) {
            carriers.add(carrier(i));
        }
        FleetOnLoopback.await(
                "all joined",
                Duration.ofMinutes(5),
                () -> views.stream().allMatch(view -> view.status().members() == members + 3 && view.isMember()));
    }

    private static void note(FleetEvent event, Map<String, Long> when, Map<String, Long> story) {
        switch (event.what()) {
            case HostAppeared(var host) -> when.putIfAbsent(host.value(), System.nanoTime());
            case NexusesChanged(var host, var state, var nexuses) -> when.putIfAbsent(host.value(), System.nanoTime());
            case IncidentChanged(var change, var incident) -> {
                story.putIfAbsent(change, System.nanoTime());
                story.put("members " + change, (long) incident.members().size());
            }
            default -> {}
        }
    }

    private ActorSystem<Void> carrier(int number) {
        var settings = new FleetSettings(
                hosts.get(number).id(),
                Set.of(FleetRole.HOST),
                "lunwarden",
                new MemberAddress("127.8.0." + (number + 1), 7355),
                fleet.seeds(),
                Optional.empty(),
                FleetTimings.DEFAULT,
                Map.of());
        var ready = new ConcurrentHashMap<Integer, ActorRef<HostShare.Command>>();
        var system = ActorSystem.<Void>create(
                Behaviors.setup(context -> {
                    for (var i = number; i < hosts.size(); i += members) {
                        Supplier<Optional<HostReport>> newest = latest.get(i)::now;
                        ready.put(
                                i,
                                context.spawn(
                                        HostShare.create(newest, FleetOnLoopback.ACCEPTS, settings.timings()),
                                        "share-" + i));
                    }
                    return Behaviors.empty();
                }),
                "lunwarden",
                FleetConfig.pekko(settings, ConfigFactory.empty()));
        var self = Cluster.get(system).selfMember().address();
        Cluster.get(system)
                .manager()
                .tell(new JoinSeedNodes(fleet.seeds().stream()
                        .map(seed -> new org.apache.pekko.actor.Address(
                                self.protocol(), self.system(), seed.host(), seed.port()))
                        .toList()));
        FleetOnLoopback.await("carrier started", () -> ready.size() >= (hosts.size() - number - 1) / members + 1);
        shares.putAll(ready);
        return system;
    }

    private void publish(int host) {
        latest.get(host).put(hosts.get(host).report());
        Optional.ofNullable(shares.get(host)).orElseThrow().tell(new HostShare.ReportReady());
    }

    private void fill() {
        var bytes = fleet.carried();
        var start = System.nanoTime();
        for (var i = 0; i < hosts.size(); i++) {
            publish(i);
        }
        awaitAllSeen();
        out.printf(
                "first reports of all hosts on all views: %d ms, %d bytes a host to all views%n",
                millis(start), (fleet.carried() - bytes) / hosts.size());
    }

    private void idle() {
        var bytes = fleet.carried();
        var start = System.nanoTime();
        FleetOnLoopback.await("ten seconds", Duration.ofSeconds(20), () -> millis(start) > 10_000);
        out.printf(
                "nothing happens: %.1f bytes a second and host to all views, membership included%n",
                (fleet.carried() - bytes) / 10.0 / hosts.size());
    }

    private void oneChange() {
        var samples = new ArrayList<Long>();
        for (var round = 0; round < 25; round++) {
            seen.forEach(Map::clear);
            var number = ThreadLocalRandom.current().nextInt(hosts.size());
            var host = hosts.get(number);
            host.fail(host.hbaPort());
            var start = System.nanoTime();
            publish(number);
            FleetOnLoopback.await(
                    "seen",
                    () -> seen.stream()
                            .allMatch(view -> view.containsKey(host.id().value())));
            seen.forEach(view -> samples.add((view.getOrDefault(host.id().value(), start) - start) / 1000));
            host.restore(host.hbaPort());
            publish(number);
        }
        print("one host changes, published to seen", samples);
    }

    private void switchFailure() {
        FleetOnLoopback.await(
                "quiet",
                Duration.ofMinutes(1),
                () -> views.stream()
                        .allMatch(view -> FleetOnLoopback.snapshot(view).incidents().stream()
                                .noneMatch(incident -> incident.isOpen())));
        seen.forEach(Map::clear);
        incidents.forEach(Map::clear);
        hosts.forEach(host -> host.fail(SyntheticHost.coreSwitch(1)));
        var published = new long[hosts.size()];
        var bytes = fleet.carried();
        var start = System.nanoTime();
        for (var i = 0; i < hosts.size(); i++) {
            published[i] = System.nanoTime();
            publish(i);
        }
        var last = System.nanoTime();
        awaitAllSeen();
        var carried = fleet.carried() - bytes;
        var samples = new ArrayList<Long>();
        for (var view : seen) {
            for (var i = 0; i < hosts.size(); i++) {
                samples.add((view.getOrDefault(hosts.get(i).id().value(), start) - published[i]) / 1000);
            }
        }
        out.printf(
                "a switch of all hosts fails: all published within %d ms, %d bytes a host to all views%n",
                (last - start) / 1_000_000, carried / hosts.size());
        print("all hosts change at once, published to seen", samples);
        FleetOnLoopback.await(
                "confirmed",
                Duration.ofMinutes(1),
                () -> incidents.stream().allMatch(view -> view.containsKey("confirmed")));
        for (var i = 0; i < 3; i++) {
            var story = incidents.get(i);
            out.printf(
                    "view %d: provisional after %d ms, confirmed after %d ms (%d ms after the last host), named %s%n",
                    i,
                    (story.getOrDefault("opened", 0L) - start) / 1_000_000,
                    (story.getOrDefault("confirmed", 0L) - start) / 1_000_000,
                    (story.getOrDefault("confirmed", 0L) - last) / 1_000_000,
                    FleetOnLoopback.snapshot(views.get(i))
                            .incidents()
                            .getFirst()
                            .title());
        }
    }

    private void awaitAllSeen() {
        FleetOnLoopback.await(
                "all seen", Duration.ofMinutes(3), () -> seen.stream().allMatch(view -> view.size() >= hosts.size()));
    }

    private void sizes() {
        var host = new SyntheticHost(9999, TARGET_PORTS, MAPS);
        var before = host.report();
        host.fail(SyntheticHost.coreSwitch(1));
        var after = host.report();
        ActorRef<ToHost> me = carriers.getFirst().unsafeUpcast();
        var parts = ReportParts.of(before, me);
        show("message, full report, part 1 of " + parts.size(), parts.getFirst());
        show("message, change after a switch failure", ReportChanges.between(before, after, me));
        show("message, sign of life", new ToView.StillThere(before.host(), before.run(), 1, before.uptime(), me));
    }

    private void show(String what, ToView message) {
        var bytes = SerializationExtension.get(carriers.getFirst())
                .serialize(message)
                .get();
        out.printf("%s: %d bytes%n", what, bytes.length);
    }

    /** What one view holds, taken from messages as they come from the network. */
    private void heap() {
        ActorRef<ToHost> me = carriers.getFirst().unsafeUpcast();
        var serialization = SerializationExtension.get(carriers.getFirst());
        var state = new FleetState(FleetTimings.DEFAULT);
        var now = new SteadyClock().instant();
        var before = usedHeap();
        for (var host : hosts) {
            for (var part : ReportParts.of(host.report(), me)) {
                var serializer = serialization.findSerializerFor(part);
                var copy = serialization.deserialize(
                        serialization.serialize(part).get(),
                        serializer.identifier(),
                        Serializers.manifestFor(serializer, part));
                state.heard((ToView) copy.get(), now);
            }
        }
        out.printf("heap of one view's state: %.1f MiB%n", (usedHeap() - before) / 1048576.0);
        out.printf("rows held: %d%n", state.observations().size());
    }

    private static long usedHeap() {
        for (var i = 0; i < 3; i++) {
            System.gc();
        }
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private void print(String what, List<Long> micros) {
        var sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
        out.printf(
                "%s: p50 %.1f ms, p99 %.1f ms, max %.1f ms (%d samples)%n",
                what,
                percentile(sorted, 0.5) / 1000.0,
                percentile(sorted, 0.99) / 1000.0,
                Arrays.stream(sorted).max().orElse(0) / 1000.0,
                sorted.length);
    }

    private static long percentile(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    }

    private static long millis(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
