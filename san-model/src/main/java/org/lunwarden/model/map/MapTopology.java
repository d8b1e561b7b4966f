package org.lunwarden.model.map;

import java.util.List;
import java.util.Optional;

import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Hctl;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.dm.MultipathStatus.GroupState;

/**
 * A map in full: what {@code multipath -ll} shows of it, and the nexus of each path.
 *
 * @param name the dm name; equal to the WWID unless an alias was given
 * @param sizeSectors 512-byte sectors
 * @param features as in the table, without the count
 * @param hardwareHandler as in the table, without the count
 * @param bestGroup 1-based; 0 when there is no group
 * @param nextGroup 1-based group that the kernel uses next; 0 when it has chosen none
 * @param queueing whether I/O waits when no path is left
 */
public record MapTopology(
        Wwid wwid,
        String name,
        DeviceName device,
        String vendor,
        String product,
        long sizeSectors,
        boolean readOnly,
        List<String> features,
        List<String> hardwareHandler,
        int bestGroup,
        int nextGroup,
        boolean queueing,
        List<Group> groups) {

    public MapTopology {
        features = List.copyOf(features);
        hardwareHandler = List.copyOf(hardwareHandler);
        groups = List.copyOf(groups);
    }

    public record Group(String selector, int priority, GroupState state, List<Path> paths) {
        public Group {
            paths = List.copyOf(paths);
        }
    }

    /** @param kernelActive empty when the kernel does not know the path */
    public record Path(
            Hctl hctl,
            DeviceName name,
            DevT device,
            Nexus nexus,
            Optional<Boolean> kernelActive,
            PathState state,
            String deviceState,
            int priority) {}

    /** Paths that can carry I/O now. */
    public long usablePaths() {
        return groups.stream()
                .flatMap(group -> group.paths().stream())
                .filter(path -> path.state().isUsable())
                .count();
    }
}
