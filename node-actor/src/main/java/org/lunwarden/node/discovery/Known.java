package org.lunwarden.node.discovery;

import java.util.Set;

import org.lunwarden.conf.value.Choice;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;

/**
 * What decides on disks besides the disks.
 *
 * @param maps WWIDs of the kernel's multipath maps
 * @param remembered WWIDs that have had a map on this host
 * @param anew whether the site says otherwise than before: what it blacklists now leaves its map
 * @param allowsUsb whether a USB disk may be a path
 * @param unheard disks of which udev has told nothing, however often it was asked: what they tell themselves must do
 * @param udevRuns where it does not, what disks tell themselves must do, and nobody is waited for
 */
public record Known(
        Set<Wwid> maps,
        Set<Wwid> remembered,
        Choice.FindMultipaths mode,
        boolean anew,
        boolean allowsUsb,
        Set<DeviceName> unheard,
        boolean udevRuns) {

    public Known {
        maps = Set.copyOf(maps);
        remembered = Set.copyOf(remembered);
        unheard = Set.copyOf(unheard);
    }
}
