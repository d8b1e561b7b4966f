package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.FleetOnLoopback.await;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;

class FleetNodeTest {

    @Test
    void aFleetSystemThatIsNotUpInTimeIsStartedAgainAndItsHostLives() {
        var settings = FleetSettings.onLoopback(
                        "slow", Set.of(FleetRole.HOST), 7355, List.of(new MemberAddress("127.0.0.1", 7355)))
                .with(FleetOnLoopback.QUICK);
        // the remoting waits for its socket, and tells with a checked exception that it waited too long
        var tooShort = ConfigFactory.parseMap(
                Map.of("pekko.remote.artery.bind.bind-timeout", "1 ns", "pekko.remote.artery.bind.port", 0));

        var node = FleetNode.start(settings, Optional.empty(), tooShort);

        await("another try", () -> node.status().life() >= 3);
        assertThat(node.status().problem()).contains("timed out");
        assertThat(node.isMember()).isFalse();
        node.stop();
        await("the end", () -> node.status().phase() == FleetStatus.Phase.STOPPED);
    }
}
