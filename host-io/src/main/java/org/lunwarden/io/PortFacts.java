package org.lunwarden.io;

/**
 * What the kernel's transport class tells of the two ends of a disk's path. Texts are as sysfs has them, without the
 * newline; what is missing is empty. Sources: {@code drivers/scsi/scsi_transport_fc.c}, {@code scsi_transport_iscsi.c},
 * {@code scsi_transport_sas.c}.
 */
public sealed interface PortFacts {

    /**
     * @param hostPortName {@code fc_host/hostN/port_name}, for example {@code 0x10000000c9a00001}
     * @param hostPortId {@code fc_host/hostN/port_id}: FCID, for example {@code 0x010200}
     * @param fabricName may be {@code 0x0} or all ones: a hint only
     * @param remotePortId {@code fc_remote_ports/…/port_id}
     * @param model adapter model; with {@code driver} and {@code firmware} it makes the firmware class
     */
    record Fc(
            String hostPortName,
            String hostNodeName,
            String hostPortId,
            String fabricName,
            String hostPortType,
            String hostPortState,
            String remotePortName,
            String remoteNodeName,
            String remotePortId,
            String remotePortState,
            String model,
            String driver,
            String firmware)
            implements PortFacts {}

    /**
     * @param targetPortalGroup {@code tpgt}, decimal
     * @param address portal in use, {@code persistentAddress} portal as configured
     * @param netDevice interface that reaches the portal, from the session or the route
     * @param localAddress our address on it, with the prefix length: {@code 10.1.0.1/24}
     */
    record Iscsi(
            String initiatorName,
            String interfaceName,
            String targetName,
            String targetPortalGroup,
            String address,
            String persistentAddress,
            String port,
            String netDevice,
            String localAddress,
            String sessionState)
            implements PortFacts {}

    /** @param expanders SAS addresses of the expanders on the way, nearest to the host first, joined by blanks */
    record Sas(String hostAddress, String targetAddress, String expanders, String model, String driver, String firmware)
            implements PortFacts {}

    /**
     * An NVMe namespace and the controller that it is reached through. Source: {@code drivers/nvme/host/sysfs.c}.
     *
     * @param controller for example {@code nvme0}; empty where the kernel joins the paths of the namespace itself
     * @param transport of the controller, for example {@code tcp}
     * @param address of the controller, read by {@link org.lunwarden.model.nvme.FabricAddress}
     * @param serial of the controller
     * @param wwid what the kernel calls the namespace, for example {@code uuid.0b7a…}
     * @param namespace its number at the controller (NSID); 0 where the kernel tells none
     * @param netDevice interface that reaches the address
     * @param localAddress our address on it, with the prefix length
     */
    record Nvme(
            String controller,
            String transport,
            String address,
            String hostNqn,
            String subsystemNqn,
            String serial,
            String wwid,
            long namespace,
            String netDevice,
            String localAddress)
            implements PortFacts {}

    /** The kernel tells nothing but which SCSI host it is, for example scsi_debug, and what that stands on. */
    record Opaque(String hostDriver, int hostNumber, Bus bus) implements PortFacts {

        public Opaque(String hostDriver, int hostNumber) {
            this(hostDriver, hostNumber, Bus.OTHER);
        }
    }

    /** What a SCSI host stands on, as far as its disks are told apart by it. */
    enum Bus {
        USB,
        ATA,
        OTHER
    }
}
