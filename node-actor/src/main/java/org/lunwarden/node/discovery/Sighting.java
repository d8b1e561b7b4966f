package org.lunwarden.node.discovery;

import java.util.Optional;

import org.lunwarden.conf.blacklist.Judgement;
import org.lunwarden.io.BlockDevices.Holders;
import org.lunwarden.io.Disk;
import org.lunwarden.model.Wwid;

/**
 * A disk as it was last read.
 *
 * @param wwid empty when the disk tells none
 * @param judgement of the site's blacklist
 */
public record Sighting(Disk disk, Optional<Wwid> wwid, Judgement judgement, Holders holders) {

    /** The same disk with all that hold it. */
    public Sighting heldBy(Holders found) {
        return new Sighting(disk, wwid, judgement, found);
    }
}
