package org.lunwarden.path.prio;

import org.lunwarden.model.PathState;
import org.lunwarden.model.map.Priority;

/** The outcome of one reading of a path's priority. */
public sealed interface PrioReading {

    /** @param alua whether the array told it */
    record Read(Priority priority, boolean alua) implements PrioReading {}

    record Failed(String why) implements PrioReading {}

    /** Not asked, since the path cannot answer now, or we cannot ask. */
    record Skipped() implements PrioReading {}

    /** The priority to go on with: one that cannot be read is undefined, unless the kernel holds the path back. */
    default Priority after(Priority old, PathState sysfs) {
        return switch (this) {
            case Read(var priority, var alua) -> priority;
            case Failed(var why) -> sysfs == PathState.UP ? Priority.UNDEFINED : old;
            case Skipped() -> old;
        };
    }
}
