package org.lunwarden.model.map;

/** What is known of the logical unit behind a path: whether it is the one that the path was taken for. */
public enum UnitProof {
    /** Not asked since the path was last in use, or since it was taken. */
    OPEN,
    /**
     * It said so when the path came into use; or it says nothing, and the kernel's page of it does; or it has no name of
     * its own that could be compared.
     */
    PROVEN,
    /** It was asked, and what it answered proved nothing. */
    UNPROVEN,
    /** For as long as a check may take, it has not proven it and no check came to an end, whatever kept them from it. */
    OVERDUE,
    /** It is another one, by its own word or by its page. */
    ANOTHER
}
