package org.lunwarden.node.discovery;

import java.util.Set;

import org.lunwarden.conf.value.Choice;
import org.lunwarden.model.Wwid;

/**
 * What decides on disks besides the disks.
 *
 * @param maps WWIDs of the kernel's multipath maps
 * @param remembered WWIDs that have had a map on this host
 */
public record Known(Set<Wwid> maps, Set<Wwid> remembered, Choice.FindMultipaths mode) {

    public Known {
        maps = Set.copyOf(maps);
        remembered = Set.copyOf(remembered);
    }
}
