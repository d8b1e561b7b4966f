package org.lunwarden.node.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Hctl;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Transport;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.dm.MultipathStatus.GroupState;
import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.HostReport;
import org.lunwarden.model.fleet.NexusRow;
import org.lunwarden.model.fleet.NexusState;
import org.lunwarden.model.fleet.PathCounts;
import org.lunwarden.model.map.GroupingFacts;
import org.lunwarden.model.map.HardwareHandler;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.Priority;
import org.lunwarden.model.map.UnitProof;
import org.lunwarden.node.topology.NexusFacts;

class ReportLedgerTest {

    private static final Nexus A = new Nexus("10000000c9a00001", "50060160bb600001");
    private static final Nexus B = new Nexus("10000000c9a00002", "50060160bb600002");
    private static final Duration LOST_AFTER = Duration.ofHours(1);

    private final ReportLedger ledger =
            new ReportLedger(new HostId("db7"), new DaemonRun("boot", "run"), "0.1.0", LOST_AFTER);

    @Test
    void pathsAreAddedUpByNexus() {
        ledger.pathIs(path(1, A, PathState.UP));
        ledger.pathIs(path(2, A, PathState.DOWN));
        ledger.pathIs(path(3, B, PathState.GHOST));
        ledger.pathIs(path(4, B, PathState.DELAYED));
        ledger.pathIs(path(5, B, PathState.UNCHECKED));

        var report = next(1);

        assertThat(report.nexuses()).extracting(NexusRow::nexus).containsExactly(A, B);
        assertThat(report.nexuses())
                .extracting(NexusRow::paths)
                .containsExactly(new PathCounts(2, 1, 1, 0, 0, 0), new PathCounts(3, 1, 0, 1, 0, 1));
    }

    @Test
    void aMapIsToldWithItsSettingsAndWhatItsOwnUnitCallsItself() {
        ledger.pathIs(withSerial(1, A, UnitProof.PROVEN, "S1"));
        ledger.pathIs(withSerial(2, B, UnitProof.ANOTHER, "S2"));
        ledger.mapIs(map(50, PathState.UP, 10, PathState.UP, 1));
        ledger.settingsAre(new Wwid("3600a098000000001"), Map.of("failback", "manual"));

        var report = next(1);

        assertThat(report.maps().getFirst().serials()).containsExactly("S1");
        assertThat(report.maps().getFirst().settings()).containsExactly(Map.entry("failback", "manual"));
        ledger.settingsAre(new Wwid("3600a098000000001"), Map.of("failback", "immediate"));
        assertThat(next(2).maps().getFirst().settings()).containsValue("immediate");
        ledger.onlyThese(Set.of(), Set.of(), Duration.ofSeconds(3));
        ledger.mapIs(map(50, PathState.UP, 10, PathState.UP, 1));
        assertThat(next(4).maps().getFirst().settings()).isEmpty();
    }

    @Test
    void revisionsCountUpAndNothingNewIsNotTold() {
        ledger.pathIs(path(1, A, PathState.UP));

        assertThat(next(1).revision()).isEqualTo(1);
        assertThat(ledger.next(Duration.ofSeconds(2))).isEmpty();
        ledger.pathIs(path(1, A, PathState.DOWN));
        assertThat(next(3).revision()).isEqualTo(2);
    }

