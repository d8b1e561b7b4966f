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
    void aFleetSystemThatIsNotMadeIsTriedAgainAndItsHostLives() {
        var settings = FleetSettings.onLoopback(
                        "slow", Set.of(FleetRole.HOST), 7355, List.of(new MemberAddress("127.0.0.1", 7355)))
                .with(FleetOnLoopback.QUICK);
        // told with a checked exception, like a socket that is not bound in time
        var broken = ConfigFactory.parseMap(Map.of("pekko.actor.provider", "no.such.Provider"));

        var node = FleetNode.start(settings, Optional.empty(), broken);

        await("another try", () -> node.status().life() >= 3);
        assertThat(node.status().problem()).contains("no.such.Provider");
        assertThat(node.isMember()).isFalse();
        node.stop();
        await("the end", () -> node.status().phase() == FleetStatus.Phase.STOPPED);
    }
}
