package org.lunwarden.node.discovery;

import java.util.Optional;

/**
 * What a claim depends on.
 *
 * @param name the kernel's
 * @param memberOf WWID of the multipath map that has the device in its table already, which may tell none; empty
 *     without such a map
 * @param disk whether udev calls the device a disk; a partition is none
 * @param wwid empty when it tells none
 * @param inUse whether it or a partition of it is mounted, or something but a multipath map is stacked on it
 * @param inWwidsFile whether the WWID has had a map on this host
 */
public record ClaimFacts(
        String name,
        Optional<String> memberOf,
        Daemon daemon,
        boolean disk,
        Reading reading,
        String wwid,
        Mark failedMark,
        boolean inUse,
        boolean inWwidsFile,
        boolean mapExists) {

    /** Whether a daemon would make a map of the device. */
    public enum Daemon {
        NOT_ASKED,
        REACHABLE,
        UNREACHABLE
    }

    /** What came of reading the device. */
    public enum Reading {
        DONE,
        BLACKLISTED,
        FAILED
    }

    /** Whether the kernel has refused a map of the WWID. */
    public enum Mark {
        ABSENT,
        PRESENT,
        UNREADABLE
    }
}
