package org.lunwarden.deploy.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.lunwarden.cli.config.DaemonSettings;
import org.lunwarden.deploy.daemon.Daemon;
import org.lunwarden.fleet.Contact;
import org.lunwarden.fleet.FleetRole;
import org.lunwarden.fleet.FleetStatus;
import org.lunwarden.fleet.FleetTimings;
import org.lunwarden.fleet.FleetView;
import org.lunwarden.fleet.MemberAddress;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.simulated.CoreEdge;
import org.lunwarden.io.simulated.Part;
import org.lunwarden.io.simulated.SimulatedIo;
import org.lunwarden.io.simulated.SimulatedSan;
import org.lunwarden.kit.FreePorts;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.node.Node;

/** The wall between the halves of a daemon: what becomes of the fleet half is nothing to the host half. */
class WallTest {

    private static final String HOST = "h001";
    private static final int LUNS = 2;
    private static final FleetTimings QUICK =
            FleetTimings.DEFAULT.withMembership(Duration.ofSeconds(2), Duration.ofSeconds(1));
    /** Checks are due every second; so many seconds without one are more than a busy machine explains. */
    private static final Duration MISSED = Duration.ofSeconds(5);

    private final SimulatedSan san = new CoreEdge(1, 1, 1, 1, LUNS, 2048)
            .layout()
            .timeouts(Duration.ofMillis(200), Duration.ofMinutes(10))
            .build();
    private final WatchedDisks disks =
            new WatchedDisks(san.host(HOST).blockDevices(), san.host(HOST).clock());

    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void aFleetHalfThatIsCutOffDownedAndStartedAnewChangesNothingForItsHost() throws Exception {
        try (san;
                var cables = new Cables()) {
            var sockets = FreePorts.of(2);
            var seed = new MemberAddress("127.0.0.1", cables.lead(sockets.get(0)));
            var address = new MemberAddress("127.0.0.1", cables.lead(sockets.get(1)));
            try (var view = Daemon.ofView(
                            settings("view", FleetRole.VIEW, seed, seed), Optional.empty(), bound(sockets.get(0)));
                    var host = Daemon.ofHost(
                            ports(), settings(HOST, FleetRole.HOST, address, seed), bound(sockets.get(1)))) {
                var node = host.node().orElseThrow();
                Await.until("the view hears the host", () -> isHeard(view) && usable(node) == LUNS * 8);
                var applications = maps(node).stream().map(this::read).toList();
                var before = node.status().toCompletableFuture().join();

                cables.cut();
                var outages = 0;
                do {
                    driveOverAndBack(node);
                    outages++;
                } while (status(host).life() < 2);
                driveOverAndBack(node);
                assertThat(isHeard(view)).isFalse();
                cables.mend();
                Await.until(
                        "the host is a member again",
                        () -> host.fleet().orElseThrow().isMember());
                Await.until("the view hears the host again", () -> isHeard(view));

                var after = node.status().toCompletableFuture().join();
                System.out.printf(
                        "wall: %d outages of fabric A while cut off, fleet system %d%n",
                        outages + 1, status(host).life());
                assertThat(after.run()).isEqualTo(before.run());
                assertThat(after.usablePaths()).isEqualTo(LUNS * 8);
                assertThat(disks.longestPauses())
                        .hasSize(LUNS * 8)
                        .allSatisfy((disk, pause) -> assertThat(pause).isLessThan(MISSED));
                assertThat(applications).hasSize(LUNS).allSatisfy(io -> {
                    assertThat(io.count().errors()).isZero();
                    io.close();
                });
            }
        }
    }

    /** All paths over fabric A fail and come back; the maps live on fabric B meanwhile. */
    private void driveOverAndBack(Node node) {
        var fabric = san.parts().stream()
                .filter(part -> part.kind() == Part.Kind.FABRIC)
                .findFirst()
                .orElseThrow();
        san.fail(fabric);
        Await.until("half of the paths are failed", () -> usable(node) == LUNS * 4);
        san.restore(fabric);
        Await.until("all paths are back", () -> usable(node) == LUNS * 8);
    }

    private HostPorts ports() {
        var host = san.host(HOST);
        return new HostPorts(
                host.facts(),
                host.deviceMapper(),
                disks,
                host.pathProbe(),
                host.uevents(),
                host.clock(),
                host.stateFiles(),
                host.diskControl(),
                host.fabricEvents());
    }

    private static DaemonSettings settings(String name, FleetRole role, MemberAddress address, MemberAddress seed)
            throws IOException {
        return TwinFleet.settings(TwinFleet.member(name, role, address, seed).with(QUICK));
    }

    /** The member listens where its cable ends. */
    private static Config bound(int port) {
        return ConfigFactory.parseMap(
                Map.of("pekko.remote.artery.bind.hostname", "127.0.0.1", "pekko.remote.artery.bind.port", port));
    }

    private SimulatedIo read(MapTopology map) {
        return switch (san.io(HOST, map.name(), Duration.ofMillis(20))) {
            case IoResult.Ok<SimulatedIo>(var reading) -> reading;
            case IoResult.Refused<SimulatedIo> refused -> throw new AssertionError(refused.toString());
        };
    }

    private static FleetStatus status(Daemon daemon) {
        return daemon.fleet().orElseThrow().status();
    }

    private static boolean isHeard(Daemon view) {
        return Stream.of(view)
                .flatMap(daemon -> daemon.fleet().stream())
                .flatMap(fleet -> fleet.view().stream())
                .map(FleetView::snapshot)
                .flatMap(snapshot -> snapshot.toCompletableFuture().join().hosts().stream())
                .anyMatch(host ->
                        host.contact() == Contact.REPORTING && host.maps().size() == LUNS);
    }

    private static long usable(Node node) {
        return maps(node).stream().mapToLong(MapTopology::usablePaths).sum();
    }

    private static List<MapTopology> maps(Node node) {
        return node.commands()
                                .carryOut(new HostCommand.DescribeMaps(Optional.empty()))
                                .toCompletableFuture()
                                .join()
                        instanceof HostAnswer.Maps(var maps)
                ? maps
                : List.of();
    }
}
