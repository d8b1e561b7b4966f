package org.lunwarden.fleet.wire;

import org.apache.pekko.actor.typed.ActorRef;

/** What is said between members of what may be two fleets that should be one. */
public sealed interface ToMember extends Wire {

    /** What a member tells itself from time to time. */
    record Look() implements ToMember {}

    record WhichFleet(ActorRef<ToMember> replyTo) implements ToMember {}

    /**
     * @param address of the member that says so
     * @param views members with that role
     * @param first the address that sorts first among the members: two fleets never have it in common
     */
    record ThisFleet(String address, int views, int members, String first) implements ToMember {}
}
