package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.HostEntry.Fact;
import org.lunwarden.fleet.failback.GroupSwitch;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Transport;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.HostReport;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusRow;
import org.lunwarden.model.fleet.PathCounts;

class HostChangesTest {

    private static final HostId HOST = new HostId("h1");
    private static final DaemonRun RUN = new DaemonRun("boot", "run");
    private static final DaemonRun REBOOTED = new DaemonRun("boot2", "run2");

    private static final Component CONTROLLER = new Component(ComponentClass.CONTROLLER, "arr/tpg-1");
    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

    private final HostChanges changes = new HostChanges();

    @Test
    void anotherDriverIsNoticedOverARebootEvenIfThePortIsFoundLate() {
        assertThat(changes.firmware(report(RUN, "lpfc/14.2", "retry 5", "t1"))).isEmpty();
        assertThat(changes.firmware(report(REBOOTED, "lpfc/14.4", "retry 5"))).isEmpty();

        assertThat(changes.firmware(report(REBOOTED, "lpfc/14.4", "retry 5", "t1", "t2")))
                .containsExactly(new Fact.FirmwareChanged(HOST, "i1", "lpfc/14.2", "lpfc/14.4", true));
        assertThat(changes.firmware(report(REBOOTED, "lpfc/14.4", "retry 5", "t1", "t2")))
                .isEmpty();
    }

    @Test
    void aDriverThatAnotherHostRunsIsNotNewToTheFleet() {
        changes.firmware(report(RUN, "lpfc/14.2", "5", "t1"));
        changes.firmware(otherHost(report(RUN, "lpfc/14.4", "5", "t1")));

        assertThat(changes.firmware(report(REBOOTED, "lpfc/14.4", "5", "t1")))
                .containsExactly(new Fact.FirmwareChanged(HOST, "i1", "lpfc/14.2", "lpfc/14.4", false));
    }

    @Test
    void pathsThatCameAndWentAreNoticedButNotWhatADaemonFindsWhileItStarts() {
        var before = report(RUN, "lpfc/14.2", "5", "t1", "t2");

        assertThat(changes.between(before, report(RUN, "lpfc/14.2", "5", "t2", "t3"), Instant.EPOCH))
                .containsExactly(
                        new Fact.PathsChanged(HOST, List.of(new Nexus("i1", "t3")), List.of(new Nexus("i1", "t1"))));
        assertThat(changes.between(before, report(REBOOTED, "lpfc/14.2", "5", "t2"), Instant.EPOCH))
                .isEmpty();
        assertThat(changes.between(report(RUN, "lpfc/14.2", "5"), before, Instant.EPOCH))
                .isEmpty();
    }

    @Test
    void otherSettingsOfMapsAreToldByTheirKeywords() {
        var facts = changes.between(
                report(RUN, "lpfc/14.2", "5", "t1"), report(RUN, "lpfc/14.2", "queue", "t1"), Instant.EPOCH);

        assertThat(facts).containsExactly(new Fact.Reconfigured(HOST, 1, List.of("no_path_retry")));
        var event = new FleetEvent(
                "v0-1", Instant.EPOCH, Happenings.of(facts.getFirst()).getFirst());
        assertThat(Happenings.of(event).orElseThrow().words()).isEqualTo("1 maps: no_path_retry");
    }

    @Test
    void aSwitchToAnotherGroupIsTellingOnlyWhereNothingFailedThatTheHostPrefers() {
        var wwid = new Wwid("3600a0980000000000000000000000007");

        assertThat(changes.between(using(1, true), using(2, true), AT))
                .containsExactly(
                        new Fact.GroupsSwitched(HOST, List.of(new GroupSwitch(AT, HOST, wwid, Set.of(CONTROLLER)))));
        assertThat(changes.between(using(1, true), using(2, false), AT)).isEmpty();
        assertThat(changes.between(using(2, false), using(1, true), AT)).isEmpty();
        assertThat(changes.between(using(1, true), using(1, true), AT)).isEmpty();
    }

    @Test
    void whatCountsIsWhereIoGoesAndNotTheNumberThatAReloadGivesTheGroup() {
        var one = through(1, "t1");

        assertThat(changes.between(one, through(2, "t1"), AT)).isEmpty();
        assertThat(changes.between(one, through(1, "t1", "t2"), AT))
                .as("the same controller")
                .isEmpty();
        assertThat(changes.between(one, through(1, "t3"), AT)).hasSize(1);
        assertThat(changes.between(one, through(1, "t9"), AT))
                .as("a port that no row tells of")
                .hasSize(1);
        assertThat(changes.between(one, through(1), AT)).as("none chosen").isEmpty();
    }

    /** Two ports of one controller, and one of another. */
    private static HostReport through(int group, String... ports) {
        var report = using(group, true);
        var rows = List.of(
                row("t1", CONTROLLER),
                row("t2", CONTROLLER),
                row("t3", new Component(ComponentClass.CONTROLLER, "arr/tpg-2")));
        var map = report.maps().getFirst().using(List.of(ports));
        return new HostReport(HOST, RUN, 1, report.uptime(), report.version(), rows, List.of(map));
    }

    private static NexusRow row(String port, Component controller) {
        return new NexusRow(
                new Nexus("i1", port),
                Transport.FC,
                List.of(controller),
                new PathCounts(1, 1, 0, 0, 0, 0),
                Duration.ofMinutes(1));
    }

    private static HostReport using(int group, boolean preferredIsUp) {
        var preferred = new Nexus("i1", "t1");
        var row = new NexusRow(
                preferred,
                Transport.FC,
                List.of(CONTROLLER),
                new PathCounts(1, preferredIsUp ? 1 : 0, preferredIsUp ? 0 : 1, 0, 0, 0),
                Duration.ofMinutes(1));
        var map = new MapSummary(
                new Wwid("3600a0980000000000000000000000007"),
                "data",
                2048,
                2,
                2,
                1,
                group,
                false,
                List.of(preferred),
                List.of(preferred));
        return new HostReport(HOST, RUN, 1, Duration.ofMinutes(5), "0.1.0", List.of(row), List.of(map));
    }

    private static HostReport otherHost(HostReport report) {
        return new HostReport(
                new HostId("h2"),
                report.run(),
                report.revision(),
                report.uptime(),
                report.version(),
                report.nexuses(),
                report.maps());
    }

    private static HostReport report(DaemonRun run, String firmware, String retry, String... targets) {
        var rows = List.of(targets).stream()
                .map(target -> new NexusRow(
                        new Nexus("i1", target),
                        Transport.FC,
                        List.of(new Component(ComponentClass.HBA_FIRMWARE, firmware)),
                        new PathCounts(1, 1, 0, 0, 0, 0),
                        Duration.ofMinutes(1)))
                .toList();
        var map = new MapSummary(
                new Wwid("3600a0980000000000000000000000007"),
                "data",
                2048,
                1,
                1,
                1,
                1,
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of("no_path_retry", retry, "failback", "manual"));
        return new HostReport(HOST, run, 1, Duration.ofMinutes(5), "0.1.0", rows, List.of(map));
    }
}
