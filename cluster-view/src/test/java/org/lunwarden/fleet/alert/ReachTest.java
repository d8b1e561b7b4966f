package org.lunwarden.fleet.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.alert.TwoFabrics.edge;

import java.time.Duration;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.FleetSnapshot.FleetHost;
import org.lunwarden.fleet.FleetSnapshot.FleetNexus;
import org.lunwarden.model.fleet.NexusState;

class ReachTest {

    @Test
    void aMapWithoutAUsablePathIsCriticalOnceOneOfItsPathsIsKnownToHaveFailed() {
        var san = new TwoFabrics(12);
        san.down.add(edge("b", 12));
        san.down.add(edge("a", 12));
        var fleet = san.after(Duration.ofSeconds(30));
        var incident = fleet.incidents().getFirst();

        var half = Reach.of(
                unknown(fleet, nexus -> nexus.row().nexus().initiatorPort().startsWith("2100a")), incident);
        var all = Reach.of(unknown(fleet, nexus -> true), incident);

        assertThat(half.mapsWithoutPath()).isEqualTo(18);
        assertThat(Severity.of(half)).isEqualTo(Severity.CRITICAL);
        assertThat(all.mapsUnknown()).isEqualTo(18);
        assertThat(Severity.of(all)).isEqualTo(Severity.WARNING);
    }

    private static FleetSnapshot unknown(FleetSnapshot fleet, Predicate<FleetNexus> which) {
        var hosts = fleet.hosts().stream()
                .map(host -> new FleetHost(
                        host.host(),
                        host.contact(),
                        fleet.at(),
                        java.util.Optional.empty(),
                        1,
                        Duration.ofHours(2),
                        "0.1.0",
                        host.nexuses().stream()
                                .map(nexus -> which.test(nexus)
                                        ? new FleetNexus(nexus.row(), NexusState.UNKNOWN, fleet.at())
                                        : nexus)
                                .toList(),
                        host.maps()))
                .toList();
        return new FleetSnapshot(fleet.view(), fleet.at(), 1, hosts, fleet.incidents());
    }
}
