package org.lunwarden.fleet.localization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.localization.Fleet.DOWN;
import static org.lunwarden.fleet.localization.Fleet.ONSET;
import static org.lunwarden.fleet.localization.Fleet.UP;
import static org.lunwarden.fleet.localization.LocalizationSettings.DEFAULTS;

import java.util.ArrayList;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.model.fleet.NexusState;

/** Faults that take down a part of what crosses them. */
class PartialFaultTest {

    private static final Fleet FLEET = Fleet.of(96);

    private static RowReading reading(NexusState state, double share) {
        return new RowReading(state, share, ONSET, ONSET + 60_000);
    }

    @Test
    void nexusesThatFailInPartOnOneSideAndWhollyOnTheOtherAreTwoCauses() {
        var index = FLEET.read(row -> row.crosses("controller", "1/0")
                ? DOWN
                : row.crosses("initiatorSwitch", "B/13") ? reading(NexusState.PARTIAL, 0.1) : UP);

        assertThat(Fleet.names(index, Localization.of(index, DEFAULTS)))
                .containsExactlyInAnyOrder("controller 1/0", "initiatorSwitch B/13");
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26})
    void theFractionOfAPartialFaultIsToldRightBesideAHardFaultThatSharesHalfOfItsRows(long seed) {
        var random = new Random(seed);
        var wide = Fleet.of(400);
        var index = wide.read(row ->
                row.crosses("fabric", "A") || (row.crosses("array", "arr3") && random.nextDouble() < 0.3) ? DOWN : UP);

        var causes = Localization.of(index, DEFAULTS).causes();

        assertThat(Fleet.names(index, Localization.of(index, DEFAULTS))).containsExactly("fabric A", "array arr3");
        assertThat(causes.getLast().first().fraction()).isBetween(0.22, 0.38);
        assertThat(causes).allSatisfy(cause -> assertThat(cause.suspects()).hasSize(1));
    }

    @Test
    void whatExplainsTheSameToTheDataIsNoRunnerUp() {
        var some = Fleet.of(400).named(row -> {
            var all = new ArrayList<>(row.components());
            if (row.crosses("array", "arr3")) {
                all.add(new ComponentName(row.crosses("fabric", "A") ? "rack" : "rackOfB", "r3"));
            }
            return all;
        });
        var random = new Random(31);
        var index = some.read(row ->
                row.crosses("fabric", "A") || (row.crosses("array", "arr3") && random.nextDouble() < 0.3) ? DOWN : UP);

        for (var cause : Localization.of(index, DEFAULTS).causes()) {
            var same = cause.first().hidden();
            assertThat(same)
                    .doesNotContainAnyElementsOf(
                            cause.runnerUp().map(Suspicion::component).stream().toList());
            assertThat(cause.suspects()).hasSize(1);
        }
    }

    /** Rows of a host through one of both switches say that what it tells of the other one is news. */
    @ParameterizedTest
    @ValueSource(doubles = {0.06, 0.12, 0.3, 0.65})
    void aFabricThatLosesAPartIsNotItsTwoSwitches(double part) {
        var wide = Fleet.of(480);
        for (var seed = 41; seed < 46; seed++) {
            var random = new Random(seed);
            var index = wide.failing(row -> row.crosses("fabric", "A") && random.nextDouble() < part);

            assertThat(Fleet.names(index, Localization.of(index, DEFAULTS))).containsExactly("fabric A");
        }
    }
}
