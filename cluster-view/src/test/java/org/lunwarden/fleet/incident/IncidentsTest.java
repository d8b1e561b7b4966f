package org.lunwarden.fleet.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.diagnosis.SanPlan.component;
import static org.lunwarden.fleet.incident.Change.Kind.CONFIRMED;
import static org.lunwarden.fleet.incident.Change.Kind.GREW;
import static org.lunwarden.fleet.incident.Change.Kind.OPENED;
import static org.lunwarden.fleet.incident.Change.Kind.RESOLVED;
import static org.lunwarden.fleet.incident.Change.Kind.RESOLVING;
import static org.lunwarden.fleet.incident.Change.Kind.SHARPENED;
import static org.lunwarden.model.ComponentClass.FABRIC;
import static org.lunwarden.model.ComponentClass.HBA_PORT;
import static org.lunwarden.model.ComponentClass.HOST;
import static org.lunwarden.model.ComponentClass.SWITCH;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.diagnosis.Diagnosis;
import org.lunwarden.fleet.diagnosis.DiagnosisSettings;
import org.lunwarden.fleet.diagnosis.Names;
import org.lunwarden.fleet.diagnosis.Observation;
import org.lunwarden.fleet.diagnosis.SanPlan;
import org.lunwarden.fleet.incident.Incident.Phase;
import org.lunwarden.model.Component;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.NexusState;

class IncidentsTest {

    private static final SanPlan SAN = SanPlan.coreEdge(48, 4, 4, 2);
    private static final Component SWITCH_A12 = component(SWITCH, "A/12");
    private static final Component PORT_OF_H2 = component(HBA_PORT, "10a%012x".formatted(2));

    private final Fleet fleet = new Fleet();

    @Test
    void aSwitchFailureIsOneIncidentFromProvisionalToResolved() {
        fleet.at(0).sees();
        fleet.at(100).sees(SWITCH_A12);
        fleet.at(350).sees(SWITCH_A12);
        fleet.at(600).sees(SWITCH_A12);
        fleet.at(9_000).sees(SWITCH_A12);
        fleet.at(10_000).seesFailed(row -> row.crosses(SWITCH_A12) && number(row) > 20);
        fleet.at(11_000).sees();
        fleet.at(15_900).sees();
        fleet.at(16_000).sees();

        assertThat(fleet.story).containsExactly("100 OPENED", "600 CONFIRMED", "10000 RESOLVING", "16000 RESOLVED");
        var incident = fleet.only();
        assertThat(incident.first().component()).isEqualTo(SWITCH_A12);
        assertThat(incident.members()).hasSize(96);
        assertThat(incident.hosts()).hasSize(12);
        assertThat(incident.first().evidence().explained()).isEqualTo(96);
        assertThat(incident.onset()).isEqualTo(SanPlan.START.plusMillis(100));
        assertThat(incident.phase()).isEqualTo(Phase.RESOLVED);
        assertThat(incident.words()).contains("were down on 12 hosts");
        assertThat(incident.timeline()).hasSize(4);
    }

    @Test
    void theWordsNameTheSwitchAsPeopleDo() {
        fleet.names = new Names(Map.of("A", "Berlin-left"));
        fleet.at(100)
                .seesFailed(row -> row.crosses(SWITCH_A12)
                        && !(number(row) == 2 && row.nexus().targetPort().endsWith("0")));

        assertThat(fleet.only().title()).isEqualTo("switch 12 of fabric Berlin-left is down");
        assertThat(fleet.only().words())
                .isEqualTo("switch 12 of fabric Berlin-left: 92 of 96 nexuses through it are down on 12 hosts;"
                        + " 0 of 672 elsewhere.");
        assertThat(fleet.only().id()).isEqualTo("20260301-100000-%08x".formatted("switch A/12".hashCode()));
    }

