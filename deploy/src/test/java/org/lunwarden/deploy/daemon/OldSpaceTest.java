package org.lunwarden.deploy.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OldSpaceTest {

    @ParameterizedTest(name = "{0} MiB in use, {1} were left: {2}")
    @CsvSource({"16, 0, false", "17, 0, true", "40, 28, false", "45, 28, true", "150, 100, false", "151, 100, true"})
    void itIsCollectedWhenItHasGrownByHalfAndBySomeMegabytes(long used, long left, boolean due) {
        assertThat(OldSpace.isDue(used << 20, left << 20)).isEqualTo(due);
    }
}
