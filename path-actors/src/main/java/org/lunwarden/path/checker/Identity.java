package org.lunwarden.path.checker;

/** What a check learned of the logical unit behind a path. */
public sealed interface Identity {

    /** Nothing: it was not asked, or the question came to no answer. */
    record Unasked() implements Identity {}

    /** It is the unit it was, or has no name that could be compared. */
    record Confirmed() implements Identity {}

    /**
     * It has no name to tell, and the page that the kernel read of it is still that of the unit it was: a weaker proof,
     * since the kernel reads its pages at a scan only.
     *
     * @param reason what it answered instead of its name
     */
    record Vouched(String reason) implements Identity {}

    /**
     * @param unit what it is called
     * @param itself it called itself so; else its page in sysfs did
     */
    record Another(String unit, boolean itself) implements Identity {}

    /** It answered, and did not prove what it is. */
    record Unproven(String reason) implements Identity {}
}