    @Test
    void membersThatJoinKeepItProvisionalUntilNoMoreJoin() {
        fleet.at(0).seesFailed(crossing(SWITCH_A12).and(row -> number(row) < 36));
        fleet.at(1_000).seesFailed(crossing(SWITCH_A12).and(row -> number(row) < 40));
        fleet.at(1_900).seesFailed(crossing(SWITCH_A12).and(row -> number(row) < 44));
        fleet.at(2_300).seesFailed(crossing(SWITCH_A12));
        fleet.at(2_700).seesFailed(crossing(SWITCH_A12));
        fleet.at(2_800).seesFailed(crossing(SWITCH_A12));

        assertThat(fleet.story).startsWith("0 OPENED").endsWith("2300 GREW", "2800 CONFIRMED");
    }

    @Test
    void anIncidentThatIsNotDecisiveIsConfirmedWhenNothingNewJoins() {
        fleet.settings(10_000);
        fleet.at(0).sees(SWITCH_A12);
        fleet.at(1_999).sees(SWITCH_A12);
        fleet.at(2_000).sees(SWITCH_A12);

        assertThat(fleet.story).containsExactly("0 OPENED", "2000 CONFIRMED");
        assertThat(fleet.only().timeline().getLast().words()).isEqualTo("no new failures for 2.0 s");
    }

    @Test
    void failuresOfOneHostWaitForOthersToJoin() {
        fleet.at(0).sees(PORT_OF_H2);
        fleet.at(1_900).sees(PORT_OF_H2);
        assertThat(fleet.incidents.all()).isEmpty();

        fleet.at(2_000).sees(PORT_OF_H2);

        assertThat(fleet.only().first().component()).isEqualTo(PORT_OF_H2);
    }

    @Test
    void failuresOfOneHostThatProveSharedAreTheSharedIncidentOnly() {
        fleet.at(0).sees(PORT_OF_H2);
        fleet.at(500).sees(SWITCH_A12);

        assertThat(fleet.story).containsExactly("500 OPENED");
        assertThat(fleet.only().first().component()).isEqualTo(SWITCH_A12);
    }

    @Test
    void whatAnotherIncidentHidTheDifferenceToIsToldAndNamedOnceItComesToLight() {
        var fabric = component(FABRIC, "A");
        var port = component(HBA_PORT, "10b%012x".formatted(3));
        fleet.at(0).sees(fabric, port);
        fleet.at(2_500).sees(fabric, port);
        var hidden = fleet.ofCause(component(HOST, "h00003"));
        assertThat(hidden.words())
                .endsWith(" It could as well be HBA port " + port.id()
                        + ": it differs only in nexuses that another incident took down.");

        fleet.at(60_000).sees(port);

        assertThat(fleet.ofCause(port).id()).isEqualTo(hidden.id());
        assertThat(fleet.ofCause(port).words()).doesNotContain("could as well");
    }

    @Test
    void aPortThatProvesToBeASwitchIsTheSameIncidentWithItsHistory() {
        fleet.at(0).sees(PORT_OF_H2);
        fleet.at(2_000).sees(PORT_OF_H2);
        var id = fleet.only().id();

        fleet.at(2_500).sees(SWITCH_A12);

        assertThat(fleet.only().id()).isEqualTo(id);
        assertThat(fleet.only().first().component()).isEqualTo(SWITCH_A12);
        assertThat(fleet.only().members()).hasSize(96);
        assertThat(fleet.story).containsExactly("2000 OPENED", "2500 SHARPENED");
        assertThat(fleet.only().timeline()).extracting(Incident.Entry::what).containsExactly(OPENED, SHARPENED);
    }

    @Test
    void portsOfSeveralHostsThatProveToBeASwitchBecomeOneIncident() {
        Predicate<SanPlan.Row> threeHosts = crossing(SWITCH_A12).and(row -> number(row) < 11);
        fleet.at(0).seesFailed(threeHosts);
        fleet.at(2_000).seesFailed(threeHosts);
        assertThat(fleet.incidents.open()).hasSize(3);

        fleet.at(3_000).sees(SWITCH_A12);

        assertThat(fleet.incidents.open()).hasSize(1);
        assertThat(fleet.incidents.open().getFirst().first().component()).isEqualTo(SWITCH_A12);
        assertThat(fleet.incidents.all())
                .filteredOn(one -> one.mergedInto().isPresent())
                .hasSize(2);
        assertThat(fleet.story).endsWith("3000 SHARPENED", "3000 MERGED", "3000 MERGED");
    }

