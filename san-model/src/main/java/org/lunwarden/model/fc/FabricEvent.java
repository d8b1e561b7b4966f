package org.lunwarden.model.fc;

import java.util.Set;

/** What the kernel's FC transport class tells. */
public sealed interface FabricEvent {

    /** SCSI host number of the adapter that heard it. */
    int host();

    /**
     * A fabric performance impact notification (FC-LS-5) with errors of a link.
     *
     * @param ports names of the ports that it concerns, as sysfs writes them, for example {@code 0x500a0980000000a1}
     */
    record LinkErrors(int host, Set<String> ports) implements FabricEvent {
        public LinkErrors {
            ports = Set.copyOf(ports);
        }
    }

    /** The adapter's own link came up. */
    record LinkUp(int host) implements FabricEvent {}

    /** A registered state change notification: a port came, went, or is repaired. */
    record FabricChanged(int host) implements FabricEvent {}
}
