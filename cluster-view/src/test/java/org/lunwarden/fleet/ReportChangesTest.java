package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.lunwarden.fleet.wire.ReportChanges;
import org.lunwarden.fleet.wire.ToHost;
import org.lunwarden.fleet.wire.ToView.RowState;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Transport;
import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.HostReport;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusRow;
import org.lunwarden.model.fleet.PathCounts;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportChangesTest {

    private static final long SEED = 20260301;
    private static final DaemonRun RUN = new DaemonRun("boot", "run");

    private final ActorTestKit kit = ActorTestKit.create();
    private final ActorRef<ToHost> from = kit.<ToHost>createTestProbe().ref();

    @AfterAll
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void aReportWithTheDifferenceAppliedIsTheOtherReport() {
        var random = new Random(SEED);
        for (var round = 0; round < 2_000; round++) {
            var base = report(1 + random.nextInt(50), random);
            var next = report(base.revision() + 1 + random.nextInt(3), random);

            var delta = ReportChanges.between(base, next, from);

            assertThat(ReportChanges.apply(base, delta)).as("round " + round).contains(next);
        }
    }

    @Test
    void aChainOfDifferencesLeadsToTheLastReport() {
        var random = new Random(SEED + 1);
        var held = report(1, random);
        var last = held;
        for (var revision = 2; revision < 300; revision++) {
            var next = report(revision, random);
            held = ReportChanges.apply(held, ReportChanges.between(last, next, from))
                    .orElseThrow();
            last = next;
        }

        assertThat(held).isEqualTo(last);
    }

    @Test
    void whatOnlyChangesItsCountsTravelsWithoutItsComponents() {
        var random = new Random(SEED + 2);
        for (var round = 0; round < 300; round++) {
            var base = report(1, random);
            var rows = base.nexuses().stream()
                    .map(row -> new NexusRow(
                            row.nexus(), row.transport(), row.components(), counts(random), row.uptimeOfChange()))
                    .toList();
            var next = new HostReport(base.host(), RUN, 2, base.uptime(), base.version(), rows, base.maps());

            var delta = ReportChanges.between(base, next, from);

            assertThat(delta.rows()).isEmpty();
            assertThat(delta.maps()).isEmpty();
            assertThat(delta.rowStates().stream().map(RowState::nexus))
                    .isSubsetOf(rows.stream().map(NexusRow::nexus).toList());
        }
    }

    @Test
    void aDifferenceOfAnotherRevisionOrRunOrOfARowThatIsNotHeldIsRefused() {
        var random = new Random(SEED + 3);
        for (var round = 0; round < 300; round++) {
            var base = report(5, random);
            var delta = ReportChanges.between(base, report(6, random), from);
            var older = new HostReport(base.host(), RUN, 4, base.uptime(), base.version(), base.nexuses(), base.maps());
            var otherRun = new HostReport(
                    base.host(),
                    new DaemonRun("boot", "other"),
                    5,
                    base.uptime(),
                    base.version(),
                    base.nexuses(),
                    base.maps());
            var empty = new HostReport(base.host(), RUN, 5, base.uptime(), base.version(), List.of(), List.of());

            assertThat(ReportChanges.apply(older, delta)).isEmpty();
            assertThat(ReportChanges.apply(otherRun, delta)).isEmpty();
            assertThat(ReportChanges.apply(empty, delta).isEmpty())
                    .isEqualTo(
                            !delta.rowStates().isEmpty() || !delta.mapStates().isEmpty());
        }
    }

    private static HostReport report(long revision, Random random) {
        var rows = new ArrayList<NexusRow>();
        var maps = new ArrayList<MapSummary>();
        for (var port = 0; port < 6; port++) {
            if (random.nextInt(4) > 0) {
                rows.add(row(port, random));
            }
            if (random.nextInt(4) > 0) {
                maps.add(map(port, random));
            }
        }
        return new HostReport(
                new HostId("h1"), RUN, revision, Duration.ofMillis(random.nextInt(100_000)), "0.1.0", rows, maps);
    }

    private static NexusRow row(int port, Random random) {
        var components = random.nextBoolean()
                ? List.of(new Component(ComponentClass.SWITCH, "aa/" + random.nextInt(2)))
                : List.<Component>of();
        return new NexusRow(
                new Nexus("i1", "t" + port),
                random.nextInt(8) == 0 ? Transport.ISCSI : Transport.FC,
                components,
                counts(random),
                Duration.ofMillis(random.nextInt(3)));
    }

    private static PathCounts counts(Random random) {
        var up = random.nextInt(3);
        var failed = random.nextInt(2);
        return new PathCounts(up + failed + 1, up, failed, 0, 1, 0);
    }

    private static MapSummary map(int number, Random random) {
        return new MapSummary(
                SyntheticHost.wwid(number),
                "map" + random.nextInt(2),
                1L << (20 + random.nextInt(2)),
                8,
                random.nextInt(2) * 4,
                random.nextInt(2),
                random.nextInt(2),
                random.nextBoolean(),
                random.nextBoolean() ? List.of(new Nexus("i1", "t" + number)) : List.of(),
                random.nextBoolean() ? List.of(new Nexus("i2", "t" + number)) : List.of());
    }
}
