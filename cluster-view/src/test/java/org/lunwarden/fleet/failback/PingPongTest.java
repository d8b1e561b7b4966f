package org.lunwarden.fleet.failback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;

class PingPongTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Wwid LUN = new Wwid("3600a0");
    private static final Component ONE = new Component(ComponentClass.CONTROLLER, "arr/tpg-1");
    private static final Component TWO = new Component(ComponentClass.CONTROLLER, "arr/tpg-2");

    @Test
    void whereAllHostsGoHomeAFewTimesThereIsNoDispute() {
        var switches = new ArrayList<GroupSwitch>();
        for (var host = 1; host <= 50; host++) {
            switches.add(at(20, "h" + host, ONE));
            switches.add(at(40, "h" + host, ONE));
            switches.add(at(41, "h" + host, ONE));
        }

        assertThat(PingPong.NONE.heard(switches, NOW.plusSeconds(41)).disputes(NOW.plusSeconds(41)))
                .isEmpty();
    }

    @Test
    void aHostThatFlapsByItselfIsNoDispute() {
        var switches = new ArrayList<GroupSwitch>();
        for (var second = 0; second < 40; second += 4) {
            switches.add(at(second, "h1", ONE));
        }
        switches.add(at(3, "h2", ONE));

        assertThat(PingPong.NONE.heard(switches, NOW.plusSeconds(41)).disputes(NOW.plusSeconds(41)))
                .isEmpty();
    }

    @Test
    void twoHostsThatSwitchByTurnsAreNamedWithWhatEachPrefersAndForgottenAMinuteAfterTheyEnded() {
        var pingPong = PingPong.NONE;
        for (var turn = 0; turn < 4; turn++) {
            pingPong = pingPong.heard(
                    List.of(at(turn * 10, "h1", ONE), at(turn * 10 + 5, "h7", TWO)), NOW.plusSeconds(turn * 10 + 5));
        }
        pingPong = pingPong.heard(
                List.of(at(36, "h4", ONE), at(36, "h4", ONE), at(36, "h4", ONE), at(36, "h4", ONE)),
                NOW.plusSeconds(36));

        var dispute = pingPong.disputes(NOW.plusSeconds(37));

        assertThat(dispute)
                .containsExactly(new Dispute(
                        LUN,
                        new HostId("h1"),
                        new HostId("h7"),
                        12,
                        NOW,
                        NOW.plusSeconds(36),
                        "h1 prefers controller arr/tpg-1, h7 prefers controller arr/tpg-2"));
        assertThat(pingPong.disputes(NOW.plusSeconds(97))).isEmpty();
        assertThat(pingPong.heard(List.of(), NOW.plusSeconds(97))).isEqualTo(PingPong.NONE);
    }

    private static GroupSwitch at(int second, String host, Component preferred) {
        return new GroupSwitch(NOW.plusSeconds(second), new HostId(host), LUN, Set.of(preferred));
    }
}
