package org.lunwarden.fleet;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.fleet.wire.ReportChanges;
import org.lunwarden.fleet.wire.ReportParts;
import org.lunwarden.fleet.wire.ToHost;
import org.lunwarden.fleet.wire.ToView;
import org.lunwarden.model.Component;
import org.lunwarden.model.fleet.HostReport;

/**
 * Measures how reports of many hosts reach three views: {@code ReportTravelBench [hosts] [members]}. The hosts are carried
 * by so many cluster members in this JVM, each host by a sharing actor of its own, over sockets on loopback.
 */
public final class ReportTravelBench {

    private static final int TARGET_PORTS = 8;
    private static final int MAPS = 32;
    private static final Component FAILED = SyntheticHost.coreSwitch(1);

    private final PrintStream out;
    private final int members;
    private final List<SyntheticHost> hosts = new ArrayList<>();
    private final List<LatestReport> latest = new ArrayList<>();
    private final Map<Integer, ActorRef<HostShare.Command>> shares = new ConcurrentHashMap<>();
    private final List<ActorSystem<Void>> carriers = new ArrayList<>();
    private final List<FleetNode> views = new ArrayList<>();
    /** When a host was first seen changed, by view and host. */
    private final List<Map<String, Long>> seen = new ArrayList<>();

    /** When an incident of the failed switch was first so, by view and by what it was; and those of anything else. */
    private final List<Map<String, Long>> incidents = new ArrayList<>();

    private final FleetOnLoopback fleet = new FleetOnLoopback(
            3,
            settings -> settings.with(FleetTimings.DEFAULT
                    .withSilence(Duration.ofSeconds(2), Duration.ofSeconds(10))
                    .withMembership(Duration.ofSeconds(20), Duration.ofSeconds(1))),
            ConfigFactory.empty());

    private ReportTravelBench(int hostCount, int members, PrintStream out) {
        this.out = out;
        this.members = members;
        for (var i = 0; i < hostCount; i++) {
            hosts.add(new SyntheticHost(i, TARGET_PORTS, MAPS));
            latest.add(new LatestReport());
        }
    }

    /** @param args hosts, members that carry them, and the file for the figures; all may be left out */
    public static void main(String[] args) {
        var hosts = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
        var members = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        Figures.print(args.length > 2 ? args[2] : "", out -> new ReportTravelBench(hosts, members, out).run());
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
        load("before");
        startAll();
        fill();
        idle();
        oneChange();
        switchFailure("all hosts at once", Duration.ZERO);
        restore();
        switchFailure("edge switch by edge switch within 10 s", Duration.ofSeconds(10));
        sizes();
        heap();
        load("after");
    }

    private void load(String when) {
        out.printf(
                "load average of the machine %s: %.1f%n",
                when, ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
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
                var isRight = incident.first().components().contains(FAILED);
                story.putIfAbsent((isRight ? "" : "wrong ") + change, System.nanoTime());
                story.merge("changes", 1L, Long::sum);
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
                FleetConfig.pekko(
                        settings,
                        ConfigFactory.parseMap(Map.of(
                                "pekko.remote.artery.advanced.instruments", List.of(MessageCount.class.getName())))));
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
        publish(host, hosts.get(host).report());
    }

    private void publish(int host, HostReport report) {
        latest.get(host).put(report);
        Optional.ofNullable(shares.get(host)).orElseThrow().tell(new HostShare.ReportReady());
    }

    private void fill() {
        var reports = reports();
        var count = Counted.now(fleet);
        var start = System.nanoTime();
        for (var i = 0; i < hosts.size(); i++) {
            publish(i, reports.get(i));
        }
        awaitAllSeen();
        out.printf("first reports of all hosts on all views: %d ms; %s%n", millis(start), perHost(count));
    }

    /** Making reports is the host half's work, and takes long for a thousand hosts in one process: not measured. */
    private List<HostReport> reports() {
        var start = System.nanoTime();
        var reports = hosts.stream().map(SyntheticHost::report).toList();
        out.printf("(the reports of all hosts were made in %d ms, before the clock starts)%n", millis(start));
        return reports;
    }

    private void idle() {
        var count = Counted.now(fleet);
        pause(Duration.ofSeconds(10));
        var since = Counted.now(fleet).since(count);
        out.printf(
                "nothing happens: %.1f bytes and %.2f messages a second and host to all views, membership included in the bytes%n",
                since.bytes() / 10.0 / hosts.size(), since.messages() / 10.0 / hosts.size());
    }

    private static void pause(Duration length) {
        var end = System.nanoTime() + length.toNanos();
        FleetOnLoopback.await("a pause", length.plusSeconds(60), () -> System.nanoTime() >= end);
    }

