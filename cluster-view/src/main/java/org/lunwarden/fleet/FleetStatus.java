package org.lunwarden.fleet;

/**
 * How a member stands in the fleet.
 *
 * @param life counts the fleet systems that this member has had, from 1
 * @param members of the fleet as this one sees it, itself included
 * @param unreachable of these, not answering at the moment
 * @param views of these, how many are views
 * @param problem what keeps the fleet system from being started; empty otherwise
 */
public record FleetStatus(Phase phase, int life, int members, int unreachable, int views, String problem) {

    public enum Phase {
        /** Looking for the other members. */
        JOINING,
        MEMBER,
        /** The fleet system has ended and is about to be started anew. */
        RESTARTING,
        STOPPED
    }
}
