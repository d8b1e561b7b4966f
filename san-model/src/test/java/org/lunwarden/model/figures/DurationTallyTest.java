package org.lunwarden.model.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class DurationTallyTest {

    private final DurationTally tally = new DurationTally(Duration.ofMillis(10), Duration.ofMillis(100));

    @Test
    void whatTakesAsLongAsABoundCountsUnderIt() {
        tally.add(Duration.ZERO);
        tally.add(Duration.ofMillis(10));
        tally.add(Duration.ofMillis(11));
        tally.add(Duration.ofSeconds(3));

        var now = tally.now();

        assertThat(now.bounds()).containsExactly(0.01, 0.1);
        assertThat(now.counts()).containsExactly(2L, 1L, 1L);
        assertThat(now.total()).isEqualTo(4);
        assertThat(now.sum()).isCloseTo(3.021, within(1e-9));
    }

    @Test
    void aClockThatWentBackCountsAsNoTimeAtAll() {
        tally.add(Duration.ofMillis(-5));

        assertThat(tally.now()).isEqualTo(new Durations(tally.now().bounds(), java.util.List.of(1L, 0L, 0L), 0));
    }
}
