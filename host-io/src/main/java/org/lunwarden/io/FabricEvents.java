package org.lunwarden.io;

import java.util.function.Consumer;

import org.lunwarden.model.fc.FabricEvent;

/** What the FC adapters of one host hear from their fabrics. */
public interface FabricEvents {

    /**
     * Hears of every event from now on, in order, on one thread; the listener must not block. A kernel that has no such
     * events tells none.
     */
    Subscription onFabricEvent(Consumer<Heard> listener);

    /**
     * @param adapter name of the port that heard it, as sysfs writes it, which an NVMe controller is reached through
     *     without a SCSI host; empty where the kernel tells none
     */
    record Heard(FabricEvent event, String adapter) {}
}
