package org.lunwarden.io.linux;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.lunwarden.io.BlockDevices.Listed;
import org.lunwarden.io.BlockDevices.Live;
import org.lunwarden.io.Disk;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Hctl;
import org.lunwarden.model.map.HardwareHandler;
import org.lunwarden.model.scsi.Decoded;
import org.lunwarden.model.scsi.StandardInquiry;

/** Reads disks from sysfs. */
record SysfsDisks(
        SysfsTree tree, TransportFacts transports, NvmeFacts nvmes, Function<DeviceName, Map<String, String>> udev) {

    private static final Pattern SCSI = Pattern.compile("sd[a-z]+");
    /** Seconds; more is no number that a kernel tells. */
    private static final long LONGEST_TIMEOUT = Integer.MAX_VALUE;

    private static final Pattern NVME = Pattern.compile("nvme\\d+n\\d+");

    SysfsDisks(SysfsTree tree, TransportFacts transports, Function<DeviceName, Map<String, String>> udev) {
        this(tree, transports, new NvmeFacts(transports.tree(), transports.addresses()), udev);
    }

    List<Listed> list() {
        return tree.names("sys/block").stream()
                .filter(SysfsDisks::isDisk)
                .map(DeviceName::new)
                .sorted()
                .map(name -> new Listed(name, number(name)))
                .toList();
    }

    private Optional<DevT> number(DeviceName name) {
        return DevT.parse(tree.text("sys/block/" + name + "/dev"));
    }

    /** The parts of the device's path, from the root on; the disk's folder is below it, an SCSI disk's in {@code block}. */
    private List<String> deviceParts(DeviceName name) {
        var parts = tree.linkParts("sys/block/" + name);
        var below = parts.size() > 1 && parts.get(parts.size() - 2).equals("block") ? 2 : 1;
        return parts.isEmpty() ? List.of() : parts.subList(0, parts.size() - below);
    }

    private static Optional<Hctl> address(DeviceName name, List<String> parts) {
        return isNvme(name) || parts.isEmpty() ? Optional.empty() : Hctl.parse(parts.getLast());
    }

    private static boolean isNvme(DeviceName name) {
        return NVME.matcher(name.value()).matches();
    }

    private static boolean isDisk(String name) {
        return SCSI.matcher(name).matches() || NVME.matcher(name).matches();
    }

    /** Empty when there is no such disk, or no longer. */
    Optional<Disk> disk(DeviceName name) {
        var block = "sys/block/" + name;
        var device = number(name);
        if (device.isEmpty() || !isDisk(name.value()) || isHidden(name, block)) {
            return Optional.empty();
        }
        var nvme = isNvme(name);
        var live = live(tree, name);
        var parts = deviceParts(name);
        return Optional.of(new Disk(
                name,
                device.get(),
                address(name, parts),
                nvme ? "NVME" : tree.text(block + "/device/vendor"),
                tree.text(block + "/device/model"),
                tree.text(block + (nvme ? "/device/firmware_rev" : "/device/rev")),
                Math.max(0, tree.number(block + "/size").orElse(0)),
                tree.text(block + "/ro").equals("1"),
                live.state(),
                live.accessState(),
                live.preferredPath(),
                handler(block + "/device"),
                tree.bytes(block + "/device/vpd_pg80"),
                tree.bytes(block + "/device/vpd_pg83"),
                udev.apply(name),
                nvme ? nvmes.of(block, parts) : transports.of(block, parts),
                timeout(block)));
    }

    private Optional<Duration> timeout(String block) {
        var seconds = tree.number(block + "/device/timeout").orElse(0);
        return seconds > 0 && seconds <= LONGEST_TIMEOUT ? Optional.of(Duration.ofSeconds(seconds)) : Optional.empty();
    }

    private HardwareHandler handler(String device) {
        var attached = tree.text(device + "/dh_state");
        var running = attached.equals("detached") ? "" : attached;
        return StandardInquiry.parse(tree.bytes(device + "/inquiry")) instanceof Decoded.Ok(var inquiry)
                ? new HardwareHandler(running, inquiry.hasTargetPortGroups(), inquiry.isImplicitOnly())
                : new HardwareHandler(running, false);
    }

    /** The kernel hides the paths of an NVMe device that it joins itself. */
    private boolean isHidden(DeviceName name, String block) {
        return isNvme(name) && tree.text(block + "/hidden").equals("1");
    }

    static Live live(SysfsTree tree, DeviceName name) {
        var device = "sys/block/" + name + "/device";
        var access = tree.text(device + "/access_state");
        var preferred = access.isEmpty() ? Optional.<Boolean>empty() : flag(tree, device + "/preferred_path");
        return new Live(tree.text(device + "/state"), access, preferred);
    }

    private static Optional<Boolean> flag(SysfsTree tree, String path) {
        return switch (tree.text(path)) {
            case "1" -> Optional.of(true);
            case "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
