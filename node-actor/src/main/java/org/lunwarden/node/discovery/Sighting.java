package org.lunwarden.node.discovery;

import java.util.List;
import java.util.Optional;

import org.lunwarden.io.Disk;
import org.lunwarden.model.Wwid;

/**
 * A disk as it was last read.
 *
 * @param wwid empty when the disk tells none
 * @param holders what keeps it from being taken; empty when it is free
 */
public record Sighting(Disk disk, Optional<Wwid> wwid, List<String> holders) {
    public Sighting {
        holders = List.copyOf(holders);
    }
}