    @Test
    void anOldPortFaultStaysItsOwnIncidentWhenItsSwitchFailsLater() {
        fleet.at(0).sees(PORT_OF_H2);
        fleet.at(2_000).sees(PORT_OF_H2);
        fleet.at(300_000).sees(PORT_OF_H2, SWITCH_A12);

        assertThat(fleet.incidents.open())
                .extracting(one -> one.first().component())
                .containsExactlyInAnyOrder(PORT_OF_H2, SWITCH_A12);
    }

    @Test
    void whatIsStillDownWhileASwitchRecoversIsNoNewIncident() {
        fleet.at(0).sees(SWITCH_A12);
        fleet.at(2_000).sees(SWITCH_A12);
        for (var step = 0; step < 20; step++) {
            fleet.at(3_000 + 250L * step).seesFailed(crossing(SWITCH_A12).and(row -> number(row) < 6));
        }

        assertThat(fleet.incidents.all()).hasSize(1);
        assertThat(fleet.only().phase()).isEqualTo(Phase.RESOLVING);
        assertThat(fleet.only().first().component()).isEqualTo(SWITCH_A12);
        assertThat(fleet.only().back()).isEqualTo(88);
    }

    @Test
    void aRecoveryThatBreaksDownIsARelapseOfTheSameIncident() {
        fleet.at(0).sees(SWITCH_A12);
        fleet.at(2_000).sees(SWITCH_A12);
        fleet.at(3_000).sees();
        fleet.at(4_000).sees(SWITCH_A12);
        fleet.at(5_000).sees();
        fleet.at(9_999).sees();
        fleet.at(10_000).sees();

        assertThat(fleet.story)
                .containsExactly(
                        "0 OPENED",
                        "2000 CONFIRMED",
                        "3000 RESOLVING",
                        "4000 RELAPSED",
                        "5000 RESOLVING",
                        "10000 RESOLVED");
    }

    @Test
    void itIsResolvedWhenEnoughMembersAreBackEvenIfSomeHostsStaySilent() {
        fleet.at(0).sees(SWITCH_A12);
        fleet.at(2_000).sees(SWITCH_A12);
        fleet.silent = host -> host.equals(new HostId("h00002"));
        fleet.at(3_000).sees();
        fleet.at(30_000).sees();
        var switchIncident = fleet.incidents.all().stream()
                .filter(one -> one.first().component().equals(SWITCH_A12))
                .findFirst()
                .orElseThrow();
        assertThat(switchIncident.phase()).isEqualTo(Phase.RESOLVING);

        fleet.silent = host -> false;
        fleet.at(31_000).sees();
        fleet.at(36_000).sees();

        assertThat(fleet.incidents.open()).isEmpty();
    }

    @Test
    void membersTakenDownByAnOperatorAreNotWaitedFor() {
        fleet.at(0).sees(SWITCH_A12);
        fleet.at(2_000).sees(SWITCH_A12);
        fleet.admin = crossing(SWITCH_A12);
        fleet.at(3_000).sees();
        fleet.at(8_000).sees();

        assertThat(fleet.incidents.open()).isEmpty();
    }

    @Test
    void silentHostsAreOneIncidentThatEndsWhenTheyAreHeardAgain() {
        fleet.silent = host -> host.value().compareTo("h00003") < 0;
        fleet.at(0).sees();
        fleet.at(2_000).sees();
        fleet.silent = host -> false;
        fleet.at(5_000).sees();
        fleet.at(10_000).sees();

        assertThat(fleet.story).containsExactly("0 OPENED", "2000 CONFIRMED", "5000 RESOLVING", "10000 RESOLVED");
        assertThat(fleet.only().title()).isEqualTo("3 hosts do not report: host h00000, host h00001, host h00002");
        assertThat(fleet.only().first().component()).isEqualTo(component(HOST, "h00000"));
    }

