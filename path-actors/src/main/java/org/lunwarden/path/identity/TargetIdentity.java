package org.lunwarden.path.identity;

import org.lunwarden.io.Disk;
import org.lunwarden.io.PortFacts;
import org.lunwarden.model.map.GroupingFacts;
import org.lunwarden.model.nvme.FabricAddress;
import org.lunwarden.model.scsi.Decoded;
import org.lunwarden.model.scsi.DeviceIdentification;
import org.lunwarden.model.scsi.UnitSerialNumber;

/** Tells by what a disk's path may be grouped: the serial number, the target, the target port group. Pure. */
public final class TargetIdentity {

    private TargetIdentity() {}

    public static GroupingFacts of(Disk disk) {
        return new GroupingFacts(serial(disk), targetNode(disk.ports()), portGroup(disk), false);
    }

    private static String serial(Disk disk) {
        return switch (UnitSerialNumber.parse(disk.vpd80())) {
            case Decoded.Ok<String>(var serial) -> serial;
            case Decoded.Invalid<String> unusable -> disk.ports() instanceof PortFacts.Nvme nvme ? nvme.serial() : "";
        };
    }

    private static String targetNode(PortFacts ports) {
        return switch (ports) {
            case PortFacts.Fc fc -> fc.remoteNodeName();
            case PortFacts.Iscsi iscsi -> iscsi.targetName();
            case PortFacts.Sas sas -> sas.targetAddress();
            case PortFacts.Nvme nvme ->
                FabricAddress.parse(nvme.address())
                        .targetPort()
                        .map(port -> "0x" + port.node())
                        .orElse(nvme.subsystemNqn());
            case PortFacts.Opaque opaque -> "";
        };
    }

    private static int portGroup(Disk disk) {
        return switch (DeviceIdentification.parse(disk.vpd83())) {
            case Decoded.Ok<DeviceIdentification>(var page) ->
                page.targetPortGroup().orElse(GroupingFacts.NO_PORT_GROUP);
            case Decoded.Invalid<DeviceIdentification> unusable -> GroupingFacts.NO_PORT_GROUP;
        };
    }
}
