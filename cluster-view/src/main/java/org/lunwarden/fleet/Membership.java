package org.lunwarden.fleet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/** Where a member stands in its fleet at the moment. */
final class Membership {

    private Membership() {}

    static boolean isMember(ActorSystem<?> system) {
        var status = Cluster.get(system).selfMember().status();
        return status.equals(MemberStatus.up()) || status.equals(MemberStatus.weaklyUp());
    }

    static MemberAddress address(ActorSystem<?> system) {
        return address(Cluster.get(system).selfMember().address());
    }

    private static MemberAddress address(Address address) {
        return new MemberAddress(
                address.getHost().orElse("?"), address.getPort().orElse(0));
    }

    /** Whether an actor at this address runs on a member; one without a host runs here. */
    static boolean isOfFleet(ActorSystem<?> system, Address address) {
        return address.hasLocalScope()
                || StreamSupport.stream(Cluster.get(system).state().getMembers().spliterator(), false)
                        .anyMatch(member -> member.address().equals(address));
    }

    /** {@code host:port#uid}; of no other member, past or to come. */
    static String uniqueAddress(ActorSystem<?> system) {
        var unique = Cluster.get(system).selfMember().uniqueAddress();
        return unique.address().hostPort().replaceFirst("^.*@", "") + "#"
                + Long.toUnsignedString(unique.longUid(), Character.MAX_RADIX);
    }

    /**
     * Whether it reaches most of the views, itself included: more than half of those in its fleet, and most of the seeds.
     * Cut off from all others, a seed founds a fleet of its own in the end, in which it lacks nobody.
     */
    static boolean hasMajority(ActorSystem<?> system, List<MemberAddress> seeds) {
        var state = Cluster.get(system).state();
        var reached = new HashSet<String>();
        var views = 0;
        var reachedViews = 0;
        for (var member : state.getMembers()) {
            var isReached = !state.getUnreachable().contains(member);
            if (isReached) {
                reached.add(address(member.address()).toString());
            }
            if (member.hasRole(FleetRole.VIEW.word())) {
                views++;
                reachedViews += isReached ? 1 : 0;
            }
        }
        return reachedViews * 2 > views && areMost(reached, seeds);
    }

    /**
     * Whether it is the view that does what only one may do at a time, without being a singleton: the oldest one that was
     * not removed, unreachable or not, and only with a majority. As long as an unreachable one may still act, nobody does.
     */
    static boolean isOldestView(ActorSystem<?> system, List<MemberAddress> seeds) {
        var cluster = Cluster.get(system);
        var views = new ArrayList<Member>();
        for (var member : cluster.state().getMembers()) {
            if (member.hasRole(FleetRole.VIEW.word())) {
                views.add(member);
            }
        }
        return cluster.selfMember().status().equals(MemberStatus.up())
                && views.stream()
                        .min(Member.ageOrdering())
                        .filter(cluster.selfMember()::equals)
                        .isPresent()
                && hasMajority(system, seeds);
    }

    /** {@code host:port} of members that have this role. */
    static Set<String> addressesWith(ActorSystem<?> system, FleetRole role) {
        return addresses(system, member -> member.hasRole(role.word()));
    }

    /** {@code host:port} of members that have it not. */
    static Set<String> addressesWithout(ActorSystem<?> system, FleetRole role) {
        return addresses(system, member -> !member.hasRole(role.word()));
    }

    private static Set<String> addresses(ActorSystem<?> system, Predicate<Member> which) {
        var addresses = new HashSet<String>();
        for (var member : Cluster.get(system).state().getMembers()) {
            if (which.test(member)) {
                addresses.add(address(member.address()).toString());
            }
        }
        return addresses;
    }

    /** Addresses of members that are hosts, and not among those that were heard; sorted. */
    static List<String> unheard(ActorSystem<?> system, Set<Address> heard) {
        var cluster = Cluster.get(system);
        var members = new TreeSet<String>();
        for (var member : cluster.state().getMembers()) {
            var isHere = member.equals(cluster.selfMember()) && heard.stream().anyMatch(Address::hasLocalScope);
            if (isComing(member) && !isHere && !heard.contains(member.address())) {
                members.add(member.address().hostPort());
            }
        }
        return List.copyOf(members);
    }

    private static boolean isComing(Member member) {
        return member.hasRole(FleetRole.HOST.word())
                && Set.of(MemberStatus.joining(), MemberStatus.weaklyUp(), MemberStatus.up())
                        .contains(member.status());
    }

    /**
     * More than half of the seeds, or half of them with the one whose address sorts first: with just two, the split-brain
     * resolver decides for that one as well.
     *
     * @param reached addresses, {@code host:port}
     */
    static boolean areMost(Set<String> reached, List<MemberAddress> seeds) {
        var names =
                seeds.stream().map(MemberAddress::toString).distinct().sorted().toList();
        var found = names.stream().filter(reached::contains).count();
        return found * 2 > names.size()
                || (found * 2 == names.size() && names.stream().limit(1).allMatch(reached::contains));
    }
}
