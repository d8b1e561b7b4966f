package org.lunwarden.fleet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.JoinSeedNodes;

import org.lunwarden.fleet.tls.ThrowAwayCertificates;
import org.lunwarden.model.Component;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostCommands;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.HostReport;

/**
 * Hosts without a kernel, carried by members of a fleet in this process; what they send is what daemons send. What breaks is
 * noticed by each host when it next checks, at a moment of its own within {@link #CHECKED_EVERY}, or when it is asked to check.
 */
final class BenchHosts implements AutoCloseable {

    /** {@code polling_interval} as it is by default. */
    static final Duration CHECKED_EVERY = Duration.ofSeconds(5);

    private static final int TARGET_PORTS = 8;
    private static final Duration A_CHECK = Duration.ofMillis(50);

    /** What is wrong, or no longer, and not yet known to the host. */
    private record Change(Component component, boolean down) {}

    private final List<SyntheticHost> hosts = new ArrayList<>();
    private final List<LatestReport> latest = new ArrayList<>();
    private final List<Queue<Change>> unseen = new ArrayList<>();
    private final Map<Component, List<Integer>> behind = new HashMap<>();
    private final Map<Integer, ActorRef<HostShare.Command>> shares = new ConcurrentHashMap<>();
    private final List<ActorSystem<Void>> carriers = new ArrayList<>();
    private final ExecutorService work = Executors.newSingleThreadExecutor();
    private final Queue<Long> noticed = new ConcurrentLinkedQueue<>();
    private final Random random;

    BenchHosts(int count, int maps, long seed) {
        random = new Random(seed);
        for (var i = 0; i < count; i++) {
            var host = new SyntheticHost(i, TARGET_PORTS, maps);
            var report = host.report();
            var number = i;
            hosts.add(host);
            latest.add(new LatestReport());
            latest.getLast().put(report);
            unseen.add(new ConcurrentLinkedQueue<>());
            report.nexuses().stream()
                    .flatMap(row -> row.components().stream())
                    .distinct()
                    .forEach(component -> behind.computeIfAbsent(component, any -> new ArrayList<>())
                            .add(number));
        }
    }

    int count() {
        return hosts.size();
    }

    Set<Component> components() {
        return behind.keySet();
    }

    int behind(Component component) {
        return behind.getOrDefault(component, List.of()).size();
    }

    HostId id(int number) {
        return hosts.get(number).id();
    }

    /** What that host last said of itself. */
    HostReport report(int number) {
        return latest.get(number).now().orElseThrow();
    }

    /** Joins the fleet by way of so many members. */
    void join(int members, List<MemberAddress> seeds, ThrowAwayCertificates certificates, Path folder)
            throws java.io.IOException {
        for (var i = 0; i < members; i++) {
            var address = new MemberAddress("127.8.2." + (i + 1), 7355);
            var tls = certificates.member("carrier" + i, folder.resolve("carrier" + i));
            carriers.add(carrier(i, members, address, seeds, tls));
        }
        FleetOnLoopback.await("carriers started", Duration.ofMinutes(2), () -> shares.size() == hosts.size());
    }

    private ActorSystem<Void> carrier(
            int number, int members, MemberAddress address, List<MemberAddress> seeds, TlsFiles tls) {
        var settings = new FleetSettings(
                hosts.get(number).id(),
                Set.of(FleetRole.HOST),
                "bench",
                address,
                seeds,
                Optional.of(tls),
                FleetTimings.DEFAULT,
                Map.of());
        var system = ActorSystem.<Void>create(
                Behaviors.setup(context -> {
                    for (var i = number; i < hosts.size(); i += members) {
                        shares.put(
                                i,
                                context.spawn(
                                        HostShare.create(latest.get(i)::now, commands(i), settings.timings()),
                                        "share-" + i));
                    }
                    return Behaviors.empty();
                }),
                "bench",
                FleetConfig.pekko(
                        settings,
                        ConfigFactory.parseMap(Map.of(
                                "pekko.remote.artery.advanced.instruments", List.of(MessageCount.class.getName())))));
        var self = Cluster.get(system).selfMember().address();
        Cluster.get(system)
                .manager()
                .tell(new JoinSeedNodes(seeds.stream()
                        .map(seed -> new Address(self.protocol(), self.system(), seed.host(), seed.port()))
                        .toList()));
        return system;
    }

    private HostCommands commands(int number) {
        return command -> {
            if (command instanceof HostCommand.CheckNexuses) {
                after(A_CHECK.toNanos(), number);
            }
            return CompletableFuture.completedStage(new HostAnswer.Accepted());
        };
    }

    /** From now on nothing gets through it. */
    void fail(Component component) {
        change(new Change(component, true));
    }

    void restore(Component component) {
        change(new Change(component, false));
    }

    /** When each host noticed something since this was asked before, oldest first. */
    List<Long> noticed() {
        var times = new ArrayList<Long>();
        for (var next = noticed.poll(); next != null; next = noticed.poll()) {
            times.add(next);
        }
        return times;
    }

    private void change(Change change) {
        for (var number : behind.getOrDefault(change.component(), List.of())) {
            unseen.get(number).add(change);
            after(random.nextLong(CHECKED_EVERY.toNanos()), number);
        }
    }

    private void after(long nanos, int number) {
        CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, work).execute(() -> notice(number));
    }

    private void notice(int number) {
        var host = hosts.get(number);
        var isNews = false;
        for (var next = unseen.get(number).poll();
                next != null;
                next = unseen.get(number).poll()) {
            if (next.down()) {
                host.fail(next.component());
            } else {
                host.restore(next.component());
            }
            isNews = true;
        }
        if (isNews) {
            noticed.add(System.nanoTime());
            latest.get(number).put(host.report());
            Optional.ofNullable(shares.get(number)).ifPresent(share -> share.tell(new HostShare.ReportReady()));
        }
    }

    @Override
    public void close() {
        work.shutdownNow();
        carriers.forEach(ActorSystem::terminate);
    }
}
