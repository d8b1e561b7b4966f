package org.lunwarden.node.topology;

import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;

import org.lunwarden.io.Disk;
import org.lunwarden.io.PortFacts;
import org.lunwarden.model.Component;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Transport;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.scsi.Decoded;
import org.lunwarden.model.scsi.DeviceIdentification;

/**
 * The two ends of a disk's path and what lies between them. Two hosts name one component by the same id, and a restart
 * changes none: ids are made of what the hardware calls itself, and a host's own numbers stand only behind the host's
 * name.
 *
 * @param components sorted, each once
 * @param whole whether the kernel told all it knows of a working path; of one that is down it has forgotten a part
 */
public record NexusFacts(Nexus nexus, Transport transport, List<Component> components, boolean whole) {

    public NexusFacts {
        components = List.copyOf(new TreeSet<>(components));
    }

    public static NexusFacts of(HostId host, Disk disk) {
        return switch (disk.ports()) {
            case PortFacts.Fc fc -> FcPath.facts(host, disk, fc);
            case PortFacts.Iscsi iscsi -> IscsiPath.facts(host, disk, iscsi);
            case PortFacts.Sas sas -> SasPath.facts(host, disk, sas);
            case PortFacts.Nvme nvme -> NvmePath.facts(host, disk, nvme);
            case PortFacts.Opaque opaque -> OpaquePath.facts(host, disk, opaque);
        };
    }

    /** What the logical unit itself says of the port it was reached by; without designators where it says nothing. */
    static DeviceIdentification identification(Disk disk) {
        return switch (DeviceIdentification.parse(disk.vpd83())) {
            case Decoded.Ok<DeviceIdentification>(var page) -> page;
            case Decoded.Invalid<DeviceIdentification> unreadable ->
                new DeviceIdentification(List.of(), List.of(), OptionalInt.empty());
        };
    }
}
