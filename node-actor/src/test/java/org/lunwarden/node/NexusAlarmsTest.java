package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.lunwarden.model.Nexus;
import org.lunwarden.node.NexusAlarms.Call;
import org.lunwarden.node.NexusAlarms.News;
import org.lunwarden.node.NexusAlarms.Reach;

class NexusAlarmsTest {

    private static final Nexus NEXUS = new Nexus("10000000c9a00001", "500a098000000001");
    private static final Nexus OTHER = new Nexus("10000000c9a00001", "500a098000000002");

    private final NexusAlarms alarms = new NexusAlarms();

    @Test
    void theFirstNewsIsForAFewTheNextForAllAndWhatFollowsSoonIsToldOnceWithAllThatItIsFor() {
        assertThat(alarms.raise(NEXUS, News.LOST, seconds(5))).contains(new Call(Duration.ZERO, Reach.FEW));
        assertThat(alarms.raise(NEXUS, News.LOST, millis(5_100))).contains(new Call(Duration.ZERO, Reach.ALL));
        assertThat(alarms.raise(NEXUS, News.LOST, millis(5_300))).contains(new Call(Duration.ofMillis(800), Reach.ALL));
        assertThat(alarms.raise(NEXUS, News.BACK, millis(5_400))).isEmpty();
        assertThat(alarms.raise(OTHER, News.LOST, millis(5_400))).contains(new Call(Duration.ZERO, Reach.FEW));

        assertThat(alarms.ring(NEXUS, millis(6_100))).containsExactlyInAnyOrder(News.LOST, News.BACK);
        assertThat(alarms.raise(NEXUS, News.BACK, millis(6_200))).contains(new Call(Duration.ofMillis(900), Reach.ALL));
        assertThat(alarms.ring(NEXUS, millis(7_100))).containsExactly(News.BACK);
    }

    @Test
    void whatIsSaidMuchLaterIsNewsOfOnePathAgain() {
        assertThat(alarms.raise(NEXUS, News.LOST, seconds(5))).contains(new Call(Duration.ZERO, Reach.FEW));
        assertThat(alarms.raise(NEXUS, News.LOST, seconds(6))).contains(new Call(Duration.ZERO, Reach.FEW));
        assertThat(alarms.raise(NEXUS, News.BACK, millis(6_500))).contains(new Call(Duration.ZERO, Reach.ALL));
        assertThat(alarms.raise(NEXUS, News.LOST, seconds(9))).contains(new Call(Duration.ZERO, Reach.FEW));
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static Duration millis(int millis) {
        return Duration.ofMillis(millis);
    }
}
