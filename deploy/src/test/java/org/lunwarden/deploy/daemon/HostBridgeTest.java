package org.lunwarden.deploy.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.HostReport;

class HostBridgeTest {

    private final HostBridge bridge = new HostBridge();

    @Test
    void theNewestReportWaitsForTheFleetHalf() {
        bridge.publish(report(1));
        bridge.publish(report(2));
        List<Long> heard = new ArrayList<>();

        bridge.connectFleet(report -> heard.add(report.revision()));
        bridge.publish(report(3));

        assertThat(heard).containsExactly(2L, 3L);
    }

    @Test
    void aCommandBeforeTheHostHalfIsUpIsRefused() {
        var answer = bridge.carryOut(new HostCommand.DescribeMaps(Optional.empty()))
                .toCompletableFuture()
                .join();

        assertThat(answer).isInstanceOf(HostAnswer.Refused.class);
    }

    @Test
    void commandsReachTheHostHalf() {
        bridge.connectHost(command -> CompletableFuture.completedStage(new HostAnswer.Accepted()));

        var answer = bridge.carryOut(new HostCommand.CheckNexuses(List.of()))
                .toCompletableFuture()
                .join();

        assertThat(answer).isEqualTo(new HostAnswer.Accepted());
    }

    private static HostReport report(long revision) {
        return new HostReport(
                new HostId("h001"), new DaemonRun("boot", "run"), revision, Duration.ZERO, "0", List.of(), List.of());
    }
}