    @Test
    void theTimeOfChangeIsThatOfTheNexusState() {
        ledger.pathIs(path(1, A, PathState.UP));
        ledger.pathIs(path(2, A, PathState.UP));
        next(1);

        ledger.pathIs(path(1, A, PathState.DOWN));
        assertThat(next(5).nexuses().getFirst().uptimeOfChange()).isEqualTo(Duration.ofSeconds(5));
        ledger.pathIs(path(3, A, PathState.DOWN));
        assertThat(next(9).nexuses().getFirst().uptimeOfChange()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aPendingCheckLeavesThePathCountedAsItWas() {
        ledger.pathIs(path(1, A, PathState.DOWN));
        ledger.pathIs(path(1, A, PathState.PENDING));

        assertThat(next(1).nexuses().getFirst().state()).isEqualTo(NexusState.DOWN);
    }

    /** What a pending path that was up says of its proof, how it counts. */
    static Stream<Arguments> pending() {
        return Stream.of(
                arguments(UnitProof.OPEN, NexusState.UP),
                arguments(UnitProof.PROVEN, NexusState.UP),
                arguments(UnitProof.UNPROVEN, NexusState.UNKNOWN),
                arguments(UnitProof.OVERDUE, NexusState.UNKNOWN),
                arguments(UnitProof.ANOTHER, NexusState.DOWN));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("pending")
    void aPathThatIsKeptOutDoesNotCountAsUp(UnitProof unit, NexusState counted) {
        ledger.pathIs(path(1, A, PathState.UP));
        ledger.pathIs(path(1, A, PathState.PENDING, unit));

        assertThat(next(1).nexuses().getFirst().state()).isEqualTo(counted);
    }

    @Test
    void aFailedPathThatTheKernelDeletesStillCountsUntilItIsBack() {
        ledger.pathIs(path(1, A, PathState.DOWN));
        next(1);
        ledger.pathGone(new DevT(8, 1), Duration.ofSeconds(2));

        assertThat(ledger.next(Duration.ofSeconds(2))).isEmpty();
        ledger.pathIs(path(1, A, PathState.UP));
        assertThat(next(3).nexuses().getFirst().paths()).isEqualTo(new PathCounts(1, 1, 0, 0, 0, 0));
    }

    @Test
    void aFailedPathThatNeverReturnsIsForgottenInTheEnd() {
        ledger.pathIs(path(1, A, PathState.DOWN));
        next(1);
        ledger.pathGone(new DevT(8, 1), Duration.ofSeconds(2));

        assertThat(next(3 + LOST_AFTER.toSeconds()).nexuses()).isEmpty();
    }

    @Test
    void aGoodPathThatIsRemovedIsForgottenAtOnce() {
        ledger.pathIs(path(1, A, PathState.UP));
        next(1);
        ledger.pathGone(new DevT(8, 1), Duration.ofSeconds(2));

        assertThat(next(2).nexuses()).isEmpty();
    }

    @Test
    void anOperatorsWordIsNoFault() {
        var failed = path(1, A, PathState.DOWN);
        ledger.pathIs(new PathReport(
                failed.wwid(),
                failed.name(),
                failed.device(),
                failed.hctl(),
                A,
                failed.state(),
                failed.unit(),
                failed.priority(),
                false,
                "running",
                true,
                false,
                2048,
                "V",
                "P",
                failed.handler(),
                failed.grouping()));

        assertThat(next(1).nexuses().getFirst().state()).isEqualTo(NexusState.ADMIN);
    }

    @Test
    void componentsStandInTheRowAsTheyWereWhenTheNexusWasUp() {
        var component = new Component(ComponentClass.SWITCH, "100000051e35a1b2/11");
        ledger.nexusIs(new NexusFacts(A, Transport.FC, List.of(component), true));
        ledger.nexusIs(new NexusFacts(A, Transport.FC, List.of(), false));
        ledger.pathIs(path(1, A, PathState.DOWN));

        var row = next(1).nexuses().getFirst();

        assertThat(row.components()).containsExactly(component);
        assertThat(row.transport()).isEqualTo(Transport.FC);
    }

    @Test
    void thePreferredNexusesAreThoseOfTheTimeWhenAllPathsWereWell() {
        ledger.mapIs(map(50, PathState.UP, 10, PathState.UP, 1));
        assertThat(next(1).maps().getFirst().preferred()).containsExactly(A);

        ledger.mapIs(map(0, PathState.DOWN, 10, PathState.UP, 2));
        var summary = next(2).maps().getFirst();

        assertThat(summary.preferred()).containsExactly(A);
        assertThat(summary.bestGroup()).isEqualTo(2);
        assertThat(summary.usablePaths()).isEqualTo(1);
    }

    @Test
    void ofGroupsOfOnePriorityThatWithTheMostPathsIsPreferred() {
        var thin = group(1, 10, A, PathState.UP);
        var more = Stream.concat(
                group(2, 10, B, PathState.UP).paths().stream(), group(3, 10, B, PathState.UP).paths().stream());
        var plain = map(10, PathState.UP, 10, PathState.UP, 2);
        ledger.mapIs(withGroups(
                plain, List.of(thin, new MapTopology.Group("service-time 0", 10, GroupState.ENABLED, more.toList()))));

        assertThat(next(1).maps().getFirst().preferred()).containsExactly(B);
    }

    @Test
    void aMapWithoutAUsablePathHasNoBestGroup() {
        ledger.mapIs(map(0, PathState.DOWN, 0, PathState.DOWN, 1));

        assertThat(next(1).maps().getFirst().bestGroup()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void thePartsOfARowAlwaysAddUp(long seed) {
        var random = new Random(seed);
        var states = PathState.values();
        for (var step = 0; step < 2000; step++) {
            var number = random.nextInt(12);
            if (random.nextInt(5) == 0) {
                ledger.pathGone(new DevT(8, number), Duration.ofSeconds(step));
            } else {
                ledger.pathIs(path(number, number % 2 == 0 ? A : B, states[random.nextInt(states.length)]));
            }
            ledger.next(Duration.ofSeconds(step))
                    .ifPresent(report -> assertThat(report.nexuses())
                            .as("seed %d", seed)
                            .allSatisfy(row -> {
                                var paths = row.paths();
                                assertThat(paths.up()
                                                + paths.failed()
                                                + paths.marginal()
                                                + paths.admin()
                                                + paths.unknown())
                                        .isEqualTo(paths.total());
                                assertThat(paths.total()).isPositive().isLessThanOrEqualTo(6);
                            }));
        }
    }

    private HostReport next(long seconds) {
        return ledger.next(Duration.ofSeconds(seconds)).orElseThrow();
    }

    private static PathReport path(int number, Nexus nexus, PathState state) {
        return path(number, nexus, state, UnitProof.PROVEN);
    }

    private static PathReport path(int number, Nexus nexus, PathState state, UnitProof unit) {
        return path(number, new Wwid("3600a09800000000" + number), nexus, state, unit, GroupingFacts.NONE);
    }

    /** A path of the map. */
    private static PathReport withSerial(int number, Nexus nexus, UnitProof unit, String serial) {
        var told = new GroupingFacts(serial, "", 1, false);
        return path(number, new Wwid("3600a098000000001"), nexus, PathState.UP, unit, told);
    }

    private static PathReport path(
            int number, Wwid wwid, Nexus nexus, PathState state, UnitProof unit, GroupingFacts grouping) {
        return new PathReport(
                wwid,
                new DeviceName("sd" + (char) ('b' + number)),
                new DevT(8, number),
                new Hctl(2, 0, 0, number),
                nexus,
                state,
                unit,
                Priority.UNDEFINED,
                false,
                "running",
                false,
                false,
                2048,
                "V",
                "P",
                HardwareHandler.NONE,
                grouping);
    }

    private static MapTopology map(int prioA, PathState stateA, int prioB, PathState stateB, int best) {
        return new MapTopology(
                new Wwid("3600a098000000001"),
                "3600a098000000001",
                new DeviceName("dm-0"),
                "V",
                "P",
                2048,
                false,
                List.of(),
                List.of(),
                best,
                best,
                false,
                List.of(group(1, prioA, A, stateA), group(2, prioB, B, stateB)));
    }

    private static MapTopology withGroups(MapTopology map, List<MapTopology.Group> groups) {
        return new MapTopology(
                map.wwid(),
                map.name(),
                map.device(),
                map.vendor(),
                map.product(),
                map.sizeSectors(),
                map.readOnly(),
                map.features(),
                map.hardwareHandler(),
                map.bestGroup(),
                map.nextGroup(),
                map.queueing(),
                groups);
    }

    private static MapTopology.Group group(int number, int prio, Nexus nexus, PathState state) {
        return new MapTopology.Group(
                "service-time 0",
                prio,
                GroupState.ENABLED,
                List.of(new MapTopology.Path(
                        new Hctl(2, 0, number, 0),
                        new DeviceName("sd" + (char) ('a' + number)),
                        new DevT(8, number),
                        nexus,
                        Optional.of(true),
                        state,
                        "running",
                        prio)));
    }
}
