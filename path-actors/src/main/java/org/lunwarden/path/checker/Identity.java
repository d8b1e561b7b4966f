package org.lunwarden.path.checker;

/** What a check learned of the logical unit behind a path. */
public sealed interface Identity {

    /** Nothing: it was not asked, or the question came to no answer. */
    record Unasked() implements Identity {}

    /** It is the unit it was, or has no name that could be compared. */
    record Confirmed() implements Identity {}

    /** @param unit what it says it is */
    record Another(String unit) implements Identity {}

    /** It answered, and did not prove what it is. */
    record Unproven(String reason) implements Identity {}
}
