package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.fleet.check.CheckLimits;
import org.lunwarden.fleet.diagnosis.SanPlan;

class CheckScenarioTest {

    private static final SanPlan SAN = SanPlan.coreEdge(96, 4, 4, 2);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void hostsThatAreAskedToLookHaveTheIncidentConfirmedSoonerWithinTheBudget(long seed) {
        for (var interval : new int[] {20, 80}) {
            var alone = CheckScenario.run(SAN, Duration.ofSeconds(interval), false, seed);
            var asked = CheckScenario.run(SAN, Duration.ofSeconds(interval), true, seed);

            assertThat(asked.confirmed()).as("every %d s", interval).isLessThan(alone.confirmed());
            assertThat(asked.asked()).isPositive();
            assertThat(asked.mostAtAPort()).isLessThanOrEqualTo(CheckLimits.DEFAULT.portBurst());
            assertThat(asked.mostAtAHost()).isLessThanOrEqualTo(CheckLimits.DEFAULT.hostBurst());
        }
    }
}
