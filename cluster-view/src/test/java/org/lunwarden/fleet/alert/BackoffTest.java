package org.lunwarden.fleet.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    @ParameterizedTest
    @CsvSource({
        "1, 0, 0.0, 500",
        "1, 0, 1.0, 1000",
        "4, 0, 1.0, 8000",
        "9, 0, 1.0, 256000",
        "10, 0, 1.0, 300000",
        "1000, 0, 0.5, 225000",
        "1, 60, 1.0, 60000",
        "10, 60, 1.0, 300000",
        "1, 86400, 1.0, 300000"
    })
    void eachFailureDoublesTheWaitUpToALimitAndAWishIsRespectedUpToAnother(
            int failures, int wishSeconds, double random, long millis) {
        var wish = wishSeconds == 0 ? Optional.<Duration>empty() : Optional.of(Duration.ofSeconds(wishSeconds));

        assertThat(Backoff.after(failures, wish, random)).isEqualTo(Duration.ofMillis(millis));
    }
}
