package org.lunwarden.fleet;

import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.RootActorPath;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.typed.Cluster;

/**
 * The spools of the seeds. They are known by their addresses, so that what most of them hold is found at once after a restart.
 *
 * @param seeds those that are views, as far as this member knows now
 * @param send at most once; nobody tells that it did not arrive
 */
record SeedSpools(Supplier<List<MemberAddress>> seeds, BiConsumer<MemberAddress, FailbackSpool.Command> send) {

    /** A member without seeds is its own. */
    static SeedSpools of(ActorSystem<?> system, List<MemberAddress> seeds) {
        var self = Cluster.get(system).selfMember().address();
        var classic = Adapter.toClassic(system);
        return new SeedSpools(
                () -> seeds.isEmpty()
                        ? List.of(Membership.address(system))
                        : views(
                                seeds,
                                Membership.addressesWith(system, FleetRole.VIEW),
                                Membership.addressesWithout(system, FleetRole.VIEW)),
                (seed, command) -> classic.actorSelection(new RootActorPath(
                                        new Address(self.protocol(), self.system(), seed.host(), seed.port()), "/")
                                .child("user")
                                .child(FailbackSpool.NAME))
                        .tell(command, ActorRef.noSender()));
    }

    /**
     * A seed that is a host only keeps nothing, and would be waited for in vain. One that is not in the fleet counts: it may
     * be a view, and more than half of more seeds are more than half of the views among them in any case.
     *
     * @param views addresses of members that are views
     * @param others of members that are none
     */
    static List<MemberAddress> views(List<MemberAddress> seeds, Set<String> views, Set<String> others) {
        return seeds.stream()
                .filter(seed -> views.contains(seed.toString()) || !others.contains(seed.toString()))
                .toList();
    }
}
