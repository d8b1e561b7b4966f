package org.lunwarden.deploy.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.lunwarden.cli.config.DaemonSettings;
import org.lunwarden.cli.config.DaemonSettings.Listen;
import org.lunwarden.deploy.daemon.Daemon;
import org.lunwarden.fleet.Contact;
import org.lunwarden.fleet.FleetRole;
import org.lunwarden.fleet.FleetSettings;
import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.FleetTimings;
import org.lunwarden.fleet.FleetView;
import org.lunwarden.fleet.MemberAddress;
import org.lunwarden.fleet.audit.AuditSettings;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.fleet.tls.ThrowAwayCertificates;
import org.lunwarden.http.FaultInjection;
import org.lunwarden.http.FaultInjection.Part;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.simulated.SimulatedIo;
import org.lunwarden.io.simulated.SimulatedSan;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.NexusState;
import org.lunwarden.node.site.Site;
import org.lunwarden.node.site.SiteReader;

/** One view and a number of hosts in one process: whole daemons, joined over TLS, above a simulated SAN. */
final class DemoFleet implements AutoCloseable {

    private static final Site SITE = DemoSan.site();
    private static final Duration IO_INTERVAL = Duration.ofMillis(200);
    private static final Duration GLANCE = Duration.ofMillis(100);

    private final Path folder;
    private final SimulatedSan san;
    private final DemoFaults faults;
    private final Daemon view;
    private final List<SimulatedIo> io = new ArrayList<>();
    private final int expectedHosts;

    private DemoFleet(Path folder, SimulatedSan san, DemoFaults faults, Daemon view, int expectedHosts) {
        this.folder = folder;
        this.san = san;
        this.faults = faults;
        this.view = view;
        this.expectedHosts = expectedHosts;
    }

