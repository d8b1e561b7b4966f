package org.lunwarden.deploy.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.lunwarden.deploy.story.Story;
import org.lunwarden.fleet.Contact;
import org.lunwarden.fleet.FailbackProgress;
import org.lunwarden.fleet.FleetEvent;
import org.lunwarden.fleet.FleetView.FailbackStart;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.io.simulated.Part;
import org.lunwarden.io.simulated.SanBuilder.ArrayPort;
import org.lunwarden.io.simulated.SanBuilder.Plug;
import org.lunwarden.io.simulated.SimulatedSan;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusState;

/** The simulated SAN is a true twin: what happens on it is what happens on real kernels and networks. */
class TwinStoryTest {

    private static final int HOSTS = 3;
    private static final int LUNS = 2;
    private static final Plug FABRIC_A = new Plug("A", 1);
    private static final Plug FABRIC_B = new Plug("B", 1);

    private final Queue<FleetEvent> events = new ConcurrentLinkedQueue<>();

    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void threeHostsThatLoseOneOfTwoNetworksTellTheStoryOfTheRealOnes() throws Exception {
        try (var san = threeHosts();
                var fleet = TwinFleet.start(san);
                var heard = fleet.view().subscribe(Optional.empty(), events::add)) {
            Await.until("all hosts report all maps", () -> isWell(fleet));
            fleet.startApplications(Duration.ofMillis(50));
            var network = san.part(Part.Kind.SUBNET, "10.1.0.0/24").orElseThrow();

            san.fail(network);
            Await.until(
                    "an incident is confirmed",
                    () -> incidents("confirmed").findAny().isPresent());
            var confirmed = incidents("confirmed").findFirst().orElseThrow();
            Await.until("all maps live on one path", () -> mapsHave(fleet, 1));
            san.restore(network);
            Await.until("all nexuses are up", () -> isAllUp(fleet));
            Await.until(
                    "every host's map of the LUN that prefers the network is off its best group",
                    () -> off(fleet) == HOSTS);
            Await.until(
                    "the incident is over",
                    () -> incidents("resolved").findAny().isPresent());
            Await.until("nothing speaks against a failback", () -> mayFailBack(fleet));
            var failback = start(fleet);
            Await.until("all maps are on their best group", () -> off(fleet) == 0);
            Await.until(
                    "the failback is over",
                    () -> failbacks()
                            .anyMatch(progress -> progress.id().equals(failback.id())
                                    && progress.phase() != FailbackProgress.Phase.RUNNING));

            assertThat(story().events()).isEqualTo(Story.told("fabric-loss"));
            assertThat(confirmed.isNamed()).isTrue();
            assertThat(Stream.concat(Stream.of(confirmed.first().component()), confirmed.first().equivalent().stream()))
                    .as("the network, and what no host can tell from it")
                    .contains(network.component().orElseThrow());
            assertThat(confirmed.hosts()).hasSize(HOSTS);
            assertThat(fleet.applications())
                    .hasSize(HOSTS * LUNS)
                    .allSatisfy(io -> assertThat(io.count().errors()).isZero());
        }
    }

    /** An iSCSI array, one controller on each of two networks. */
    static SimulatedSan threeHosts() {
        var layout = SimulatedSan.builder()
                .network("A", "10.1.0.0/24")
                .network("B", "10.2.0.0/24")
                .array("array1", List.of(new ArrayPort(1, FABRIC_A), new ArrayPort(2, FABRIC_B)), LUNS, 2048)
                .timeouts(Duration.ofSeconds(1), Duration.ofMinutes(10));
        for (var host = 1; host <= HOSTS; host++) {
            layout.host("h" + host, FABRIC_A, FABRIC_B);
        }
        return layout.build();
    }

    private static boolean isWell(TwinFleet fleet) {
        var hosts = fleet.snapshot().hosts();
        return hosts.size() == HOSTS
                && hosts.stream()
                        .allMatch(host -> host.contact() == Contact.REPORTING
                                && host.maps().size() == LUNS)
                && mapsHave(fleet, 2)
                && off(fleet) == 0
                && isAllUp(fleet);
    }

    private static boolean mapsHave(TwinFleet fleet, int usablePaths) {
        return fleet.snapshot().hosts().stream()
                .flatMap(host -> host.maps().stream())
                .allMatch(map -> map.usablePaths() == usablePaths);
    }

    private static boolean isAllUp(TwinFleet fleet) {
        return fleet.snapshot().hosts().stream()
                .flatMap(host -> host.nexuses().stream())
                .allMatch(nexus -> nexus.state() == NexusState.UP);
    }

    private static long off(TwinFleet fleet) {
        return fleet.snapshot().hosts().stream()
                .flatMap(host -> host.maps().stream())
                .filter(MapSummary::isOffBestGroup)
                .count();
    }

    private static boolean mayFailBack(TwinFleet fleet) {
        var plan = fleet.view()
                .planFailback(Optional.empty())
                .toCompletableFuture()
                .join();
        return plan.leftOut().isEmpty() && !plan.isEmpty();
    }

    private static FailbackProgress start(TwinFleet fleet) {
        var started = fleet.view()
                .startFailback(Optional.empty(), Optional.empty(), "twin")
                .toCompletableFuture()
                .join();
        return switch (started) {
            case FailbackStart.Started(var progress) -> progress;
            case FailbackStart.Refused(var reason, var running) -> throw new AssertionError("refused: " + reason);
        };
    }

    private Story story() {
        var story = new Story();
        for (var event : events) {
            if (event.what() instanceof FleetEvent.IncidentChanged(var change, var incident)) {
                story.incident(incident.id(), change);
            } else if (event.what() instanceof FleetEvent.FailbackChanged(var progress, var hosts)) {
                story.failback(progress.id(), progress.phase().name().toLowerCase(Locale.ROOT));
            }
        }
        return story;
    }

    private Stream<Incident> incidents(String change) {
        return events.stream()
                .map(FleetEvent::what)
                .filter(what -> what instanceof FleetEvent.IncidentChanged)
                .map(what -> (FleetEvent.IncidentChanged) what)
                .filter(what -> what.change().equals(change))
                .map(FleetEvent.IncidentChanged::incident);
    }

    private Stream<FailbackProgress> failbacks() {
        return events.stream()
                .map(FleetEvent::what)
                .filter(what -> what instanceof FleetEvent.FailbackChanged)
                .map(what -> ((FleetEvent.FailbackChanged) what).failback());
    }
}
