package org.lunwarden.fleet.localization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.localization.Fleet.DOWN;
import static org.lunwarden.fleet.localization.Fleet.ONSET;
import static org.lunwarden.fleet.localization.Fleet.UP;
import static org.lunwarden.fleet.localization.LocalizationSettings.DEFAULTS;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.model.fleet.NexusState;

/** A switch that fails, and other losses at about that time. */
class WakeTest {

    private static final Fleet FLEET = Fleet.of(240);
    private static final long SECOND = 1_000;

    /** Of what crosses this component, a share is lost so long after switch A/12. */
    private static RiskIndex losing(String kind, String id, double share, long after, long seed) {
        return losing(FLEET, kind, id, share, after, seed);
    }

    private static RiskIndex losing(Fleet fleet, String kind, String id, double share, long after, long seed) {
        var random = new Random(seed);
        return fleet.read(row -> {
            if (row.crosses("initiatorSwitch", "A/12")) {
                return DOWN;
            }
            return row.crosses(kind, id) && random.nextDouble() < share
                    ? new RowReading(NexusState.DOWN, 1, ONSET + after, ONSET + 60 * SECOND)
                    : UP;
        });
    }

    private static List<String> told(RiskIndex index) {
        return Fleet.names(index, Localization.of(index, DEFAULTS));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aFewOfTheFabricThatLogInLateAreOfTheSwitchThatFailedBefore(long seed) {
        var index = losing("fabric", "A", 0.04, 20 * SECOND, seed);

        var verdict = Localization.of(index, DEFAULTS);

        assertThat(verdict.causes()).singleElement().satisfies(cause -> {
            assertThat(index.component(cause.first().component())).hasToString("initiatorSwitch A/12");
            assertThat(cause.wake().stream().map(index::component)).containsExactly(new ComponentName("fabric", "A"));
            assertThat(cause.members()).hasSize(index.failedRows()).isSorted();
            assertThat(cause.onset()).isEqualTo(ONSET);
        });
        assertThat(verdict.unexplained()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -120, 600})
    void aSlightLossThatBeganTogetherOrBeforeOrMuchLaterIsACauseOfItsOwn(long seconds) {
        assertThat(told(losing("fabric", "A", 0.06, seconds * SECOND, 5)))
                .containsExactlyInAnyOrder("initiatorSwitch A/12", "fabric A");
    }

    @Test
    void aSlightLossElsewhereIsACauseOfItsOwn() {
        assertThat(told(losing("fabric", "B", 0.06, 20 * SECOND, 6)))
                .containsExactlyInAnyOrder("initiatorSwitch A/12", "fabric B");
    }

    @Test
    void whatEveryRowCrossesIsNothingInCommon() {
        var fleet = FLEET.named(row -> Stream.concat(
                        row.components().stream().filter(one -> !one.kind().equals("hbaFirmware")),
                        Stream.of(new ComponentName("hbaFirmware", "lpfc/1"), new ComponentName("array", "only")))
                .toList());

        assertThat(told(losing(fleet, "fabric", "B", 0.06, 20 * SECOND, 6)))
                .containsExactlyInAnyOrder("initiatorSwitch A/12", "fabric B");
    }

    @Test
    void whatLosesMoreThanALittleWithinTheSameMinuteIsACauseOfItsOwn() {
        assertThat(told(losing("targetSwitch", "A/2", 0.4, 20 * SECOND, 7)))
                .containsExactlyInAnyOrder("initiatorSwitch A/12", "targetSwitch A/2");
    }
}
