package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.lunwarden.model.Nexus;
import org.lunwarden.node.NexusAlarms.News;

class NexusAlarmsTest {

    private static final Nexus NEXUS = new Nexus("10000000c9a00001", "500a098000000001");
    private static final Nexus OTHER = new Nexus("10000000c9a00001", "500a098000000002");

    private final NexusAlarms alarms = new NexusAlarms();

    @Test
    void theFirstNewsIsForNowAndWhatFollowsSoonIsToldOnceWithAllThatItIsFor() {
        assertThat(alarms.raise(NEXUS, News.LOST, seconds(5))).contains(Duration.ZERO);
        assertThat(alarms.raise(NEXUS, News.LOST, millis(5_200))).contains(Duration.ofMillis(800));
        assertThat(alarms.raise(NEXUS, News.BACK, millis(5_300))).isEmpty();
        assertThat(alarms.raise(OTHER, News.LOST, millis(5_300))).contains(Duration.ZERO);

        assertThat(alarms.ring(NEXUS, seconds(6))).containsExactlyInAnyOrder(News.LOST, News.BACK);
        assertThat(alarms.raise(NEXUS, News.BACK, millis(6_100))).contains(Duration.ofMillis(900));
        assertThat(alarms.ring(NEXUS, seconds(7))).containsExactly(News.BACK);
        assertThat(alarms.raise(NEXUS, News.LOST, seconds(9))).contains(Duration.ZERO);
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static Duration millis(int millis) {
        return Duration.ofMillis(millis);
    }
}
