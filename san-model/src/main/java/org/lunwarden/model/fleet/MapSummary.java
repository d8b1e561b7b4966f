package org.lunwarden.model.fleet;

import java.util.List;
import java.util.Map;

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
 * @param serials what its paths tell as the serial number of the unit, sorted, each once; empty where none does
 * @param using target ports of the group that the kernel uses, sorted, each once; empty where it has chosen none, or where
 *     the host's daemon is too old to tell
 * @param settings by which it is kept, by keyword of multipath.conf(5); empty where they are not known
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
        List<Nexus> nexuses,
        List<String> serials,
        List<String> using,
        Map<String, String> settings) {

    public MapSummary {
        preferred = List.copyOf(preferred);
        nexuses = nexuses == null ? List.of() : List.copyOf(nexuses);
        serials = serials == null ? List.of() : List.copyOf(serials);
        using = using == null ? List.of() : List.copyOf(using);
        settings = settings == null ? Map.of() : Map.copyOf(settings);
    }

    /** One of which neither serial numbers nor settings are known, nor the ports that it uses. */
    public MapSummary(
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
        this(
                wwid,
                name,
                sizeSectors,
                paths,
                usablePaths,
                bestGroup,
                nextGroup,
                queueing,
                preferred,
                nexuses,
                List.of(),
                List.of(),
                Map.of());
    }

    /** The same with these nexuses. */
    public MapSummary through(List<Nexus> ofBestGroup, List<Nexus> ofAllPaths) {
        return new MapSummary(
                wwid,
                name,
                sizeSectors,
                paths,
                usablePaths,
                bestGroup,
                nextGroup,
                queueing,
                ofBestGroup,
                ofAllPaths,
                serials,
                using,
                settings);
    }

    /** The same, of a unit with these serial numbers and kept by these settings. */
    public MapSummary with(List<String> toldSerials, Map<String, String> effective) {
        return new MapSummary(
                wwid,
                name,
                sizeSectors,
                paths,
                usablePaths,
                bestGroup,
                nextGroup,
                queueing,
                preferred,
                nexuses,
                toldSerials,
                using,
                effective);
    }

    /** The same, while the kernel uses a group with these target ports. */
    public MapSummary using(List<String> ports) {
        return new MapSummary(
                wwid,
                name,
                sizeSectors,
                paths,
                usablePaths,
                bestGroup,
                nextGroup,
                queueing,
                preferred,
                nexuses,
                serials,
                ports,
                settings);
    }

    /** Whether a failback would move it now. */
    public boolean isOffBestGroup() {
        return bestGroup != 0 && nextGroup != bestGroup;
    }
}
