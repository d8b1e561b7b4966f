package org.lunwarden.io.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.lunwarden.io.PortFacts;

/**
 * Reads from sysfs which ports a disk's path joins. The parts of the device's path tell the transport:
 *
 * <pre>
 * FC     …/hostH/rport-H:B-R/targetH:B:T/H:B:T:L
 * iSCSI  …/hostH/sessionN/targetH:B:T/H:B:T:L           connectionN:C beside the target
 * SAS    …/hostH/port-H:P/[expander-H:E/port-H:E:P/]end_device-H:P/targetH:B:T/H:B:T:L
 * USB    …/usbN/…/hostH/targetH:B:T/H:B:T:L
 * ATA    …/ataN/hostH/targetH:B:T/H:B:T:L
 * </pre>
 */
record TransportFacts(SysfsTree tree, LocalAddresses addresses) {

    private static final Pattern HOST = Pattern.compile("host(\\d{1,9})");
    private static final Pattern TARGET = Pattern.compile("target\\d+:\\d+:\\d+");
    private static final Pattern REMOTE_PORT = Pattern.compile("rport-\\d+:\\d+-\\d+");
    private static final Pattern SESSION = Pattern.compile("session\\d+");
    private static final Pattern END_DEVICE = Pattern.compile("end_device-\\d+(:\\d+){1,2}");
    private static final Pattern USB = Pattern.compile("usb\\d+");
    private static final Pattern ATA = Pattern.compile("ata\\d+");
    private static final Pattern EXPANDER = Pattern.compile("expander-\\d+:\\d+");

    /** For one listing: what is said of a host, a remote port or a session is read once for all its disks. */
    TransportFacts readOnce() {
        return new TransportFacts(tree.readOnce(), addresses.readOnce());
    }

    /**
     * @param block folder of the disk below {@code sys/block}
     * @param parts of the path that the folder's {@code device} leads to
     */
    PortFacts of(String block, List<String> parts) {
        var host = host(parts).orElse("");
        var remotePort = remotePort(parts);
        var session = session(parts);
        var endDevice = endDevice(parts);
        if (remotePort.isPresent() && !host.isEmpty()) {
            return fc(host, remotePort.get());
        }
        if (session.isPresent() && !host.isEmpty()) {
            return iscsi(host, session.get(), String.join("/", parts.subList(0, parts.indexOf(session.get()) + 1)));
        }
        if (endDevice.isPresent() && !host.isEmpty()) {
            return sas(host, endDevice.get(), parts, block);
        }
        return new PortFacts.Opaque(driver(host), number(host), bus(parts));
    }

    private static PortFacts.Bus bus(List<String> parts) {
        if (parts.stream().anyMatch(part -> USB.matcher(part).matches())) {
            return PortFacts.Bus.USB;
        }
        return parts.stream().anyMatch(part -> ATA.matcher(part).matches()) ? PortFacts.Bus.ATA : PortFacts.Bus.OTHER;
    }

    private PortFacts fc(String host, String remotePort) {
        var ours = "sys/class/fc_host/" + host + "/";
        var theirs = "sys/class/fc_remote_ports/" + remotePort + "/";
        return new PortFacts.Fc(
                tree.text(ours + "port_name"),
                tree.text(ours + "node_name"),
                tree.text(ours + "port_id"),
                tree.text(ours + "fabric_name"),
                tree.text(ours + "port_type"),
                tree.text(ours + "port_state"),
                tree.text(theirs + "port_name"),
                tree.text(theirs + "node_name"),
                tree.text(theirs + "port_id"),
                tree.text(theirs + "port_state"),
                model(host),
                driver(host),
                firmware(host));
    }

    private PortFacts iscsi(String host, String session, String sessionFolder) {
        var of = "sys/class/iscsi_session/" + session + "/";
        var connection = tree.names(sessionFolder).stream()
                .filter(name -> name.startsWith("connection"))
                .findFirst()
                .orElse("connection");
        var by = "sys/class/iscsi_connection/" + connection + "/";
        var portal = tree.text(by + "address");
        var hostFolder = "sys/class/iscsi_host/" + host + "/";
        var local = addresses.towards(
                tree.firstText(List.of(by + "local_ipaddr", hostFolder + "ipaddress")),
                tree.text(hostFolder + "netdev"),
                portal);
        return new PortFacts.Iscsi(
                known(tree.firstText(List.of(of + "initiatorname", hostFolder + "initiatorname"))),
                known(tree.text(of + "ifacename")),
                tree.text(of + "targetname"),
                tree.text(of + "tpgt"),
                portal,
                tree.text(by + "persistent_address"),
                tree.firstText(List.of(by + "port", by + "persistent_port")),
                local.map(LocalAddresses.Local::device).orElse(""),
                local.map(LocalAddresses.Local::toString).orElse(""),
                tree.text(of + "state"));
    }

    private PortFacts sas(String host, String endDevice, List<String> parts, String block) {
        var expanders = new ArrayList<String>();
        for (var part : parts) {
            if (EXPANDER.matcher(part).matches()) {
                expanders.add(tree.text("sys/class/sas_device/" + part + "/sas_address"));
            }
        }
        return new PortFacts.Sas(
                tree.text("sys/class/scsi_host/" + host + "/host_sas_address"),
                tree.firstText(
                        List.of(block + "/device/sas_address", "sys/class/sas_device/" + endDevice + "/sas_address")),
                String.join(" ", expanders).strip(),
                model(host),
                driver(host),
                firmware(host));
    }

    private String model(String host) {
        return tree.firstText(List.of(
                "sys/class/fc_host/" + host + "/model",
                "sys/class/scsi_host/" + host + "/modelname",
                "sys/class/scsi_host/" + host + "/model_name",
                "sys/class/scsi_host/" + host + "/version_product",
                "sys/class/scsi_host/" + host + "/board_name"));
    }

    private String firmware(String host) {
        return tree.firstText(List.of(
                "sys/class/fc_host/" + host + "/firmware_version",
                "sys/class/scsi_host/" + host + "/fwrev",
                "sys/class/scsi_host/" + host + "/fw_version",
                "sys/class/scsi_host/" + host + "/version_fw"));
    }

    private String driver(String host) {
        return known(tree.text("sys/class/scsi_host/" + host + "/proc_name"));
    }

    /** The kernel prints a missing text as {@code (null)} or {@code <NULL>}. */
    private static String known(String text) {
        return text.equals("(null)") || text.equals("<NULL>") ? "" : text;
    }

    static Optional<String> host(List<String> parts) {
        return last(parts, HOST);
    }

    /** Host, channel and target of a SCSI device. */
    static Optional<String> target(List<String> parts) {
        return last(parts, TARGET);
    }

    static Optional<String> remotePort(List<String> parts) {
        return last(parts, REMOTE_PORT);
    }

    static Optional<String> session(List<String> parts) {
        return last(parts, SESSION);
    }

    static Optional<String> endDevice(List<String> parts) {
        return last(parts, END_DEVICE);
    }

    private static Optional<String> last(List<String> parts, Pattern shape) {
        return parts.reversed().stream()
                .filter(part -> shape.matcher(part).matches())
                .findFirst();
    }

    private static int number(String host) {
        var match = HOST.matcher(host);
        return match.matches() ? Integer.parseInt(match.group(1)) : -1;
    }
}
