package org.lunwarden.model.figures;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.lunwarden.model.PathState;

/**
 * How a host's paths and maps are, counted.
 *
 * @param maps that the kernel has, by how many paths of each are usable
 * @param queueing maps without a usable path whose I/O waits
 * @param stuck maps with a call of device-mapper that does not return
 * @param keptOut paths that answer and are not used
 * @param probes of path devices
 * @param configurationRefused whether the newest configuration could not be put in place
 */
public record HostFigures(
        Map<PathState, Integer> paths,
        SortedMap<Integer, Integer> maps,
        int queueing,
        int stuck,
        int keptOut,
        Looks looks,
        Probes probes,
        boolean configurationRefused) {

    public HostFigures {
        paths = Map.copyOf(paths);
        maps = new TreeMap<>(maps);
    }

    /**
     * How disks are found.
     *
     * @param ended looks at disks that ended well, since the start
     * @param failed whether the last look failed
     * @param uevents heard since the start
     * @param unread disks that the last look could not read
     * @param hanging readings that wait for a disk
     */
    public record Looks(long ended, boolean failed, long uevents, int unread, int hanging) {}

    /**
     * @param pending commands that are not answered, within their deadline
     * @param overdue commands past their deadline that are still not answered
     * @param late answers that came after their deadline, since the start
     */
    public record Probes(int pending, int overdue, long late) {}
}
