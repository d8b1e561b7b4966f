package org.lunwarden.map.plan;

import org.lunwarden.io.IoResult.Refused;

/** What a look into the kernel for one WWID's map found. */
public sealed interface KernelView {

    /** No device has the map's name. */
    record Absent() implements KernelView {}

    record Present(KernelMap map) implements KernelView {}

    /** The name belongs to something else, or the map is none that we understand: it is not ours to touch. */
    record Foreign(String reason) implements KernelView {}

    /** The kernel did not answer. */
    record Unreadable(Refused<?> refusal) implements KernelView {}
}