    /** @param told hears what is done to the SAN, in words */
    static DemoFleet start(int hosts, int port, Consumer<String> told) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("lunwarden-demo");
        var certificates = ThrowAwayCertificates.of("lunwarden-demo");
        var san = DemoSan.build(hosts);
        var faults = new DemoFaults(san, told);
        var ports = freePorts(hosts + 1);
        var seed = new MemberAddress("127.0.0.1", ports.getFirst());
        var viewSettings = settings("view1", FleetRole.VIEW, seed, seed, certificates, folder, san, port);
        var fleet = new DemoFleet(folder, san, faults, Daemon.ofView(viewSettings, Optional.of(faults)), hosts);
        var names = san.hosts();
        var starts = new ArrayList<Callable<Daemon>>();
        for (var i = 0; i < names.size(); i++) {
            var address = new MemberAddress("127.0.0.1", ports.get(i + 1));
            var name = names.get(i);
            starts.add(() -> Daemon.ofHost(
                    san.host(name), settings(name, FleetRole.HOST, address, seed, certificates, folder, san, 0)));
        }
        try (var side = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (var started : side.invokeAll(starts)) {
                started.get();
            }
        } catch (ExecutionException broken) {
            throw new IllegalStateException("a host of the demonstration did not start", broken.getCause());
        }
        return fleet;
    }

    private static DaemonSettings settings(
            String name,
            FleetRole role,
            MemberAddress address,
            MemberAddress seed,
            ThrowAwayCertificates certificates,
            Path folder,
            SimulatedSan san,
            int port)
            throws IOException {
        var host = new HostId(name);
        var member = new FleetSettings(
                host,
                Set.of(role),
                "lunwarden-demo",
                address,
                List.of(seed),
                Optional.of(certificates.member(name, folder.resolve(name))),
                FleetTimings.DEFAULT,
                namesOf(san));
        return new DaemonSettings(
                host,
                SITE,
                SiteReader.of(SITE),
                List.of(),
                Duration.ofMinutes(5),
                Duration.ofDays(1),
                false,
                false,
                Optional.of(member),
                Optional.empty(),
                new Listen("127.0.0.1", port),
                Optional.empty(),
                AuditSettings.DEFAULT);
    }

    /** What people call the fabrics and arrays: their labels. */
    private static Map<String, String> namesOf(SimulatedSan san) {
        var names = new TreeMap<String, String>();
        for (var part : san.parts()) {
            part.component()
                    .filter(component ->
                            component.kind() == ComponentClass.FABRIC || component.kind() == ComponentClass.ARRAY)
                    .ifPresent(
                            component -> names.put(component.id(), part.label().replaceFirst("^(fabric|array) ", "")));
        }
        return names;
    }

    private static List<Integer> freePorts(int count) throws IOException {
        var sockets = new ArrayList<ServerSocket>();
        try {
            for (var i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }

    FleetView view() {
        return view.fleet().flatMap(member -> member.view()).orElseThrow();
    }

    int port() {
        return view.http().orElseThrow().port();
    }

    FaultInjection faults() {
        return faults;
    }

    /** An edge switch of fabric B: half of the hosts lose one of their two fabrics with it. */
    Part storySwitch() {
        return faults.parts().stream()
                .filter(part -> part.component().kind() == ComponentClass.SWITCH)
                .filter(part -> part.component().id().endsWith("/12"))
                .max(Comparator.comparing(part -> part.component().id()))
                .orElseThrow();
    }

    record Counts(int hosts, int nexuses, int maps) {}

    Counts counts() {
        var fleet = snapshot();
        return new Counts(
                fleet.hosts().size(),
                fleet.hosts().stream().mapToInt(host -> host.nexuses().size()).sum(),
                fleet.hosts().stream().mapToInt(host -> host.maps().size()).sum());
    }

    /** Waits until every host reports, has all its maps, and every nexus is up; then lets applications read. */
    boolean isWell(Duration patience) throws InterruptedException {
        var luns = (int)
                san.parts().stream().filter(part -> part.component().isEmpty()).count();
        var well = await(
                patience,
                fleet -> fleet.hosts().size() == expectedHosts
                        && fleet.hosts().stream()
                                .allMatch(host -> host.contact() == Contact.REPORTING
                                        && host.maps().size() == luns
                                        && host.maps().stream().noneMatch(map -> map.isOffBestGroup()))
                        && allUp(fleet));
        if (well) {
            startApplications();
        }
        return well;
    }

    private void startApplications() {
        for (var host : snapshot().hosts()) {
            for (var map : host.maps()) {
                if (san.io(host.host().value(), map.name(), IO_INTERVAL)
                        instanceof IoResult.Ok<SimulatedIo>(var reading)) {
                    io.add(reading);
                }
            }
        }
    }

    boolean nexusesAreUp(Duration patience) throws InterruptedException {
        return await(patience, DemoFleet::allUp);
    }

    /** Waits until enough members of an incident are up again, so that nothing near it is held back any more. */
    boolean membersAreBack(String incident, Duration patience) throws InterruptedException {
        return await(
                patience,
                fleet -> fleet.incident(incident).flatMap(Incident::backSince).isPresent());
    }

    /** I/Os of applications that ended in an error. */
    long failedIo() {
        return io.stream().mapToLong(reading -> reading.count().errors()).sum();
    }

    /** What is not well, for a message. */
    String complaint() {
        var fleet = snapshot();
        return "hosts " + fleet.hosts().size() + " of " + expectedHosts + ", reporting "
                + fleet.hosts().stream()
                        .filter(host -> host.contact() == Contact.REPORTING)
                        .count() + ", maps "
                + fleet.hosts().stream().mapToInt(host -> host.maps().size()).sum() + ", nexuses not up "
                + fleet.hosts().stream()
                        .flatMap(host -> host.nexuses().stream())
                        .filter(nexus -> nexus.state() != NexusState.UP)
                        .count();
    }

    private static boolean allUp(FleetSnapshot fleet) {
        return fleet.hosts().stream()
                .allMatch(host -> !host.nexuses().isEmpty()
                        && host.nexuses().stream().allMatch(nexus -> nexus.state() == NexusState.UP));
    }

    private FleetSnapshot snapshot() {
        return view().snapshot().toCompletableFuture().join();
    }

    private boolean await(Duration patience, Predicate<FleetSnapshot> wanted) throws InterruptedException {
        var deadline = System.nanoTime() + patience.toNanos();
        while (!wanted.test(snapshot())) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(GLANCE);
        }
        return true;
    }

    /** The process ends with the demonstration, and its members with the process: nobody is left to say goodbye to. */
    @Override
    public void close() {
        io.forEach(SimulatedIo::close);
        san.close();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            throw new IllegalStateException("the demonstration's certificates are left in " + folder, left);
        }
    }
}
