package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.lunwarden.model.Nexus;

class PacingTest {

    private static final Nexus NEXUS = new Nexus("10000000c9a00001", "50060160bb600001");

    @Test
    void theFirstFailureOfANexusChecksItAtOnceAndTheNextOnesOnceMoreLater() {
        var alarms = new NexusAlarms();

        assertThat(alarms.raise(NEXUS, Duration.ofSeconds(5))).contains(Duration.ZERO);
        assertThat(alarms.raise(NEXUS, Duration.ofMillis(5_300))).contains(Duration.ofMillis(700));
        assertThat(alarms.raise(NEXUS, Duration.ofMillis(5_400))).isEmpty();
        alarms.ring(NEXUS, Duration.ofSeconds(6));
        assertThat(alarms.raise(NEXUS, Duration.ofMillis(6_100))).contains(Duration.ofMillis(900));
        assertThat(alarms.raise(new Nexus("a", "b"), Duration.ofMillis(6_100))).contains(Duration.ZERO);
    }
}
