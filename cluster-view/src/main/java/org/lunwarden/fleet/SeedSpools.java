package org.lunwarden.fleet;

import java.util.List;
import java.util.function.BiConsumer;

import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.RootActorPath;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.typed.Cluster;

/**
 * The spools of the seeds. They are known by their addresses, so that what most of them hold is found at once after a restart.
 *
 * @param send at most once; nobody tells that it did not arrive
 */
record SeedSpools(List<MemberAddress> seeds, BiConsumer<MemberAddress, FailbackSpool.Command> send) {

    /** A member without seeds is its own. */
    static SeedSpools of(ActorSystem<?> system, List<MemberAddress> seeds) {
        var self = Cluster.get(system).selfMember().address();
        var classic = Adapter.toClassic(system);
        return new SeedSpools(
                seeds.isEmpty() ? List.of(Membership.address(system)) : seeds,
                (seed, command) -> classic.actorSelection(new RootActorPath(
                                        new Address(self.protocol(), self.system(), seed.host(), seed.port()), "/")
                                .child("user")
                                .child(FailbackSpool.NAME))
                        .tell(command, ActorRef.noSender()));
    }
}
