package org.lunwarden.deploy.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OldSpaceTest {

    @ParameterizedTest(name = "{0} MiB in use, {1} were left {2} s ago: {3}")
    @CsvSource({
        "16, 0, 600, false",
        "17, 0, 600, true",
        "17, 0, 10, true",
        "40, 28, 60, false",
        "45, 28, 60, true",
        "45, 28, 59, false",
        "56, 28, 10, false",
        "57, 28, 10, true",
        "150, 100, 60, false",
        "151, 100, 60, true"
    })
    void itIsCollectedWhenItHasGrownByHalfAndBySomeMegabytesOrDoubledWithinAMinute(
            long used, long left, long since, boolean due) {
        assertThat(OldSpace.isDue(used << 20, left << 20, Duration.ofSeconds(since)))
                .isEqualTo(due);
    }
}