    @Test
    void theSameCauseAgainLaterIsAnotherIncidentOfAnotherId() {
        for (var time : List.of(0, 900_000)) {
            fleet.at(time).sees(SWITCH_A12);
            fleet.at(time + 1_000).sees();
            fleet.at(time + 6_000).sees();
        }

        assertThat(fleet.incidents.all())
                .extracting(Incident::id)
                .containsExactly(
                        "20260301-101500-%08x".formatted("switch A/12".hashCode()),
                        "20260301-100000-%08x".formatted("switch A/12".hashCode()));
    }

    @Test
    void resolvedIncidentsAreForgottenAfterAWhile() {
        fleet.at(0).sees(SWITCH_A12);
        fleet.at(1_000).sees();
        fleet.at(6_000).sees();
        fleet.at(6_000 + Duration.ofHours(24).toMillis()).sees();

        assertThat(fleet.incidents.all()).isEmpty();
    }

    @Test
    void aLossyComponentIsNotTakenForARecoveringOne() {
        var random = new Random(11);
        for (var step = 0; step < 40; step++) {
            fleet.at(250L * step).seesFailed(row -> row.crosses(SWITCH_A12) && random.nextDouble() < 0.4);
        }
        assertThat(fleet.only().phase()).isEqualTo(Phase.CONFIRMED);
        assertThat(fleet.only().title()).matches("switch 12 of fabric A loses about \\d\\d % of its traffic");

        fleet.at(11_000).sees();
        fleet.at(16_000).sees();

        assertThat(fleet.only().phase()).isEqualTo(Phase.RESOLVED);
        assertThat(fleet.kinds).containsOnly(OPENED, GREW, CONFIRMED, RESOLVING, RESOLVED);
    }

    @Test
    void aSecondFaultWhileAnotherRecoversIsAnIncidentOfItsOwn() {
        fleet.at(0).sees(SWITCH_A12);
        fleet.at(2_000).sees(SWITCH_A12);
        fleet.at(3_000).sees();
        fleet.at(5_000).sees(PORT_OF_H2);
        fleet.at(7_000).sees(PORT_OF_H2);

        assertThat(fleet.incidents.open())
                .extracting(one -> one.first().component())
                .contains(PORT_OF_H2);
    }

    @Test
    void aSuspicionIsToldAsOne() {
        var rows = new ArrayList<Observation>();
        for (var target = 0; target < 4; target++) {
            for (var port = 0; port < 3; port++) {
                var state = target == 0 ? NexusState.DOWN : NexusState.UP;
                rows.add(new Observation(
                        new HostId("h1"),
                        new Nexus("i" + port, "t" + target),
                        List.of(),
                        state,
                        4,
                        state == NexusState.DOWN ? 4 : 0,
                        SanPlan.START,
                        Duration.ZERO));
            }
        }
        var verdict = Diagnosis.of(rows, DiagnosisSettings.DEFAULTS);
        var settings = IncidentSettings.DEFAULTS;

        var waiting = Incidents.next(Incidents.NONE, verdict, Identities.NONE, SanPlan.START, settings);
        var step =
                Incidents.next(waiting.incidents(), verdict, Identities.NONE, SanPlan.START.plusSeconds(2), settings);

        assertThat(waiting.changes()).isEmpty();
        var incident = step.incidents().open().getFirst();
        assertThat(incident.isNamed()).isFalse();
        assertThat(incident.title()).startsWith("suspects: target port t0");
        assertThat(incident.words()).contains("Not certain: seen from one host only.");
    }

