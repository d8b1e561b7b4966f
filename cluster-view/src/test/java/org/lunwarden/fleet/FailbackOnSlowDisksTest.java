package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.FleetOnLoopback.get;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.lunwarden.fleet.FailbackProgress.Phase;
import org.lunwarden.fleet.failback.FailbackSettings;

/** The views agree at once, while their disks take long: on quick ones all is written before anybody could notice. */
class FailbackOnSlowDisksTest {

    private static final FailbackSettings PACE =
            FailbackSettings.DEFAULTS.watching(Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofMillis(300));

    @TempDir
    private Path folder = Path.of("");

    private FailbackFleet fleet;

    @BeforeEach
    void start() {
        fleet = new FailbackFleet(
                folder, PACE, FleetOnLoopback.QUICK, SlowDisks.CONFIG.withFallback(FleetOnLoopback.BRISK));
        fleet.start();
    }

    @AfterEach
    void stop() {
        fleet.close();
    }

    @Test
    void nobodyIsAnsweredAndNoHostIsToldAnythingBeforeItIsOnTheDisksOfMostSeeds() {
        var id = fleet.begin();
        assertThat(fleet.isOnMostDisks(entry -> entry.id().equals(id)))
                .as("it was begun")
                .isTrue();

        var view = fleet.views.getLast().view().orElseThrow();
        assertThat(get(view.pauseFailback(id, true)).map(FailbackProgress::phase))
                .isEqualTo(Optional.of(Phase.PAUSED));
        assertThat(fleet.isOnMostDisks(
                        entry -> entry.id().equals(id) && entry.progress().phase() == Phase.PAUSED))
                .as("it was paused")
                .isTrue();
        assertThat(get(view.pauseFailback(id, false)).map(FailbackProgress::phase))
                .isEqualTo(Optional.of(Phase.RUNNING));

        fleet.awaitAll(id, Phase.DONE);
        assertThat(fleet.switched).hasSize(6).doesNotHaveDuplicates();
        assertThat(fleet.ahead).isEmpty();
    }
}
