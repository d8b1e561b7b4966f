package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.FleetOnLoopback.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.lunwarden.fleet.FailbackProgress.Phase;
import org.lunwarden.fleet.failback.FailbackSettings;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostCommand.FailBack;
import org.lunwarden.model.fleet.HostCommand.MayFailBack;

/** Views leave while hosts are asked and told; {@link FailbackOutlivesKillsTest} kills them. */
class FailbackOutlivesViewsTest {

    private static final FailbackSettings QUICK =
            FailbackSettings.DEFAULTS.watching(Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofMillis(300));

    @TempDir
    private Path folder = Path.of("");

    private FailbackFleet fleet;

    @BeforeEach
    void start() {
        fleet = new FailbackFleet(folder, QUICK, FleetOnLoopback.QUICK, FleetOnLoopback.BRISK);
        fleet.start();
    }

    @AfterEach
    void stop() {
        fleet.close();
    }

    @Test
    void oneFailbackOutlivesItsCoordinatorAtEachOfItsStagesAndNoMapIsSwitchedTwice() {
        var id = fleet.begin();
        for (var lun = 0; lun < 2; lun++) {
            var map = SyntheticHost.wwid(lun);
            for (var stage : List.of(MayFailBack.class, FailBack.class)) {
                await(
                        stage.getSimpleName() + " of " + map,
                        Duration.ofSeconds(90),
                        () -> fleet.told.stream()
                                .anyMatch(command -> stage.isInstance(command)
                                        && command.maps().contains(map)));
                fleet.replaceTheOldest();
            }
        }

        fleet.awaitAll(id, Phase.DONE);

        assertThat(fleet.switched).hasSize(6).doesNotHaveDuplicates();
        assertThat(fleet.told).isSortedAccordingTo(Comparator.comparing(HostCommand.OfFailback::epoch));
        assertThat(fleet.told.stream()
                        .map(HostCommand.OfFailback::epoch)
                        .distinct()
                        .count())
                .isGreaterThan(1);
        assertThat(fleet.ahead).isEmpty();
        assertThat(fleet.offTheirBestGroup(fleet.views.getFirst())).isEmpty();
    }
}