    @Test
    void anIncidentEndsWhenItsNexusesWereUnzonedAndTheirHostsStillReport() {
        fleet.at(0).sees();
        fleet.at(100).sees(SWITCH_A12);
        fleet.at(9_000).sees(SWITCH_A12);

        fleet.gone = row -> row.crosses(SWITCH_A12);
        fleet.at(10_000).sees();
        fleet.at(16_000).sees();

        assertThat(fleet.only().phase()).isEqualTo(Phase.RESOLVED);
    }

    @Test
    void aTimelineKeepsItsBeginningAndWhatHappenedLast() {
        for (var second = 0; second < 200; second++) {
            fleet.at(second * 1_000L).seesFailed(second % 2 == 0 ? crossing(SWITCH_A12) : row -> false);
        }

        var timeline = fleet.only().timeline();
        assertThat(timeline).hasSize(120);
        assertThat(timeline.getFirst().what()).isEqualTo(OPENED);
        assertThat(timeline.getLast().at()).isEqualTo(SanPlan.START.plusSeconds(199));
    }

    private static Predicate<SanPlan.Row> crossing(Component component) {
        return row -> row.crosses(component);
    }

    private static int number(SanPlan.Row row) {
        return Integer.parseInt(row.host().value().substring(1));
    }

    /** A fleet under a script: what it sees at which millisecond, and what became of the incidents. */
    private static final class Fleet {

        private Incidents incidents = Incidents.NONE;
        private Names names = Names.NONE;
        private double decisiveGap = IncidentSettings.DEFAULTS.decisiveGap();
        private Predicate<HostId> silent = host -> false;
        private Predicate<SanPlan.Row> admin = row -> false;
        private Predicate<SanPlan.Row> gone = row -> false;
        private final List<String> story = new ArrayList<>();
        private final List<Change.Kind> kinds = new ArrayList<>();
        private final Map<Nexus, Instant> failedSince = new HashMap<>();
        private long millis;

        Fleet at(long newMillis) {
            millis = newMillis;
            return this;
        }

        void settings(double gap) {
            decisiveGap = gap;
        }

        void sees(Component... broken) {
            seesFailed(row -> List.of(broken).stream().anyMatch(row::crosses));
        }

        void seesFailed(Predicate<SanPlan.Row> isDown) {
            var now = SanPlan.START.plusMillis(millis);
            var rows = SAN.rows().stream()
                    .filter(gone.negate())
                    .map(row -> observed(row, isDown.test(row), now))
                    .toList();
            var defaults = IncidentSettings.DEFAULTS;
            var settings = new IncidentSettings(
                    defaults.settle(),
                    defaults.quiet(),
                    defaults.patience(),
                    decisiveGap,
                    defaults.singleHostDelay(),
                    defaults.sameCause(),
                    defaults.backShare(),
                    defaults.hold(),
                    defaults.reopen(),
                    defaults.remember(),
                    names);
            var step = Incidents.next(
                    incidents, Diagnosis.of(rows, DiagnosisSettings.DEFAULTS), Identities.NONE, now, settings);
            incidents = step.incidents();
            for (var change : step.changes()) {
                story.add(millis + " " + change.kind());
                kinds.add(change.kind());
            }
        }

        private Observation observed(SanPlan.Row row, boolean isDown, Instant now) {
            if (isDown) {
                failedSince.putIfAbsent(row.nexus(), now);
            } else {
                failedSince.remove(row.nexus());
            }
            var state = isDown ? NexusState.DOWN : admin.test(row) ? NexusState.ADMIN : NexusState.UP;
            return new Observation(
                    row.host(),
                    row.nexus(),
                    row.components(),
                    state,
                    4,
                    isDown ? 4 : 0,
                    failedSince.getOrDefault(row.nexus(), SanPlan.START),
                    silent.test(row.host()) ? Duration.ofSeconds(7) : Duration.ZERO);
        }

        Incident ofCause(Component cause) {
            return incidents.all().stream()
                    .filter(incident -> incident.first().component().equals(cause))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(cause + " in " + incidents.all()));
        }

        Incident only() {
            assertThat(incidents.all()).hasSize(1);
            return incidents.all().getFirst();
        }
    }
}
