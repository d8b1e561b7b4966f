package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.lunwarden.fleet.FleetOnLoopback.await;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SeedSpoolsTest {

    static Stream<Arguments> members() { // views, hosts only, seeds -> those that are asked
        return Stream.of(
                arguments("v1 v2 v3", "h1 h2", "v1 v2 v3", "v1 v2 v3"),
                arguments("v1 v2", "h1 h2", "v1 h1 h2 v2", "v1 v2"),
                arguments("v1", "h1", "v1 v2 h1 h2", "v1 v2 h2"),
                arguments("v1", "v1 h1", "v1 h1", "v1"),
                arguments("v1", "h1 h2", "h1 h2", ""));
    }

    /** One that was a host and is started anew as a view may be both for a moment. */
    @ParameterizedTest
    @MethodSource("members")
    void seedsThatAreHostsOnlyAreNotAskedAndThoseThatAreAwayCount(
            String views, String hosts, String seeds, String asked) {
        assertThat(SeedSpools.views(addresses(seeds), names(views), names(hosts)))
                .isEqualTo(addresses(asked));
    }

    static Stream<Arguments> away() { // seeds that are away or views, seeds that are views
        return Stream.of(
                arguments("v1 v2 v3", "v1 v2 v3"),
                arguments("h1 v1 v2 v3", "v1 v2 v3"),
                arguments("h1 h2 v1 v2", "v1 v2"),
                arguments("h1 h2 v1 v2 v3 v4", "v1 v2 v3 v4"),
                arguments("v1 v2 w1", "v1 v2"),
                arguments("v1 v2 v3 v4 w1 w2", "v1 v2 v3 v4"));
    }

    /** Whichever of the others a coordinator knew to be hosts: what one has written the next one reads. */
    @ParameterizedTest
    @MethodSource("away")
    void mostOfMoreSeedsAndMostOfTheViewsAmongThemHaveAViewInCommon(String counted, String views) {
        for (var one : most(counted, views)) {
            for (var other : most(views, views)) {
                assertThat(one).as("%s and %s", one, other).containsAnyElementsOf(other);
            }
        }
    }

    @Test
    void aHostThatIsNamedAsASeedIsNotAskedOnceItIsInTheFleet() {
        var view = kit("v1", FleetRole.VIEW);
        var host = kit("h1", FleetRole.HOST);
        try {
            var seeds = List.of(Membership.address(view.system()), Membership.address(host.system()));
            var spools = SeedSpools.of(view.system(), seeds);
            assertThat(spools.seeds().get()).contains(seeds.get(1));

            var fleet = Cluster.get(view.system());
            fleet.manager().tell(new Join(fleet.selfMember().address()));
            await("founded", () -> Membership.isMember(view.system()));
            Cluster.get(host.system())
                    .manager()
                    .tell(new Join(fleet.selfMember().address()));

            await("only the view", () -> spools.seeds().get().equals(seeds.subList(0, 1)));
        } finally {
            host.shutdownTestKit();
            view.shutdownTestKit();
        }
    }

    private static ActorTestKit kit(String name, FleetRole role) {
        return ActorTestKit.create(
                "lunwarden",
                FleetConfig.pekko(
                        FleetSettings.onLoopback(name, Set.of(role), 0, List.of()),
                        ConfigFactory.parseMap(Map.of("pekko.remote.artery.bind.hostname", "127.0.0.1"))
                                .withFallback(FleetOnLoopback.BRISK)));
    }

    /** All sets of views that are most of the seeds. */
    private static List<Set<String>> most(String seeds, String views) {
        var names = List.copyOf(names(views));
        return Stream.iterate(0, bits -> bits < 1 << names.size(), bits -> bits + 1)
                .map(bits -> Set.copyOf(names.stream()
                        .filter(name -> (bits >> names.indexOf(name) & 1) == 1)
                        .toList()))
                .filter(some -> Membership.areMost(some, addresses(seeds)))
                .toList();
    }

    private static Set<String> names(String words) {
        return Set.copyOf(addresses(words).stream().map(MemberAddress::toString).toList());
    }

    private static List<MemberAddress> addresses(String words) {
        return Stream.of(words.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .map(word -> MemberAddress.parse(word + ":7355"))
                .toList();
    }
}
