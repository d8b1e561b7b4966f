package org.lunwarden.fleet.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.lunwarden.fleet.diagnosis.DiagnosisSettings.DEFAULTS;
import static org.lunwarden.fleet.diagnosis.SanPlan.component;
import static org.lunwarden.fleet.diagnosis.SanPlan.named;
import static org.lunwarden.model.ComponentClass.ARRAY;
import static org.lunwarden.model.ComponentClass.CONTROLLER;
import static org.lunwarden.model.ComponentClass.FABRIC;
import static org.lunwarden.model.ComponentClass.HBA_FIRMWARE;
import static org.lunwarden.model.ComponentClass.HBA_PORT;
import static org.lunwarden.model.ComponentClass.HOST;
import static org.lunwarden.model.ComponentClass.ISL;
import static org.lunwarden.model.ComponentClass.SUBNET;
import static org.lunwarden.model.ComponentClass.SWITCH;
import static org.lunwarden.model.ComponentClass.TARGET_PORT;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.model.Component;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.NexusState;

class DiagnosisTest {

    private static final SanPlan SAN = SanPlan.coreEdge(48, 4, 4, 2);
    private static final Component SWITCH_A12 = component(SWITCH, "A/12");

    @Test
    void aFleetThatIsWellHasNoFinding() {
        var verdict = Diagnosis.of(SAN.failing(), DEFAULTS);

        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.unexplained()).isEmpty();
        assertThat(verdict.notObservable()).isEmpty();
    }

    static Stream<Component> oneOfEachClass() {
        return Stream.of(
                component(HOST, "h00007"),
                component(HBA_PORT, "10a%012x".formatted(9)),
                component(HBA_FIRMWARE, "lpfc/14.2"),
                SWITCH_A12,
                component(SWITCH, "B/2"),
                component(ISL, "A/1-12"),
                component(TARGET_PORT, "50a0000000210"),
                component(CONTROLLER, "arr2/1"),
                component(ARRAY, "arr3"),
                component(FABRIC, "B"));
    }

    @ParameterizedTest
    @MethodSource("oneOfEachClass")
    void aHardFaultOfAnyClassIsNamedAndNothingElse(Component fault) {
        var verdict = Diagnosis.of(SAN.failing(fault), DEFAULTS);

        assertThat(named(verdict)).containsExactly(fault);
        assertThat(verdict.findings()).hasSize(1);
        assertThat(verdict.unexplained()).isEmpty();
    }

    @Test
    void everySingleFaultOfTheSanIsNamedExactly() {
        for (var fault : SAN.components()) {
            assertThat(named(Diagnosis.of(SAN.failing(fault), DEFAULTS)))
                    .as("%s", fault)
                    .containsExactly(fault);
        }
    }

    static Stream<SanPlan> smallSans() {
        return Stream.of(
                SanPlan.coreEdge(3, 1, 1, 1),
                SanPlan.coreEdge(4, 2, 1, 1),
                SanPlan.coreEdge(12, 2, 2, 2),
                SanPlan.coreEdge(12, 3, 2, 1));
    }

    @ParameterizedTest
    @MethodSource("smallSans")
    void inASmallSanTheCauseIsOneOfThoseThatNoDataTellApart(SanPlan san) {
        for (var fault : san.components()) {
            var findings = Diagnosis.of(san.failing(fault), DEFAULTS).findings();

            assertThat(findings).as("%s", fault).hasSize(1);
            var first = findings.getFirst().first();
            assertThat(first.components()).as("%s", fault).contains(fault);
            assertThat(first.evidence().contradicting()).as("%s", fault).isZero();
        }
    }

    @Test
    void theEvidenceCountsWhatCrossesTheCauseAndWhatDoesNot() {
        var verdict = Diagnosis.of(SAN.failing(SWITCH_A12), DEFAULTS);

        var finding = verdict.findings().getFirst();
        assertThat(finding.first().evidence()).isEqualTo(new Evidence(96, 96, 0, 12, 0, 672, 0));
        assertThat(finding.hosts()).isEqualTo(12);
        assertThat(finding.members()).hasSize(96).isSorted();
        assertThat(finding.onset()).isEqualTo(SanPlan.START);
        assertThat(finding.first().fraction()).isGreaterThan(0.99);
        assertThat(finding.first().confidence()).isGreaterThan(0.99);
        assertThat(finding.gap()).isGreaterThan(10);
    }

    static Stream<Arguments> twoFaults() {
        return Stream.of(
                arguments(SWITCH_A12, component(SWITCH, "B/11")),
                arguments(SWITCH_A12, component(SWITCH, "A/11")),
                arguments(component(ARRAY, "arr1"), component(SWITCH, "B/11")),
                arguments(component(FABRIC, "A"), component(TARGET_PORT, "50b0000000210")),
                arguments(component(HOST, "h00003"), component(HOST, "h00004")),
                arguments(component(CONTROLLER, "arr0/0"), component(CONTROLLER, "arr1/0")),
                arguments(component(ISL, "A/1-12"), component(TARGET_PORT, "50b0000000210")));
    }

    @ParameterizedTest
    @MethodSource("twoFaults")
    void twoFaultsAtOnceAreTwoFindings(Component one, Component other) {
        var verdict = Diagnosis.of(SAN.failing(one, other), DEFAULTS);

        assertThat(named(verdict)).containsExactlyInAnyOrder(one, other);
        assertThat(verdict.unexplained()).isEmpty();
    }

    @Test
    void whereAnotherFaultHidesTheDifferenceOneIsNamed() {
        var host = component(HOST, "h00003");

        var verdict = Diagnosis.of(SAN.failing(component(FABRIC, "A"), host), DEFAULTS);

        assertThat(named(verdict)).containsExactly(component(FABRIC, "A"), host);
        assertThat(verdict.findings()).hasSize(2);
        assertThat(verdict.findings().getLast().suspects())
                .extracting(Suspect::component)
                .containsExactly(host);
        var port = component(HBA_PORT, "10b%012x".formatted(3));
        assertThat(verdict.findings().getLast().first().hidden()).contains(port).doesNotContain(host);
        assertThat(verdict.findings().getLast().first().components()).containsExactly(host);
        assertThat(verdict.notObservable())
                .anySatisfy(note -> assertThat(note)
                        .startsWith(host + " cannot be told from ")
                        .contains(port.toString())
                        .endsWith("that another cause took down"));
        assertThat(verdict.unexplained()).isEmpty();
    }

    @Test
    void aComponentThatLosesAThirdOfItsTrafficIsNamedWithItsFraction() {
        var random = new Random(20260301);
        var rows = SAN.failing(Map.of(SWITCH_A12, 0.35), random);

        var verdict = Diagnosis.of(rows, DEFAULTS);

        assertThat(named(verdict)).containsExactly(SWITCH_A12);
        assertThat(verdict.findings().getFirst().first().fraction()).isBetween(0.2, 0.5);
        assertThat(verdict.findings().getFirst().first().evidence().contradicting())
                .isPositive();
    }

    @Test
    void nexusesThatFailInPartPointToTheirCauseAndLeaveOpenWhetherLunsAreTheCause() {
        var port = component(TARGET_PORT, "50a0000000210");
        var rows = SAN.rows().stream()
                .map(row -> SanPlan.observation(row, row.crosses(port) ? NexusState.PARTIAL : NexusState.UP))
                .toList();

        var verdict = Diagnosis.of(rows, DEFAULTS);

        assertThat(named(verdict)).containsExactly(port);
        assertThat(verdict.findings().getFirst().first().fraction()).isBetween(0.25, 0.4);
        assertThat(verdict.notObservable()).anyMatch(note -> note.contains("single LUNs"));
    }

    @Test
    void oneLostNexusIsUnexplainedAndNotAFinding() {
        var lost = SAN.rows().get(100);

        var verdict = Diagnosis.of(SAN.observed(row -> row.equals(lost)), DEFAULTS);

        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.unexplained()).containsExactly(new Member(lost.host(), lost.nexus()));
    }

    @Test
    void theOnsetIsThatOfTheBurstAndNotOfAnOlderFaultBehindTheSameCause() {
        var rows = SAN.failing(SWITCH_A12).stream()
                .map(row -> new Observation(
                        row.host(),
                        row.nexus(),
                        row.components(),
                        row.state(),
                        row.paths(),
                        row.failed(),
                        row.host().value().equals("h00002")
                                ? SanPlan.START.minusSeconds(3600)
                                : SanPlan.START.plusMillis(row.nexus().hashCode() & 0xfff),
                        row.age()))
                .toList();

        var onset = Diagnosis.of(rows, DEFAULTS).findings().getFirst().onset();

        assertThat(onset).isBetween(SanPlan.START, SanPlan.START.plusSeconds(5));
    }

    @Test
    void unknownAndAdminRowsCountNeitherWay() {
        var rows = new ArrayList<Observation>();
        for (var row : SAN.failing(SWITCH_A12)) {
            var host = Integer.parseInt(row.host().value().substring(1));
            rows.add(
                    host % 8 == 2
                            ? SanPlan.with(row, NexusState.UNKNOWN)
                            : host % 8 == 3 ? SanPlan.with(row, NexusState.ADMIN) : row);
        }

        var verdict = Diagnosis.of(rows, DEFAULTS);

        assertThat(named(verdict)).containsExactly(SWITCH_A12);
        var evidence = verdict.findings().getFirst().first().evidence();
        assertThat(evidence.through()).isEqualTo(48);
        assertThat(evidence.neutral()).isEqualTo(48);
        assertThat(evidence.contradicting()).isZero();
        assertThat(verdict.notObservable()).hasSize(2);
    }

    @Test
    void aSilentHostIsNeitherFineNorFailed() {
        var silent = new HostId("h00002");
        var rows = SAN.failing(SWITCH_A12).stream()
                .map(row -> row.host().equals(silent) ? SanPlan.aged(row, Duration.ofSeconds(7)) : row)
                .toList();

        var verdict = Diagnosis.of(rows, DEFAULTS);

        assertThat(named(verdict)).containsExactly(SWITCH_A12);
        assertThat(verdict.findings().getFirst().members())
                .noneMatch(member -> member.host().equals(silent));
        var silence = verdict.findings().getLast();
        assertThat(silence.kind()).isEqualTo(Finding.Kind.SILENCE);
        assertThat(silence.first().component()).isEqualTo(component(HOST, "h00002"));
        assertThat(silence.members()).hasSize(16);
        assertThat(verdict.state(silence.members().getFirst())).isEqualTo(NexusState.UNKNOWN);
    }

    @Test
    void manySilentHostsAreOneFinding() {
        var rows = SAN.failing().stream()
                .map(row -> SanPlan.aged(row, Duration.ofSeconds(60)))
                .toList();

        var verdict = Diagnosis.of(rows, DEFAULTS);

        assertThat(verdict.findings()).hasSize(1);
        assertThat(verdict.findings().getFirst().hosts()).isEqualTo(48);
    }

    @Test
    void aTargetPortThatOnlyOneHostUsesIsSuspectedAndNotNamed() {
        var host = "h1";
        var rows = new ArrayList<Observation>();
        for (var port = 0; port < 2; port++) {
            for (var target = 0; target < 3; target++) {
                rows.add(plain(host, "i" + port, "t" + target, target == 0, component(CONTROLLER, "arr/" + target)));
            }
        }
        rows.add(plain("h2", "i9", "t1", false, component(CONTROLLER, "arr/1")));

        var verdict = Diagnosis.of(rows, DEFAULTS);

        assertThat(named(verdict)).isEmpty();
        assertThat(verdict.findings()).hasSize(1);
        assertThat(verdict.findings().getFirst().doubt()).isEqualTo("seen from one host only");
        assertThat(verdict.findings().getFirst().first().components())
                .containsExactlyInAnyOrder(component(TARGET_PORT, "t0"), component(CONTROLLER, "arr/0"));
        assertThat(verdict.findings().getFirst().first().confidence()).isLessThanOrEqualTo(0.5);
    }

    static Stream<Arguments> fleetSizes() {
        return Stream.of(arguments(1, false), arguments(2, true), arguments(3, true));
    }

    @ParameterizedTest
    @MethodSource("fleetSizes")
    void aSwitchIsNamedFromThreeHostsOrFromAllTwoThatThereAre(int hosts, boolean named) {
        var rows = new ArrayList<Observation>();
        for (var host = 0; host < hosts; host++) {
            for (var fabric : List.of("A", "B")) {
                for (var target = 0; target < 4; target++) {
                    var edge = component(SWITCH, fabric + "/" + 0);
                    var port = fabric + target;
                    rows.add(plain("h" + host, "i" + host + fabric + target, port, fabric.equals("A"), edge));
                }
            }
        }

        var verdict = Diagnosis.of(rows, DEFAULTS);

        assertThat(named(verdict).contains(component(SWITCH, "A/0"))).isEqualTo(named);
        if (!named) {
            assertThat(verdict.findings()).allMatch(finding -> !finding.isNamed());
        }
    }

    @Test
    void componentsThatTheSameNexusesCrossAreSaidToBeAlike() {
        var rows = new ArrayList<Observation>();
        for (var host = 0; host < 3; host++) {
            for (var net = 1; net <= 2; net++) {
                var subnet = component(SUBNET, "10.0." + net + ".0/24");
                rows.add(plain("h" + host, "i" + host + "," + net, "10.0." + net + ".9:3260", net == 1, subnet));
            }
        }

        var verdict = Diagnosis.of(rows, DEFAULTS);

        var suspect = verdict.findings().getFirst().first();
        assertThat(verdict.findings()).hasSize(1);
        assertThat(verdict.findings().getFirst().isNamed()).isTrue();
        assertThat(suspect.components())
                .containsExactly(component(TARGET_PORT, "10.0.1.9:3260"), component(SUBNET, "10.0.1.0/24"));
        assertThat(verdict.notObservable()).anyMatch(note -> note.contains("cannot be told from"));
    }

    @Test
    void aPortThatEveryHostNumbersForItselfIsNotSharedByHosts() {
        var rows = new ArrayList<Observation>();
        for (var host = 0; host < 4; host++) {
            for (var port = 0; port < 2; port++) {
                for (var target = 0; target < 4; target++) {
                    rows.add(plain("h" + host, "scsi-host-" + port, "t" + port + target, host == 1 && port == 0));
                }
            }
        }

        var verdict = Diagnosis.of(rows, DEFAULTS);

        assertThat(named(verdict)).containsExactly(component(HBA_PORT, "h1/scsi-host-0"));
    }

    @Test
    void rightAfterAFailureTheSharedComponentIsWorthChecking() {
        var rows = SAN.observed(row -> row.crosses(SWITCH_A12)
                && (row.host().value().equals("h00002") || row.host().value().equals("h00006")));

        var verdict = Diagnosis.of(rows, DEFAULTS);

        assertThat(verdict.worthChecking()).startsWith(SWITCH_A12);
        assertThat(Diagnosis.of(SAN.failing(SWITCH_A12), DEFAULTS).worthChecking())
                .isEmpty();
    }

    @Test
    void theVerdictDoesNotDependOnTheOrderOfRows() {
        var rows = new ArrayList<>(SAN.failing(Map.of(SWITCH_A12, 0.4, component(ARRAY, "arr1"), 1.0), new Random(7)));
        var expected = Diagnosis.of(rows, DEFAULTS);

        for (var seed = 0; seed < 5; seed++) {
            Collections.shuffle(rows, new Random(seed));
            assertThat(Diagnosis.of(rows, DEFAULTS)).isEqualTo(expected);
        }
        assertThat(expected.findings()).hasSize(2);
    }

    @Test
    void ofTwoObservationsOfOneNexusTheFreshestCounts() {
        var rows = new ArrayList<>(SAN.failing());
        SAN.failing(SWITCH_A12).stream()
                .map(row -> SanPlan.aged(row, Duration.ofSeconds(3)))
                .forEach(rows::add);

        assertThat(Diagnosis.of(rows, DEFAULTS).findings()).isEmpty();
    }

    private static Observation plain(
            String host, String initiator, String target, boolean down, Component... components) {
        return new Observation(
                new HostId(host),
                new Nexus(initiator, target),
                List.of(components),
                down ? NexusState.DOWN : NexusState.UP,
                4,
                down ? 4 : 0,
                SanPlan.START,
                Duration.ZERO);
    }
}
