package org.lunwarden.fleet;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

import org.lunwarden.fleet.wire.ToMember;
import org.lunwarden.fleet.wire.ToMember.Look;
import org.lunwarden.fleet.wire.ToMember.ThisFleet;
import org.lunwarden.fleet.wire.ToMember.WhichFleet;

/**
 * Notices that this member lives on an island: that a seed which is not in its fleet is in another one. Islands come
 * from a founder that was started while it was cut off, and from a lone view that was replaced while nobody missed it.
 * The members of the lesser fleet leave it, each by itself, and join the greater one.
 */
final class IslandWatch {

    static final String NAME = "island-watch";

    /** More views, then more members; then any order will do that both sides agree on. */
    static final Comparator<ThisFleet> GREATER = Comparator.comparingInt(ThisFleet::views)
            .thenComparingInt(ThisFleet::members)
            .thenComparing(ThisFleet::first, Comparator.reverseOrder());

    private final ActorContext<ToMember> context;
    private final FleetSettings settings;
    private final Cluster cluster;

    private IslandWatch(ActorContext<ToMember> context, FleetSettings settings) {
        this.context = context;
        this.settings = settings;
        this.cluster = Cluster.get(context.getSystem());
    }

    static Behavior<ToMember> create(FleetSettings settings) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var watch = new IslandWatch(context, settings);
            timers.startTimerWithFixedDelay(
                    new Look(), settings.timings().stableAfter().dividedBy(2));
            return Behaviors.receiveMessage(watch::on);
        }));
    }

    private Behavior<ToMember> on(ToMember message) {
        switch (message) {
            case Look() -> look();
            case WhichFleet(var replyTo) -> {
                if (isMember()) {
                    replyTo.tell(mine());
                }
            }
            case ThisFleet other -> compare(other);
        }
        return Behaviors.same();
    }

    private void look() {
        if (!isMember()) {
            return;
        }
        var known = addresses();
        for (var seed : settings.seeds()) {
            var address = "pekko://" + context.getSystem().name() + "@" + seed;
            if (!known.contains(address)) {
                Adapter.toClassic(context)
                        .actorSelection(address + "/user/" + NAME)
                        .tell(new WhichFleet(context.getSelf()), Adapter.toClassic(context.getSelf()));
            }
        }
    }

    private void compare(ThisFleet other) {
        var mine = mine();
        if (isMember() && !addresses().contains(other.address()) && GREATER.compare(other, mine) > 0) {
            context.getLog()
                    .warn(
                            "{} is in a greater fleet ({}) than this member ({}): joining that",
                            other.address(),
                            other,
                            mine);
            context.getSystem().terminate();
        }
    }

    private Set<String> addresses() {
        var addresses = new HashSet<String>();
        cluster.state()
                .getMembers()
                .forEach(member -> addresses.add(member.address().toString()));
        return addresses;
    }

    private boolean isMember() {
        var status = cluster.selfMember().status();
        return status.equals(MemberStatus.up()) || status.equals(MemberStatus.weaklyUp());
    }

    private ThisFleet mine() {
        var views = 0;
        var members = 0;
        var first = "";
        for (Member member : cluster.state().getMembers()) {
            var address = member.address().toString();
            members++;
            views += member.hasRole(FleetRole.VIEW.word()) ? 1 : 0;
            first = first.isEmpty() || address.compareTo(first) < 0 ? address : first;
        }
        return new ThisFleet(cluster.selfMember().address().toString(), views, members, first);
    }
}
