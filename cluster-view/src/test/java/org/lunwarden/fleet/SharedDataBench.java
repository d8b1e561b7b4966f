package org.lunwarden.fleet;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.LWWRegister;
import org.apache.pekko.cluster.ddata.LWWRegisterKey;
import org.apache.pekko.cluster.ddata.typed.javadsl.DistributedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;
import org.apache.pekko.cluster.ddata.typed.javadsl.ReplicatorMessageAdapter;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.JoinSeedNodes;

import org.lunwarden.fleet.wire.ReportParts;
import org.lunwarden.fleet.wire.ToView.ReportPart;

/**
 * The way that was not taken, for comparison with {@link ReportTravelBench}: each host writes its report into Distributed
 * Data under a key of its own, three views subscribe to all keys. {@code SharedDataBench [hosts]}.
 */
public final class SharedDataBench {

    private static final int VIEWS = 3;
    private static final int ROUNDS = 5;

    private sealed interface Command {}

    private record Publish(ReportPart report) implements Command {}

    private record Written(Replicator.UpdateResponse<LWWRegister<ReportPart>> response) implements Command {}

    private record Changed(Replicator.SubscribeResponse<LWWRegister<ReportPart>> response) implements Command {}

    private final PrintStream out;
    private final LoopbackSwitch network = new LoopbackSwitch();
    private final List<SyntheticHost> hosts;
    private final List<ActorSystem<Command>> members = new ArrayList<>();
    private final List<ActorSystem<Command>> views = new ArrayList<>();
    /** Revision of each host's report that a view has, by view and host. */
    private final List<Map<String, Long>> seen = new ArrayList<>();

    private final Map<String, Long> seenAt = new ConcurrentHashMap<>();

    private SharedDataBench(int hostCount, PrintStream out) {
        this.out = out;
        hosts = IntStream.range(0, hostCount)
                .mapToObj(number -> new SyntheticHost(number, 8, 32))
                .toList();
    }

    /** @param args hosts, and the file for the figures; both may be left out */
    public static void main(String[] args) {
        var hosts = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        Figures.print(args.length > 1 ? args[1] : "", out -> new SharedDataBench(hosts, out).run());
    }

    private void run() {
        out.printf(
                "Distributed Data: %d hosts x 512 paths, a member each, %d views, %d processors, Java %s%n",
                hosts.size(), VIEWS, Runtime.getRuntime().availableProcessors(), Runtime.version());
        load("before");
        start();
        var bytes = network.carried();
        var start = System.nanoTime();
        for (var host = 0; host < hosts.size(); host++) {
            publish(host);
        }
        awaitRevision(1);
        out.printf(
                "first reports of all hosts on all views: %d ms, %d bytes a host%n",
                (System.nanoTime() - start) / 1_000_000, (network.carried() - bytes) / hosts.size());
        idle();
        changes();
        load("after");
    }

