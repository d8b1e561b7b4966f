package org.lunwarden.node.topology;

import java.util.List;

import org.lunwarden.io.Disk;
import org.lunwarden.io.PortFacts;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Transport;
import org.lunwarden.model.fleet.HostId;

/** A path whose transport names no ports: what is left is the host and its own number of the adapter. */
final class OpaquePath {

    private OpaquePath() {}

    static NexusFacts facts(HostId host, Disk disk, PortFacts.Opaque ports) {
        var adapter = "scsi-host-" + ports.hostNumber();
        var components = List.of(
                new Component(ComponentClass.HOST, host.value()),
                new Component(ComponentClass.HBA_PORT, host + "/" + adapter));
        return new NexusFacts(new Nexus(adapter, target(disk)), Transport.OPAQUE, components, true);
    }

    /** The initiator by the kernel's number of the adapter. */
    static String initiator(Disk disk) {
        return disk.hctl().map(hctl -> "scsi-host-" + hctl.host()).orElseGet(() -> "device-" + disk.name());
    }

    /** The target by its number on the adapter. */
    static String target(Disk disk) {
        return disk.hctl()
                .map(hctl -> "scsi-target-" + hctl.channel() + ":" + hctl.target())
                .orElseGet(() -> "device-" + disk.name());
    }
}
