package org.lunwarden.io;

import java.util.function.Consumer;

import org.lunwarden.model.fc.FabricEvent;

/** What the FC adapters of one host hear from their fabrics. */
public interface FabricEvents {

    /**
     * Hears of every event from now on, in order, on one thread; the listener must not block. A kernel that has no such
     * events tells none until it has.
     */
    Subscription onFabricEvent(Consumer<Said> listener);

    sealed interface Said {}

    /**
     * @param adapter name of the port that heard it, as sysfs writes it, which an NVMe controller is reached through
     *     without a SCSI host; empty where the kernel tells none
     */
    record Heard(FabricEvent event, String adapter) implements Said {}

    /** Events were not heard, of whichever adapter: a warning's end may have been among them. */
    record Missed() implements Said {}
}
