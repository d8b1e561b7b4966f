package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.diagnosis.SanPlan.component;
import static org.lunwarden.model.ComponentClass.HBA_FIRMWARE;
import static org.lunwarden.model.ComponentClass.SWITCH;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.HostEntry.Fact;
import org.lunwarden.fleet.alert.Maintenance;
import org.lunwarden.fleet.diagnosis.Booting;
import org.lunwarden.fleet.diagnosis.Observation;
import org.lunwarden.fleet.diagnosis.SanPlan;
import org.lunwarden.fleet.incident.Change;
import org.lunwarden.fleet.incident.Incidents;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.NexusState;

/** What is worth checking, how often it is asked for, and what follows when nothing is heard but time passes. */
class FleetDiagnosisTest {

    private static final SanPlan SAN = SanPlan.coreEdge(48, 4, 4, 2);
    private static final Component EDGE = component(SWITCH, "A/12");
    private static final Component ARRAY = component(ComponentClass.ARRAY, "arr1");
    private static final Set<HostId> FIRST_TWO = Set.of(new HostId("h00002"), new HostId("h00006"));
    private static final Duration TICK = Duration.ofMillis(250);

    private final FleetDiagnosis diagnosis =
            new FleetDiagnosis(FleetSettings.onLoopback("v0", Set.of(FleetRole.VIEW), 0, List.of()), Incidents.NONE);

    @Test
    void aSuspectIsCheckedAtOnceThenOnceASecondAndNoMoreWhenItsFailuresAreNoNews() {
        var asked = new ArrayList<Duration>();
        for (var at = Duration.ZERO; at.compareTo(Duration.ofSeconds(10)) < 0; at = at.plus(TICK)) {
            var news = at.isZero() ? Optional.of(seenBy(FIRST_TWO)) : Optional.<Collection<Observation>>empty();
            if (diagnosis.next(news, SanPlan.START.plus(at)).worthChecking().contains(EDGE)) {
                asked.add(at);
            }
        }

        assertThat(asked)
                .containsExactly(
                        Duration.ZERO,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4));
    }

    @Test
    void aSuspectThatIsSeenToHaveFailedOnAllHostsIsNotChecked() {
        var outcome = diagnosis.next(Optional.of(seenBy(hostsOf(EDGE))), SanPlan.START);

        assertThat(outcome.worthChecking()).doesNotContain(EDGE);
    }

    @Test
    void withoutNewsTheLastVerdictStandsAndTimeAloneConfirmsAnIncident() {
        diagnosis.next(Optional.of(seenBy(hostsOf(EDGE))), SanPlan.START);
        var verdict = diagnosis.verdict();

        var changes =
                diagnosis.next(Optional.empty(), SanPlan.START.plusSeconds(3)).changes();

        assertThat(diagnosis.verdict()).isSameAs(verdict);
        assertThat(changes).extracting(Change::kind).containsExactly(Change.Kind.CONFIRMED);
        assertThat(diagnosis.isBusy()).isTrue();
    }

    @Test
    void whatHostsThatBootDoNotHaveBackIsNoEvidenceUntilTheirBootIsOver() {
        var lost = seenBy(FIRST_TWO);
        var booting = new Booting(FIRST_TWO.stream().collect(Collectors.toMap(host -> host, host -> Set.of())));

        assertThat(diagnosis.beside(Maintenance.NONE, booting)).isTrue();
        assertThat(diagnosis.next(Optional.of(lost), SanPlan.START).changes()).isEmpty();
        assertThat(diagnosis.beside(Maintenance.NONE, booting)).isFalse();

        assertThat(diagnosis.beside(Maintenance.NONE, Booting.NOBODY)).isTrue();
        diagnosis.next(Optional.of(lost), SanPlan.START);
        assertThat(diagnosis.verdict().findings()).isNotEmpty();
    }

    @Test
    void aBootOfItsHostsEndsNoIncident() {
        diagnosis.next(Optional.of(seenBy(hostsOf(EDGE))), SanPlan.START);
        diagnosis.next(Optional.empty(), SanPlan.START.plusSeconds(3));
        var booting = new Booting(hostsOf(EDGE).stream().collect(Collectors.toMap(host -> host, host -> Set.of())));

        diagnosis.beside(Maintenance.NONE, booting);
        for (var second = 4; second < 300; second += 5) {
            assertThat(diagnosis
                            .next(Optional.of(seenBy(hostsOf(EDGE))), SanPlan.START.plusSeconds(second))
                            .changes())
                    .isEmpty();
        }
    }

    @Test
    void firmwareThatCameLatelyIsTheLikelierCauseForADay() {
        var firmware = component(HBA_FIRMWARE, "lpfc/14.4");
        var rows = seenBy(Set.of()).stream()
                .filter(row -> row.components().contains(EDGE))
                .map(row -> alike(row, firmware))
                .toList();
        var news = Optional.<Collection<Observation>>of(rows);
        diagnosis.next(news, SanPlan.START);
        assertThat(blamed()).isEqualTo(ARRAY);

        diagnosis.heard(
                List.of(new Fact.FirmwareChanged(new HostId("h00002"), "i", "lpfc/14.2", firmware.id(), true)),
                SanPlan.START);
        diagnosis.next(news, SanPlan.START.plusSeconds(60));

        assertThat(blamed()).isEqualTo(firmware);
        assertThat(diagnosis.verdict().changed()).containsExactly(Map.entry(firmware, SanPlan.START));
        diagnosis.next(news, SanPlan.START.plus(Duration.ofHours(25)));
        assertThat(blamed()).isEqualTo(ARRAY);
    }

    private Component blamed() {
        return diagnosis.verdict().findings().getFirst().first().component();
    }

    /** Down, on one of two fabrics, to the one array and with the one firmware. */
    private static Observation alike(Observation row, Component firmware) {
        var isEven = row.nexus().targetPort().hashCode() % 2 == 0;
        var fabric = component(ComponentClass.FABRIC, isEven ? "A" : "B");
        return new Observation(
                row.host(),
                row.nexus(),
                List.of(fabric, ARRAY, firmware),
                NexusState.DOWN,
                4,
                4,
                SanPlan.START,
                Duration.ZERO);
    }

    private static Set<HostId> hostsOf(Component component) {
        var hosts = new java.util.HashSet<HostId>();
        SAN.rows().stream().filter(row -> row.crosses(component)).forEach(row -> hosts.add(row.host()));
        return hosts;
    }

    private static Collection<Observation> seenBy(Set<HostId> hosts) {
        return SAN.rows().stream()
                .map(row -> observed(row, row.crosses(EDGE) && hosts.contains(row.host()), SanPlan.START))
                .toList();
    }

    private static Observation observed(SanPlan.Row row, boolean isDown, Instant since) {
        return new Observation(
                row.host(),
                row.nexus(),
                row.components(),
                isDown ? NexusState.DOWN : NexusState.UP,
                4,
                isDown ? 4 : 0,
                since,
                Duration.ZERO);
    }
}
