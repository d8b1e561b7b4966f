package org.lunwarden.model.fleet;

import java.util.List;

import org.lunwarden.model.Nexus;
import org.lunwarden.model.Wwid;

/**
 * What the fleet keeps of a map.
 *
 * @param bestGroup 1-based group that the map should use; 0 when no group is usable
 * @param nextGroup 1-based group that the kernel uses; 0 when it has chosen none
 * @param queueing whether I/O waits when no path is left
 * @param preferred nexuses of the group with the highest priority when all paths are well, sorted
 * @param nexuses those of all its paths, sorted, each once; empty where the host's daemon is too old to tell
 */
public record MapSummary(
        Wwid wwid,
        String name,
        long sizeSectors,
        int paths,
        int usablePaths,
        int bestGroup,
        int nextGroup,
        boolean queueing,
        List<Nexus> preferred,
        List<Nexus> nexuses) {

    public MapSummary {
        preferred = List.copyOf(preferred);
        nexuses = nexuses == null ? List.of() : List.copyOf(nexuses);
    }

    /** The same with these nexuses. */
    public MapSummary through(List<Nexus> ofBestGroup, List<Nexus> ofAllPaths) {
        return new MapSummary(
                wwid, name, sizeSectors, paths, usablePaths, bestGroup, nextGroup, queueing, ofBestGroup, ofAllPaths);
    }

    /** Whether a failback would move it now. */
    public boolean isOffBestGroup() {
        return bestGroup != 0 && nextGroup != bestGroup;
    }
}
