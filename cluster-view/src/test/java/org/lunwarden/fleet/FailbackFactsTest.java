package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.lunwarden.fleet.FleetSnapshot.FleetHost;
import org.lunwarden.fleet.FleetSnapshot.FleetNexus;
import org.lunwarden.fleet.failback.Dispute;
import org.lunwarden.fleet.failback.HostState;
import org.lunwarden.fleet.failback.Situation;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.NexusState;

class FailbackFactsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final SyntheticHost host = new SyntheticHost(1, 4, 2);

    /** What is not reporting is known, and not believed; what a daemon reports after a restart is waited for. */
    @ParameterizedTest
    @CsvSource({"REPORTING, true, true", "EXPECTED, false, false", "SILENT, false, true", "STOPPED, false, true"})
    void aHostIsReportingAndItsDaemonKnownByItsContact(Contact contact, boolean reporting, boolean daemonIsKnown) {
        var state = state(heard(contact, NOON));

        assertThat(state.reporting()).isEqualTo(reporting);
        assertThat(state.run().isPresent()).isEqualTo(daemonIsKnown);
        assertThat(state.maps()).isEqualTo(heard(contact, NOON).maps());
    }

    @Test
    void whenAHostBootedIsReckonedFromItsNewestMessage() {
        var later = heard(Contact.REPORTING, NOON.minusSeconds(3));

        assertThat(state(later).bootedAt())
                .isEqualTo(NOON.minusSeconds(3).minus(later.uptime()))
                .isNotEqualTo(NOON.minus(later.uptime()));
    }

    /** A view reckons the rows of a silent host as unknown; what the host said last is what counts here. */
    @Test
    void ofANexusWhatTheHostSaidLastIsTaken() {
        assertThat(state(heard(Contact.REPORTING, NOON)).nexuses())
                .isEqualTo(host.report().nexuses())
                .allMatch(row -> row.state() == NexusState.UP);
    }

    @Test
    void whatIsWorkedOnNowIsMaintainedAndWhatIsPlannedOrOverIsNot() {
        var current = AlertSamples.maintenance(NOON.minusSeconds(60));
        var planned = AlertSamples.maintenance(NOON.plusSeconds(60));
        var over = AlertSamples.maintenance(NOON.minusSeconds(7200));

        assertThat(FailbackFacts.situation(fleet(true), List.of(current), NOON).maintained())
                .containsExactlyElementsOf(current.components());
        assertThat(FailbackFacts.situation(fleet(true), List.of(planned, over), NOON)
                        .maintained())
                .isEmpty();
    }

    @Test
    void whatKeepsAViewFromPlanningIsTaken() {
        var situation = situation(false, heard(Contact.REPORTING, NOON));

        assertThat(situation.at()).isEqualTo(NOON);
        assertThat(situation.majority()).isFalse();
        assertThat(situation.disputes()).containsExactly(DISPUTE);
        assertThat(situation.unheard()).containsExactly("lunwarden@10.0.0.9:7355");
        assertThat(situation(true, heard(Contact.REPORTING, NOON)).majority()).isTrue();
    }

    private static final Dispute DISPUTE = new Dispute(
            SyntheticHost.wwid(0), new HostId("h0001"), new HostId("h0002"), 8, NOON.minusSeconds(40), NOON, "");

    private static HostState state(FleetHost heard) {
        return situation(true, heard).hosts().getFirst();
    }

    private static Situation situation(boolean majority, FleetHost... hosts) {
        return FailbackFacts.situation(fleet(majority, hosts), List.of(), NOON);
    }

    private static FleetSnapshot fleet(boolean majority, FleetHost... hosts) {
        return new FleetSnapshot(
                new HostId("v0"),
                NOON,
                1,
                List.of(hosts),
                List.of(),
                List.of(),
                List.of(),
                true,
                majority,
                List.of(DISPUTE),
                List.of("lunwarden@10.0.0.9:7355"));
    }

    private FleetHost heard(Contact contact, Instant lastSeen) {
        var report = host.report();
        return new FleetHost(
                host.id(),
                contact,
                lastSeen,
                Optional.of(report.run()),
                report.revision(),
                Duration.ofHours(3),
                report.version(),
                report.nexuses().stream()
                        .map(row -> new FleetNexus(
                                row, contact == Contact.REPORTING ? row.state() : NexusState.UNKNOWN, lastSeen))
                        .toList(),
                report.maps());
    }
}
