package org.lunwarden.node.discovery;

import java.util.Optional;

import org.lunwarden.io.BlockDevices.Holders;
import org.lunwarden.io.Disk;
import org.lunwarden.model.Wwid;

/**
 * A disk as it was last read.
 *
 * @param wwid empty when the disk tells none
 */
public record Sighting(Disk disk, Optional<Wwid> wwid, Holders holders) {}
