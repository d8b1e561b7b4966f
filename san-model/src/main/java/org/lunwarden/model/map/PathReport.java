package org.lunwarden.model.map;

import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Hctl;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Wwid;

/**
 * What a path's watcher says of it: to its map, to the host's registry, to whoever asks.
 *
 * @param state {@link PathState#DOWN}, however good a check was, where an operator failed the path or its disk is another unit
 * @param unit whether the disk is the logical unit that the path was taken for
 * @param deviceState the kernel's word in sysfs, for example {@code running} or {@code offline}
 * @param aluaPriority whether the priority was told by the array, so that groups may follow it
 * @param adminFailed failed by an operator: a fault must not be seen in it
 * @param sizeSectors 512-byte sectors
 * @param handler the hardware handler that the map of such a path needs
 * @param grouping by what it may be grouped, besides its priority
 */
public record PathReport(
        Wwid wwid,
        DeviceName name,
        DevT device,
        Hctl hctl,
        Nexus nexus,
        PathState state,
        UnitProof unit,
        Priority priority,
        boolean aluaPriority,
        String deviceState,
        boolean adminFailed,
        boolean readOnly,
        long sizeSectors,
        String vendor,
        String product,
        HardwareHandler handler,
        GroupingFacts grouping) {

    /** What forbids a path goes before what was found of it: nothing can call it good that must not be used, and no check can change that. */
    public PathReport {
        var mayWork = state.isUsable() || state == PathState.DELAYED;
        if ((adminFailed && (mayWork || state == PathState.PENDING)) || (unit == UnitProof.ANOTHER && mayWork)) {
            state = PathState.DOWN;
        }
    }

    public PathReport with(PathState newState) {
        return with(newState, unit);
    }

    /** The same path while nobody knows whether it still is the unit that it was. */
    public PathReport inDoubt() {
        return with(PathState.PENDING, UnitProof.OPEN);
    }

    private PathReport with(PathState newState, UnitProof newUnit) {
        return new PathReport(
                wwid,
                name,
                device,
                hctl,
                nexus,
                newState,
                newUnit,
                priority,
                aluaPriority,
                deviceState,
                adminFailed,
                readOnly,
                sizeSectors,
                vendor,
                product,
                handler,
                grouping);
    }

    /** Whether a check may yet tell that the path can be used, so that I/O had better wait for it. */
    public boolean isUndecided() {
        return (state == PathState.UNCHECKED || state == PathState.PENDING) && unit != UnitProof.OVERDUE;
    }
}