    private void load(String when) {
        out.printf(
                "load average of the machine %s: %.1f%n",
                when, ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private void idle() {
        var bytes = network.carried();
        var end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        FleetOnLoopback.await("ten seconds", () -> System.nanoTime() >= end);
        out.printf(
                "nothing happens: %.1f bytes a second and host%n", (network.carried() - bytes) / 10.0 / hosts.size());
    }

    private void changes() {
        var samples = new ArrayList<Long>();
        var bytes = network.carried();
        for (var round = 0; round < ROUNDS; round++) {
            var published = new long[hosts.size()];
            for (var host = 0; host < hosts.size(); host++) {
                if (round % 2 == 0) {
                    hosts.get(host).fail(SyntheticHost.coreSwitch(1));
                } else {
                    hosts.get(host).restore(SyntheticHost.coreSwitch(1));
                }
                published[host] = System.nanoTime();
                publish(host);
            }
            awaitRevision(round + 2);
            for (var view = 0; view < VIEWS; view++) {
                for (var host = 0; host < hosts.size(); host++) {
                    var at =
                            seenAt.getOrDefault(sight(view, hosts.get(host).id().value(), round + 2), 0L);
                    samples.add((at - published[host]) / 1_000_000);
                }
            }
        }
        var sorted = samples.stream().sorted().toList();
        out.printf(
                "all hosts change at once, published to seen: p50 %d ms, p99 %d ms, max %d ms (%d samples); %d bytes a host and change%n",
                sorted.get(sorted.size() / 2),
                sorted.get(sorted.size() * 99 / 100),
                sorted.getLast(),
                sorted.size(),
                (network.carried() - bytes) / hosts.size() / ROUNDS);
    }

    private void publish(int host) {
        ActorRef<org.lunwarden.fleet.wire.ToHost> from = members.get(host).unsafeUpcast();
        members.get(host)
                .tell(new Publish(ReportParts.of(hosts.get(host).report(), from).getFirst()));
    }

    private void awaitRevision(long revision) {
        FleetOnLoopback.await(
                "revision " + revision + " on all views",
                Duration.ofMinutes(3),
                () -> seen.stream()
                        .allMatch(view -> view.values().stream()
                                        .filter(held -> held >= revision)
                                        .count()
                                == hosts.size()));
    }

    private void start() {
        var sockets = IntStream.range(0, VIEWS + hosts.size())
                .mapToObj(number -> new InetSocketAddress("127.9.0." + (number + 1), 7355))
                .toList();
        var addresses = sockets.stream()
                .map(socket -> new MemberAddress("127.0.0.1", network.lead(socket)))
                .toList();
        for (var view = 0; view < VIEWS; view++) {
            var held = new ConcurrentHashMap<String, Long>();
            seen.add(held);
            views.add(system("v" + view, FleetRole.VIEW, view, sockets, addresses, watching(view, held)));
        }
        awaitMembers("views joined", VIEWS);
        for (var host = 0; host < hosts.size(); host++) {
            var name = hosts.get(host).id().value();
            members.add(system(name, FleetRole.HOST, VIEWS + host, sockets, addresses, writing(name)));
        }
        awaitMembers("all joined", VIEWS + hosts.size());
    }

    private void awaitMembers(String what, int count) {
        FleetOnLoopback.await(what, Duration.ofMinutes(5), () -> views.stream().allMatch(view -> up(view) == count));
    }

    private static int up(ActorSystem<Command> view) {
        var count = 0;
        for (Member member : Cluster.get(view).state().getMembers()) {
            count += member.status().equals(MemberStatus.up()) ? 1 : 0;
        }
        return count;
    }

    private static ActorSystem<Command> system(
            String name,
            FleetRole role,
            int number,
            List<InetSocketAddress> sockets,
            List<MemberAddress> addresses,
            Behavior<Command> behavior) {
        var settings = new FleetSettings(
                new org.lunwarden.model.fleet.HostId(name),
                Set.of(role),
                "lunwarden",
                addresses.get(number),
                addresses.subList(0, VIEWS),
                Optional.empty(),
                FleetTimings.DEFAULT,
                Map.of());
        var ip = sockets.get(number).getAddress().getHostAddress();
        var overlay = ConfigFactory.parseMap(Map.of(
                "pekko.remote.artery.bind.hostname",
                ip,
                "pekko.remote.artery.bind.port",
                7355,
                "pekko.remote.artery.advanced.tcp.outbound-client-hostname",
                ip,
                "pekko.cluster.distributed-data.role",
                ""));
        var system = ActorSystem.create(behavior, "lunwarden", FleetConfig.pekko(settings, overlay));
        var self = Cluster.get(system).selfMember().address();
        Cluster.get(system)
                .manager()
                .tell(new JoinSeedNodes(addresses.subList(0, VIEWS).stream()
                        .map(seed -> new Address(self.protocol(), self.system(), seed.host(), seed.port()))
                        .toList()));
        return system;
    }

    private static Key<LWWRegister<ReportPart>> key(String host) {
        return LWWRegisterKey.create("report-" + host);
    }

    private static Behavior<Command> writing(String host) {
        return Behaviors.setup(context -> DistributedData.withReplicatorMessageAdapter(
                (ReplicatorMessageAdapter<Command, LWWRegister<ReportPart>> data) -> {
                    var self = DistributedData.get(context.getSystem()).selfUniqueAddress();
                    return Behaviors.receiveMessage(command -> {
                        if (command instanceof Publish(var report)) {
                            data.askUpdate(
                                    replyTo -> new Replicator.Update<>(
                                            key(host),
                                            LWWRegister.create(self, report),
                                            Replicator.writeLocal(),
                                            replyTo,
                                            register -> register.withValue(self, report)),
                                    Written::new);
                        }
                        return Behaviors.same();
                    });
                }));
    }

    private Behavior<Command> watching(int view, Map<String, Long> held) {
        return Behaviors.setup(context -> DistributedData.withReplicatorMessageAdapter(
                (ReplicatorMessageAdapter<Command, LWWRegister<ReportPart>> data) -> {
                    hosts.forEach(host -> data.subscribe(key(host.id().value()), Changed::new));
                    return Behaviors.receiveMessage(command -> {
                        if (command instanceof Changed(Replicator.Changed<LWWRegister<ReportPart>> changed)) {
                            var report = changed.dataValue().value();
                            var host = report.host().value();
                            seenAt.put(sight(view, host, report.revision()), System.nanoTime());
                            held.put(host, report.revision());
                        }
                        return Behaviors.same();
                    });
                }));
    }

    private static String sight(int view, String host, long revision) {
        return view + " " + host + " " + revision;
    }
}
