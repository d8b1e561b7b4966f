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

    @Test
    void theEpochOfAFailbackNeverGoesBackAndBelongsToOnePlan() {
        var gate = FailbackGate.OPEN.after(5, "p5");

        assertThat(gate.refusal(4, "p5")).contains("epoch 4 is older than 5, seen with plan p5");
        assertThat(gate.refusal(5, "p5")).isEmpty();
        assertThat(gate.refusal(5, "p5b")).contains("epoch 5 is that of plan p5");
        assertThat(gate.after(6, "p6").refusal(5, "p5")).isPresent();
        assertThat(gate.after(4, "p4")).isEqualTo(gate);
        assertThat(gate.after(5, "p5b")).isEqualTo(gate);
    }
}
