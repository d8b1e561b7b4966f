package org.lunwarden.fleet.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.fleet.Contact;
import org.lunwarden.fleet.diagnosis.Names;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusRow;
import org.lunwarden.model.fleet.PathCounts;

class AuditTest {

    private static final long SEEDS = 40;

    @Test
    void aFleetThatIsAsItShouldBeHasNoFindingAndLeavesNothingUnjudgedThatHasPeers() {
        for (var seed = 0L; seed < SEEDS; seed++) {
            var audit = audit(new PlannedFleet(seed));

            assertThat(audit.findings()).as("seed " + seed).isEmpty();
            assertThat(audit.unjudged().stream()
                            .filter(one ->
                                    one.kind().orElse(FindingKind.SIZE_DIFFERS) != FindingKind.TOO_MANY_INITIATORS))
                    .as("seed " + seed)
                    .isEmpty();
        }
    }

    /** What is found of what is planted on the host h2, besides nothing. */
    static Stream<Arguments> planted() {
        return Stream.of(
                plant(
                        "one port zoned to the other fabric",
                        fleet -> fleet.changeRows("h2", row -> in(row, ComponentClass.FABRIC, "A")),
                        FindingKind.FEW_FABRICS),
                plant(
                        "one controller only",
                        fleet -> fleet.keepOnly("h2", row -> !crosses(row, ComponentClass.CONTROLLER, "arr1/1")),
                        FindingKind.FEW_CONTROLLERS),
                plant(
                        "both fabrics through one port",
                        fleet -> fleet.changeRows("h2", row -> in(row, ComponentClass.HBA_PORT, "h2A")),
                        FindingKind.FEW_HBAS),
                plant(
                        "a path less",
                        fleet -> fleet.keepOnly(
                                "h2", row -> !row.nexus().targetPort().equals("arr1B1")),
                        FindingKind.FEWER_PATHS),
                plant(
                        "a path more",
                        fleet -> fleet.addRow("h2", PlannedFleet.row("h2", "h2C", "B", "arr1", 0, "arr1B0")),
                        FindingKind.EXTRA_PATHS),
                plant(
                        "a port cabled into the wrong fabric",
                        fleet -> fleet.changeRows(
                                "h2",
                                row -> row.nexus().targetPort().equals("arr1B1")
                                        ? in(row, ComponentClass.FABRIC, "A")
                                        : row),
                        FindingKind.ASYMMETRIC_PATHS),
                plant(
                        "another size",
                        fleet -> fleet.changeMaps("h2", AuditTest::isFirst, map -> sized(map, 4096)),
                        FindingKind.SIZE_DIFFERS),
                plant(
                        "another unit",
                        fleet -> fleet.changeMaps(
                                "h2", AuditTest::isFirst, map -> map.with(List.of("X"), map.settings())),
                        FindingKind.SERIAL_DIFFERS),
                plant(
                        "other settings of what it shares",
                        fleet -> fleet.changeMaps("h2", any -> true, map -> manual(map)),
                        FindingKind.SETTINGS_DIFFER),
                plant(
                        "another driver",
                        fleet -> fleet.changeRows(
                                "h2", row -> in(row, ComponentClass.HBA_FIRMWARE, "LPe32002/lpfc 12.8/14.2")),
                        FindingKind.DRIVER_OUTLIER),
                plant(
                        "another firmware",
                        fleet -> fleet.changeRows(
                                "h2", row -> in(row, ComponentClass.HBA_FIRMWARE, "LPe32002/lpfc 14.0/12.8")),
                        FindingKind.FIRMWARE_OUTLIER));
    }