    private String perHost(Counted before) {
        var since = Counted.now(fleet).since(before);
        return "%d bytes and %.1f messages a host to all views"
                .formatted(since.bytes() / hosts.size(), (double) since.messages() / hosts.size());
    }

    /** Bytes on all connections, and messages from hosts to views. */
    private record Counted(long bytes, long messages) {
        static Counted now(FleetOnLoopback fleet) {
            return new Counted(fleet.carried(), MessageCount.toViews());
        }

        Counted since(Counted before) {
            return new Counted(bytes - before.bytes, messages - before.messages);
        }
    }

    private void oneChange() {
        var samples = new ArrayList<Long>();
        for (var round = 0; round < 25; round++) {
            seen.forEach(Map::clear);
            // a host that fails again at once has not changed: its repair was not reported yet
            var number = round * 7 % hosts.size();
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

    private void restore() {
        hosts.forEach(host -> host.restore(FAILED));
        var reports = reports();
        for (var i = 0; i < hosts.size(); i++) {
            publish(i, reports.get(i));
        }
    }

    /** @param spread how long it takes until the last host has noticed; in the order of their edge switches */
    private void switchFailure(String how, Duration spread) {
        FleetOnLoopback.await(
                "quiet",
                Duration.ofMinutes(2),
                () -> views.stream()
                        .allMatch(view -> FleetOnLoopback.snapshot(view).incidents().stream()
                                .noneMatch(incident -> incident.isOpen())));
        out.printf("a switch of all hosts fails, noticed by %s%n", how);
        hosts.forEach(host -> host.fail(FAILED));
        var reports = reports();
        seen.forEach(Map::clear);
        incidents.forEach(Map::clear);
        var published = new long[hosts.size()];
        var count = Counted.now(fleet);
        var start = System.nanoTime();
        for (var i = 0; i < hosts.size(); i++) {
            var due = start + spread.toNanos() * i / hosts.size();
            FleetOnLoopback.await("the next host", Duration.ofMinutes(1), () -> System.nanoTime() >= due);
            published[i] = System.nanoTime();
            publish(i, reports.get(i));
        }
        var last = System.nanoTime();
        awaitAllSeen();
        var samples = new ArrayList<Long>();
        for (var view : seen) {
            for (var i = 0; i < hosts.size(); i++) {
                samples.add((view.getOrDefault(hosts.get(i).id().value(), start) - published[i]) / 1000);
            }
        }
        out.printf("  handed over to the fleet half within %d ms; %s%n", (last - start) / 1_000_000, perHost(count));
        print("  published to seen", samples);
        FleetOnLoopback.await(
                "the right switch confirmed",
                Duration.ofMinutes(2),
                () -> views.stream().allMatch(ReportTravelBench::hasOneConfirmedIncident));
        for (var i = 0; i < 3; i++) {
            tell(i, incidents.get(i), start, last);
        }
    }

    private static boolean hasOneConfirmedIncident(FleetNode view) {
        var open = FleetOnLoopback.snapshot(view).incidents().stream()
                .filter(Incident::isOpen)
                .toList();
        return open.size() == 1
                && open.getFirst().confirmedAt().isPresent()
                && open.getFirst().first().components().contains(FAILED);
    }

    private void tell(int view, Map<String, Long> story, long start, long last) {
        var open = FleetOnLoopback.snapshot(views.get(view)).incidents().stream()
                .filter(Incident::isOpen)
                .toList();
        var first = Math.min(
                story.getOrDefault("opened", Long.MAX_VALUE), story.getOrDefault("wrong opened", Long.MAX_VALUE));
        var right =
                Math.min(story.getOrDefault("opened", Long.MAX_VALUE), story.getOrDefault("sharpened", Long.MAX_VALUE));
        var confirmed = story.getOrDefault("confirmed", right);
        out.printf(
                "  view %d: an incident after %d ms, of this switch after %d ms, confirmed after %d ms"
                        + " (%d ms after the last host); a lesser cause %s; %d open: %s%n",
                view,
                (first - start) / 1_000_000,
                (right - start) / 1_000_000,
                (confirmed - start) / 1_000_000,
                (confirmed - last) / 1_000_000,
                story.containsKey("wrong confirmed") ? "was confirmed before" : "was never confirmed",
                open.size(),
                open.getFirst().title());
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
        var held = usedHeap() - before;
        out.printf(
                "heap of one view's state: %.1f MiB for %d rows of %d hosts%n",
                held / 1048576.0, state.observations().size(), state.hosts().size());
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
