package org.lunwarden.map.plan;

import org.lunwarden.io.IoResult.Refused;

/** What a look into the kernel for one WWID's map found. */
public sealed interface KernelView {

    /** Whether the kernel is known to have no such map. */
    default boolean lacksIt() {
        return this instanceof Absent || this instanceof NameTaken;
    }

    /** There is no such map, and no device has its name. */
    record Absent() implements KernelView {}

    /** @param event number of the newest event that the map shows for sure */
    record Present(KernelMap map, long event) implements KernelView {}

    /** There is no such map, and the name that it was to have belongs to something else. */
    record NameTaken(String reason) implements KernelView {}

    /** The map is none that we understand: it is not ours to touch. */
    record Foreign(String reason) implements KernelView {}

    /** The kernel did not answer. */
    record Unreadable(Refused<?> refusal) implements KernelView {}

    /** Whether nobody's I/O waits for the end of a suspension, as far as is known. */
    default boolean isSettled() {
        return switch (this) {
            case Present(var map, var event) -> !map.suspended();
            case Absent absent -> true;
            case NameTaken taken -> true;
            case Foreign foreign -> true;
            case Unreadable unknown -> false;
        };
    }
}
