package org.lunwarden.conf.blacklist;

import java.util.List;

/**
 * A disk that may be a path, as far as rules look at it. What is not known is empty.
 *
 * @param devnode name of its node, for example {@code sda}
 * @param protocol for example {@code scsi:fcp}
 * @param properties names of its udev properties, in udev's order
 * @param uidAttribute name of the property that is configured to hold its WWID
 */
public record Candidate(
        String devnode,
        String protocol,
        String vendor,
        String product,
        String wwid,
        List<String> properties,
        String uidAttribute) {

    public Candidate {
        properties = List.copyOf(properties);
    }
}
