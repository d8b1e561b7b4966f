package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.HostId;

class TwinsTest {

    private static final HostId HOST = new HostId("h1");
    private static final DaemonRun ONE = new DaemonRun("boot", "one");
    private static final DaemonRun OTHER = new DaemonRun("boot", "other");
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final Twins twins = new Twins(Duration.ofSeconds(6));

    @Test
    void twoDaemonsThatTakeTurnsAreToldOnceAndNoLongerWhenOneIsGone() {
        assertThat(heard(0, ONE)).isFalse();
        assertThat(heard(1, OTHER)).isFalse();
        assertThat(heard(2, ONE)).isFalse();
        assertThat(twins.is(HOST, START.plusSeconds(2))).isFalse();

        assertThat(heard(3, OTHER)).isTrue();
        assertThat(heard(4, ONE)).isFalse();
        assertThat(twins.is(HOST, START.plusSeconds(4))).isTrue();

        assertThat(heard(10, ONE)).isFalse();
        assertThat(twins.is(HOST, START.plusSeconds(11))).isFalse();
    }

    @Test
    void aDaemonThatIsRestartedAndHeardLateOnceIsOneDaemon() {
        heard(0, ONE);
        heard(1, OTHER);
        assertThat(heard(2, ONE)).isFalse();

        assertThat(heard(9, OTHER)).isFalse();
        assertThat(twins.is(HOST, START.plusSeconds(9))).isFalse();
    }

    private boolean heard(int second, DaemonRun run) {
        return twins.heard(HOST, run, START.plusSeconds(second));
    }
}
