package org.lunwarden.io.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UdevCookiesTest {

    @ParameterizedTest
    @CsvSource({
        "'32000\t1024000000\t500\t32000\n', 16000",
        "'250 32000 32 128', 64",
        "'250 32000 32 1', 1",
        "'250 32000 32 0', 1",
        "'', 64",
        "'250 32000 32', 64",
        "'250 32000 32 many', 64"
    })
    void halfOfTheHostsSemaphoreSetsAreLeftToOthers(String limits, int most) {
        assertThat(UdevCookies.most(limits)).isEqualTo(most);
    }

    @ParameterizedTest
    @CsvSource({"1, 50", "25, 50", "100, 200", "250, 500", "16000, 500"})
    void theMoreAreAwaitedTheRarerEachIsAskedForUpToHalfASecond(int awaited, long millis) {
        assertThat(UdevCookies.longestPause(awaited)).isEqualTo(millis * 1_000_000);
    }
}
