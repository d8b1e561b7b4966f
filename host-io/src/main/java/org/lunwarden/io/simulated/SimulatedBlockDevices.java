package org.lunwarden.io.simulated;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.Disk;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.PortFacts;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Hctl;
import org.lunwarden.model.map.HardwareHandler;

/** The disks of a simulated host: {@code sda} is local and mounted, the others are paths. */
final class SimulatedBlockDevices implements BlockDevices, BlockDevices.Look {

    private static final DeviceName LOCAL = Names.disk(0);
    private static final Holders LOCAL_HOLDERS = new Holders(List.of("mounted on /"), Set.of());

    private final SimulatedKernel kernel;

    SimulatedBlockDevices(SimulatedKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public Look look() {
        return this;
    }

    @Override
    public IoResult<List<Listed>> list() {
        synchronized (kernel.san.lock) {
            var all = new ArrayList<Listed>();
            all.add(new Listed(LOCAL, Optional.of(local().device())));
            kernel.disks.values().forEach(device -> all.add(new Listed(device.name(), Optional.of(device.number()))));
            return new IoResult.Ok<>(List.copyOf(all));
        }
    }

    @Override
    public IoResult<Disk> disk(DeviceName name) {
        synchronized (kernel.san.lock) {
            if (name.equals(LOCAL)) {
                return new IoResult.Ok<>(local());
            }
            return found(name, "disk").then(device -> new IoResult.Ok<>(describe(device)));
        }
    }

    @Override
    public IoResult<Live> live(DeviceName name) {
        synchronized (kernel.san.lock) {
            if (name.equals(LOCAL)) {
                return new IoResult.Ok<>(new Live("running", "", Optional.empty()));
            }
            return found(name, "live")
                    .then(device ->
                            new IoResult.Ok<>(new Live(device.state(), accessState(device), preferredPath(device))));
        }
    }

    @Override
    public IoResult<Holders> stackedOn(DeviceName name) {
        synchronized (kernel.san.lock) {
            return name.equals(LOCAL)
                    ? new IoResult.Ok<>(LOCAL_HOLDERS)
                    : found(name, "stacked on").then(device -> new IoResult.Ok<>(kernel.uses.stackedOn(device)));
        }
    }

    @Override
    public IoResult<Holders> holders(DeviceName name) {
        kernel.awaitRecovery(name);
        synchronized (kernel.san.lock) {
            if (name.equals(LOCAL)) {
                return new IoResult.Ok<>(LOCAL_HOLDERS);
            }
            return found(name, "holders").then(device -> new IoResult.Ok<>(kernel.uses.holders(device)));
        }
    }

    /** What udev knows of a path. */
    static Map<String, String> udev(SimulatedKernel kernel, PathDevice device) {
        if (device.lun.array.isNvme()) {
            return namespace(device);
        }
        var lun = device.lun;
        var properties = new HashMap<String, String>();
        properties.put(
                "DEVPATH",
                "/devices/simulated/host%d/target%d:0:%d/%s/block/%s"
                        .formatted(
                                device.hctl().host(),
                                device.hctl().host(),
                                device.hctl().target(),
                                device.hctl(),
                                device.name()));
        properties.putAll(
                common(device.name(), device.number().major(), device.number().minor()));
        properties.put("ID_VENDOR", lun.array.vendor.replace(' ', '_'));
        properties.put("ID_MODEL", lun.array.product.replace(' ', '_'));
        properties.put("ID_SERIAL", lun.wwid());
        properties.put("ID_SERIAL_SHORT", lun.wwid().substring(1));
        properties.put("ID_WWN", "0x" + lun.wwid().substring(1, 17));
        properties.put("ID_WWN_WITH_EXTENSION", "0x" + lun.wwid().substring(1));
        properties.put("ID_SCSI_SERIAL", lun.serial());
        properties.put("ID_TARGET_PORT", Integer.toString(device.link.target.relative));
        return properties;
    }

    private static Map<String, String> namespace(PathDevice device) {
        return Map.of(
                "DEVPATH", "/devices/virtual/nvme-fabrics/ctl/nvme%d/%s".formatted(device.index, device.name()),
                "SUBSYSTEM", "block",
                "DEVTYPE", "disk",
                "DEVNAME", "/dev/" + device.name(),
                "MAJOR", Integer.toString(device.number().major()),
                "MINOR", Integer.toString(device.number().minor()),
                "ID_MODEL", device.lun.array.product.replace(' ', '_'),
                "ID_SERIAL_SHORT", device.lun.array.name,
                "ID_WWN", device.lun.wwid());
    }

    private static Map<String, String> common(DeviceName name, int major, int minor) {
        return Map.of(
                "SUBSYSTEM", "block",
                "DEVTYPE", "disk",
                "DEVNAME", "/dev/" + name,
                "MAJOR", Integer.toString(major),
                "MINOR", Integer.toString(minor),
                "ID_BUS", "scsi",
                "ID_SCSI", "1",
                "ID_TYPE", "disk",
                "ID_REVISION", "0001");
    }

    private IoResult<PathDevice> found(DeviceName name, String call) {
        return kernel.disk(name)
                .<IoResult<PathDevice>>map(IoResult.Ok::new)
                .orElseGet(() -> Errno.ENODEV.refused(call + " " + name));
    }

    private Disk describe(PathDevice device) {
        var lun = device.lun;
        var nvme = lun.array.isNvme();
        return new Disk(
                device.name(),
                device.number(),
                Optional.of(device.hctl()).filter(hctl -> !nvme),
                lun.array.vendor,
                lun.array.product,
                "0001",
                device.sectors,
                false,
                device.state(),
                accessState(device),
                preferredPath(device),
                nvme ? HardwareHandler.NONE : new HardwareHandler("alua", true),
                nvme ? List.of() : ScsiAnswers.list(ScsiAnswers.unitSerialNumber(device)),
                nvme ? List.of() : ScsiAnswers.list(ScsiAnswers.identification(device)),
                udev(kernel, device),
                nvme ? NvmeAnswers.ports(device) : facts(device.link),
                Optional.empty());
    }

    private Disk local() {
        var udev = new HashMap<>(common(LOCAL, 8, 0));
        udev.put("DEVPATH", "/devices/simulated/host0/target0:0:0/0:0:0:0/block/sda");
        udev.put("ID_SERIAL", "LOCAL_DISK_" + kernel.name);
        return new Disk(
                LOCAL,
                Names.number(0),
                Optional.of(new Hctl(0, 0, 0, 0)),
                "ATA",
                "LOCAL DISK",
                "0001",
                40L * 1024 * 1024 * 2,
                false,
                "running",
                "",
                Optional.empty(),
                HardwareHandler.NONE,
                List.of(),
                List.of(),
                udev,
                new PortFacts.Opaque("ahci", 0),
                Optional.empty());
    }

    /** An NVMe namespace has no hardware handler that would follow it. */
    private static String accessState(PathDevice device) {
        return device.lun.array.isNvme() ? "" : ScsiAnswers.state(device).sysfsWord();
    }

    private static Optional<Boolean> preferredPath(PathDevice device) {
        return device.lun.array.isNvme()
                ? Optional.empty()
                : Optional.of(device.link.target.controller == device.lun.preferred);
    }

    private static PortFacts facts(Link link) {
        return link.initiator.fabric.subnet.isPresent() ? iscsi(link) : fc(link);
    }

    private static PortFacts fc(Link link) {
        var port = link.initiator;
        var target = link.target;
        var online = port.hasLink();
        var remote = switch (link.state) {
            case UP -> "Online";
            case BLOCKED, FAILED -> "Blocked";
            case LOST -> "Not Present";
        };
        return new PortFacts.Fc(
                Names.sysfs(port.wwpn),
                Names.sysfs(port.wwpn + 0x1000_0000_0000_0000L),
                online ? Names.fcid(port.fcid) : "0x000000",
                online ? Names.sysfs(port.fabric.wwn) : "0x0",
                online ? "NPort (fabric via point-to-point)" : "Unknown",
                online ? "Online" : "Linkdown",
                Names.sysfs(target.wwpn),
                Names.sysfs(target.controller.array.wwnn),
                Names.fcid(target.fcid),
                remote,
                "LW16002",
                "simulated",
                "14.2.0");
    }

    private static PortFacts iscsi(Link link) {
        var port = link.initiator;
        var target = link.target;
        return new PortFacts.Iscsi(
                "iqn.2026-11.org.lunwarden.host:" + port.host,
                "default",
                target.controller.array.iqn,
                Integer.toString(target.controller.group),
                target.address,
                target.address,
                "3260",
                port.netDevice,
                port.address,
                link.state == Link.State.UP ? "LOGGED_IN" : "FAILED");
    }
}
