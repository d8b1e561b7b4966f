package org.lunwarden.fleet;

import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/** Where a member stands in its fleet at the moment. */
final class Membership {

    private Membership() {}

    static boolean isMember(ActorSystem<?> system) {
        var status = Cluster.get(system).selfMember().status();
        return status.equals(MemberStatus.up()) || status.equals(MemberStatus.weaklyUp());
    }

    /** Whether it reaches more than half of the fleet's views, itself included. */
    static boolean hasMajority(ActorSystem<?> system) {
        var state = Cluster.get(system).state();
        var views = 0;
        var reached = 0;
        for (var member : state.getMembers()) {
            if (member.hasRole(FleetRole.VIEW.word())) {
                views++;
                reached += state.getUnreachable().contains(member) ? 0 : 1;
            }
        }
        return reached * 2 > views;
    }
}
