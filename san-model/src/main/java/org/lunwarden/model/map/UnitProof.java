package org.lunwarden.model.map;

/** What is known of the logical unit behind a path: whether it is the one that the path was taken for. */
public enum UnitProof {
    /** Not asked since the path was last in use, or since it was taken. */
    OPEN,
    /** It said so when the path came into use, or has no name of its own that could be compared. */
    PROVEN,
    /** It was asked, and what it answered proved nothing. */
    UNPROVEN,
    /** It has not proven it for as long as a check may take, whatever kept it from being asked. */
    OVERDUE,
    /** It is another one, by its own word or by its page. */
    ANOTHER
}
