package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Nexus;
import org.lunwarden.node.NexusAlarms.Call;
import org.lunwarden.node.NexusAlarms.News;
import org.lunwarden.node.NexusAlarms.Reach;

class NexusAlarmsTest {

    private static final Nexus NEXUS = new Nexus("10000000c9a00001", "500a098000000001");
    private static final Nexus OTHER = new Nexus("10000000c9a00001", "500a098000000002");

    private static final Call FEW = new Call(Duration.ZERO, Reach.FEW);
    private static final Call ALL = new Call(Duration.ZERO, Reach.ALL);
    private static final DeviceName SDA = new DeviceName("sda");
    private static final DeviceName SDB = new DeviceName("sdb");
    private static final DeviceName SDC = new DeviceName("sdc");
    private static final DeviceName SDD = new DeviceName("sdd");

    private final NexusAlarms alarms = new NexusAlarms();

    @Test
    void theFirstNewsIsForAFewTheNextForAllAndWhatFollowsSoonIsToldOnceWithAllThatItIsFor() {
        assertThat(alarms.raise(NEXUS, SDA, News.LOST, seconds(5))).contains(FEW);
        assertThat(alarms.raise(NEXUS, SDB, News.LOST, millis(5_100))).contains(ALL);
        assertThat(alarms.raise(NEXUS, SDC, News.LOST, millis(5_300))).contains(later(800));
        assertThat(alarms.raise(NEXUS, SDA, News.LOST, millis(5_400))).isEmpty();
        assertThat(alarms.raise(OTHER, SDD, News.LOST, millis(5_400))).contains(FEW);

        assertThat(alarms.ring(NEXUS, millis(6_100))).containsExactly(News.LOST);
        assertThat(alarms.raise(NEXUS, SDA, News.LOST, millis(6_200))).contains(later(900));
        assertThat(alarms.ring(NEXUS, millis(7_100))).containsExactly(News.LOST);
    }

    @Test
    void thatOnePathIsLostMayBeSaidTwiceAndIsNewsOfOnePath() {
        assertThat(alarms.raise(NEXUS, SDA, News.LOST, seconds(5))).contains(FEW);
        assertThat(alarms.raise(NEXUS, SDA, News.LOST, millis(5_100))).isEmpty();
        assertThat(alarms.raise(NEXUS, SDB, News.LOST, millis(5_200))).contains(ALL);
    }

    @Test
    void lossesAndReturnsAreNewsOfTheirOwn() {
        assertThat(alarms.raise(NEXUS, SDA, News.LOST, seconds(5))).contains(FEW);
        assertThat(alarms.raise(NEXUS, SDB, News.BACK, millis(5_100))).contains(FEW);
        assertThat(alarms.raise(NEXUS, SDC, News.LOST, millis(5_200))).contains(ALL);
        assertThat(alarms.raise(NEXUS, SDD, News.BACK, millis(5_300))).contains(ALL);
        assertThat(alarms.raise(NEXUS, SDA, News.LOST, millis(5_400))).contains(later(800));
        assertThat(alarms.raise(NEXUS, SDA, News.BACK, millis(5_500))).isEmpty();

        assertThat(alarms.ring(NEXUS, millis(6_200))).containsExactlyInAnyOrder(News.LOST, News.BACK);
    }

    @Test
    void whatIsSaidMuchLaterIsNewsOfOnePathAgain() {
        assertThat(alarms.raise(NEXUS, SDA, News.LOST, seconds(5))).contains(FEW);
        assertThat(alarms.raise(NEXUS, SDB, News.LOST, seconds(6))).contains(FEW);
    }

    private static Call later(int millis) {
        return new Call(millis(millis), Reach.ALL);
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static Duration millis(int millis) {
        return Duration.ofMillis(millis);
    }
}
