package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.FleetOnLoopback.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.lunwarden.fleet.history.History;
import org.lunwarden.fleet.history.HistorySettings;
import org.lunwarden.fleet.incident.Acknowledgements;
import org.lunwarden.fleet.incident.Identities;
import org.lunwarden.fleet.incident.IncidentSettings;
import org.lunwarden.fleet.incident.Incidents;
import org.lunwarden.fleet.incident.Stories;

/** What lies between a view and its history. */
class RestoredViewTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void whatAnEarlierRunKnewIsThereUntilItIsKept() {
        try (var history = history()) {
            history.keep(Stories.openIncident());
        }
        try (var history = history()) {
            var memory = new ViewMemory("v0", "run", Optional.of(history));
            await("restored", () -> !memory.restored().isEmpty());

            assertThat(memory.restored()).containsExactly(Stories.openIncident());
            memory.keepRestored(restored());

            assertThat(memory.restored()).isEmpty();
            assertThat(memory.incidents()).isEqualTo(restored());
        }
    }

    @Test
    void whoTakesCareIsToldOnceToViewsThatForgotIt() {
        var diagnosis =
                new FleetDiagnosis(FleetSettings.onLoopback("v0", Set.of(FleetRole.VIEW), 1, List.of()), restored());
        var word = Stories.openIncident().acknowledgement().orElseThrow();

        assertThat(diagnosis.next(Optional.empty(), NOW).toRemember()).containsExactly(word);
        assertThat(diagnosis.next(Optional.empty(), NOW.plusSeconds(1)).toRemember())
                .isEmpty();
        diagnosis.agreed(Acknowledgements.NONE);
        assertThat(diagnosis.next(Optional.empty(), NOW.plusSeconds(2)).toRemember())
                .containsExactly(word);
    }

    @Test
    void aViewWhoseFleetSystemNeverStartedWritesWhatWaitsBeforeItHasStopped() throws Exception {
        var settings = FleetSettings.onLoopback("never", Set.of(FleetRole.VIEW), 1, List.of())
                .with(new HistorySettings(new HistorySettings.Folder(folder), Duration.ofDays(1)));
        var node = FleetNode.start(
                settings, Optional.empty(), ConfigFactory.parseString("pekko.actor.provider = no.such.Provider"));
        assertThat(node.status().phase()).isEqualTo(FleetStatus.Phase.RESTARTING);

        node.stop().toCompletableFuture().get(60, TimeUnit.SECONDS);

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("history-writer-never");
    }

    private static Incidents restored() {
        return Incidents.NONE
                .restored(List.of(Stories.openIncident()), Identities.NONE, NOW, IncidentSettings.DEFAULTS)
                .incidents();
    }

    private History history() {
        return History.start(
                new HistorySettings(new HistorySettings.Folder(folder), Duration.ofDays(1)),
                "v0",
                InstantSource.fixed(NOW));
    }
}