    private static Arguments plant(String what, Consumer<PlannedFleet> planting, FindingKind kind) {
        return arguments(what, planting, kind);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("planted")
    void whatIsPlantedIsFoundOnceAndOnThatHost(String what, Consumer<PlannedFleet> planting, FindingKind kind) {
        for (var seed = 0L; seed < SEEDS; seed++) {
            var fleet = new PlannedFleet(seed);
            planting.accept(fleet);

            var findings = audit(fleet).findings();

            assertThat(findings).as("seed " + seed).extracting(Finding::kind).containsExactly(kind);
            assertThat(findings.getFirst().hosts()).as("seed " + seed).containsExactly(new HostId("h2"));
            assertThat(findings.getFirst().words()).contains("h2");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("planted")
    void theOrderOfTheHostsDoesNotMatter(String what, Consumer<PlannedFleet> planting, FindingKind kind) {
        var fleet = new PlannedFleet(3);
        planting.accept(fleet);
        var first = audit(fleet);

        for (var seed = 0L; seed < 10; seed++) {
            assertThat(Audit.of(fleet.snapshot(new Random(seed)), AuditSettings.DEFAULT, Names.NONE))
                    .isEqualTo(first);
        }
    }

    @Test
    void hostsWithoutACommonControllerAreToldTogether() {
        var fleet = new PlannedFleet(5);
        fleet.keepOnly("h1", row -> crosses(row, ComponentClass.CONTROLLER, "/0"));
        fleet.keepOnly("h2", row -> crosses(row, ComponentClass.CONTROLLER, "/1"));

        var disjoint = of(audit(fleet), FindingKind.DISJOINT_CONTROLLERS);

        assertThat(disjoint).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(finding.hosts()).contains(new HostId("h1"), new HostId("h2"));
            assertThat(finding.words()).contains("host h1", "host h2", "failback");
        });
    }

    @Test
    void aTargetPortWithManyMoreInitiatorsThanTheOthersOfItsArrayIsToldOnce() {
        var fleet = new PlannedFleet(4);
        fleet.addInitiators(40, "arr1A0");

        var busy = of(audit(fleet), FindingKind.TOO_MANY_INITIATORS);

        assertThat(busy).hasSize(1);
        assertThat(busy.getFirst().component()).contains(new Component(ComponentClass.TARGET_PORT, "arr1A0"));
        assertThat(busy.getFirst().found()).isEqualTo(String.valueOf(40 + fleet.hosts));
    }

    @Test
    void oneMapKeptOtherwiseThanAllOthersOfItsArrayIsAnOutlierThoughNobodySharesIt() {
        var fleet = new PlannedFleet(6);
        for (var host = 2; host <= fleet.hosts; host++) {
            fleet.changeMaps("h" + host, AuditTest::isFirst, map -> renamed(map, "own"));
        }
        fleet.changeMaps("h1", AuditTest::isFirst, AuditTest::manual);

        var findings = audit(fleet).findings();

        assertThat(findings).extracting(Finding::kind).containsExactly(FindingKind.SETTINGS_OUTLIER);
        assertThat(findings.getFirst().expected()).isEqualTo("failback immediate");
        assertThat(findings.getFirst().found()).isEqualTo("failback manual");
        assertThat(findings.getFirst().agreeing()).isGreaterThan(3);
    }

    @Test
    void aPathThatIsDownIsThereAndOneThatAnIncidentMayHaveTakenIsNotMissed() {
        var down = new PlannedFleet(7);
        down.changeRows("h2", row -> crosses(row, ComponentClass.FABRIC, "A") ? failed(row) : row);
        var taken = new PlannedFleet(7);
        taken.keepOnly("h2", row -> !crosses(row, ComponentClass.FABRIC, "A"));
        taken.incident("h2");

        assertThat(audit(down).findings()).isEmpty();
        assertThat(audit(taken).findings()).extracting(Finding::kind).doesNotContain(FindingKind.FEW_FABRICS);
        assertThat(audit(taken).unjudged()).anySatisfy(unjudged -> {
            assertThat(unjudged.kind()).contains(FindingKind.FEW_FABRICS);
            assertThat(unjudged.hosts()).containsExactly(new HostId("h2"));
            assertThat(unjudged.why()).contains("fails now");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"SILENT", "STOPPED", "EXPECTED"})
    void aHostThatDoesNotReportIsNeitherAmissNorFine(Contact contact) {
        var fleet = new PlannedFleet(8);
        fleet.keepOnly("h2", row -> !crosses(row, ComponentClass.FABRIC, "A"));
        fleet.isNow("h2", contact);

        var audit = audit(fleet);

        assertThat(audit.findings()).isEmpty();
        assertThat(audit.unjudged())
                .anySatisfy(unjudged -> assertThat(unjudged.hosts()).containsExactly(new HostId("h2")));
    }

    @Test
    void whatAHostDoesNotSeeIsNoFinding() {
        var fleet = new PlannedFleet(9);
        fleet.changeRows("h2", row -> without(row, ComponentClass.FABRIC));
        fleet.changeMaps("h3", any -> true, map -> map.with(List.of(), Map.of()));

        var audit = audit(fleet);

        assertThat(audit.findings()).isEmpty();
        assertThat(audit.unjudged())
                .extracting(unjudged -> unjudged.kind().orElseThrow())
                .contains(FindingKind.FEW_FABRICS, FindingKind.SERIAL_DIFFERS, FindingKind.SETTINGS_DIFFER);
    }

    @Test
    void withoutPeersNothingIsLearnedButWhatIsSetIsExpected() {
        var fleet = new PlannedFleet(10);
        for (var host = 1; host <= fleet.hosts; host += 2) {
            fleet.keepOnly("h" + host, row -> !row.nexus().targetPort().endsWith("1"));
        }
        var set = new AuditSettings(0, 0, 0, 3, 1, 3, 2.0 / 3);

        assertThat(of(audit(fleet), FindingKind.FEWER_PATHS)).isEmpty();
        assertThat(audit(fleet).unjudged())
                .anySatisfy(unjudged -> assertThat(unjudged.why()).startsWith("peers do not agree"));
        var judged = Audit.of(fleet.snapshot(), set, Names.NONE);
        assertThat(of(judged, FindingKind.TOO_MANY_INITIATORS)).isNotEmpty();
        assertThat(judged.findings())
                .filteredOn(finding ->
                        finding.kind() == FindingKind.FEWER_PATHS || finding.kind() == FindingKind.EXTRA_PATHS)
                .isNotEmpty()
                .allSatisfy(finding -> {
                    assertThat(finding.expected()).isEqualTo("3");
                    assertThat(finding.peers()).isZero();
                });
    }

    private static Audit audit(PlannedFleet fleet) {
        return Audit.of(fleet.snapshot(), AuditSettings.DEFAULT, Names.NONE);
    }

    private static List<Finding> of(Audit audit, FindingKind kind) {
        return audit.findings().stream()
                .filter(finding -> finding.kind() == kind)
                .toList();
    }

    private static boolean isFirst(MapSummary map) {
        return map.name().equals("data11");
    }

    private static MapSummary manual(MapSummary map) {
        return map.with(map.serials(), Map.of("failback", "manual", "no_path_retry", "queue"));
    }

    private static MapSummary sized(MapSummary map, long sectors) {
        return new MapSummary(
                        map.wwid(),
                        map.name(),
                        sectors,
                        map.paths(),
                        map.usablePaths(),
                        1,
                        1,
                        true,
                        map.preferred(),
                        map.nexuses())
                .with(map.serials(), map.settings());
    }

    private static MapSummary renamed(MapSummary map, String suffix) {
        return new MapSummary(
                        new Wwid(map.wwid().value() + suffix),
                        map.name(),
                        map.sizeSectors(),
                        map.paths(),
                        map.usablePaths(),
                        1,
                        1,
                        true,
                        map.preferred(),
                        map.nexuses())
                .with(map.serials(), map.settings());
    }

    private static boolean crosses(NexusRow row, ComponentClass kind, String end) {
        return row.components().stream()
                .anyMatch(
                        component -> component.kind() == kind && component.id().endsWith(end));
    }

    private static NexusRow in(NexusRow row, ComponentClass kind, String id) {
        return with(
                row,
                row.components().stream()
                        .map(component -> component.kind() == kind ? new Component(kind, id) : component)
                        .toList());
    }

    private static NexusRow without(NexusRow row, ComponentClass kind) {
        return with(
                row,
                row.components().stream()
                        .filter(component -> component.kind() != kind)
                        .toList());
    }

    private static NexusRow with(NexusRow row, List<Component> components) {
        return new NexusRow(row.nexus(), row.transport(), components, row.paths(), row.uptimeOfChange());
    }

    private static NexusRow failed(NexusRow row) {
        return new NexusRow(
                row.nexus(), row.transport(), row.components(), new PathCounts(8, 0, 8, 0, 0, 0), row.uptimeOfChange());
    }
}
