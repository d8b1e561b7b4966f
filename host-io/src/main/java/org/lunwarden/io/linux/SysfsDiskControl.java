package org.lunwarden.io.linux;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.lunwarden.io.DiskControl;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.IoResult.Done;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Hctl;

/** Writes to the files of a disk, and of what it hangs on, in sysfs. */
record SysfsDiskControl(SysfsTree tree) implements DiskControl {

    @Override
    public IoResult<String> read(DeviceName disk, Attribute attribute) {
        return file(disk, attribute)
                .map(tree::text)
                .filter(text -> !text.isEmpty())
                .<IoResult<String>>map(IoResult.Ok::new)
                .orElseGet(() -> LibC.refused(LibC.ENOENT, "read " + attribute.word() + " of " + disk));
    }

    @Override
    public IoResult<Done> write(DeviceName disk, Attribute attribute, String value) {
        return file(disk, attribute)
                .map(file -> tree.write(file, value))
                .orElseGet(() -> LibC.refused(LibC.ENOENT, "write " + attribute.word() + " of " + disk));
    }

    @Override
    public IoResult<Done> reread(DeviceName disk, DevT device) {
        return folder(disk, device)
                .map(folder ->
                        tree.write(folder + "/device/rescan", "1").then(done -> tree.write(folder + "/uevent", "add")))
                .orElseGet(() -> LibC.refused(LibC.ENODEV, "reread " + disk));
    }

    @Override
    public IoResult<Done> change(DeviceName disk, DevT device) {
        return folder(disk, device)
                .map(folder -> tree.write(folder + "/uevent", "change"))
                .orElseGet(() -> LibC.refused(LibC.ENODEV, "have udev look at " + disk));
    }

    @Override
    public IoResult<Done> judgeAnew(DeviceName disk, DevT device, boolean isPath) {
        var event = isPath ? "change" : "add";
        return folder(disk, device)
                .map(folder -> Stream.concat(Stream.of(folder), partitions(folder))
                        .map(part -> tree.write(part + "/uevent", event))
                        .reduce(IoResult.done(), (before, next) -> before.then(done -> next)))
                .orElseGet(() -> LibC.refused(LibC.ENODEV, "have udev judge " + disk + " anew"));
    }

    private Stream<String> partitions(String folder) {
        return tree.names(folder).stream()
                .map(name -> folder + "/" + name)
                .filter(part -> tree.exists(part + "/partition"));
    }

    @Override
    public IoResult<Done> delete(DeviceName disk, DevT device) {
        return folder(disk, device)
                .map(folder -> tree.write(folder + "/device/delete", "1"))
                .orElseGet(() -> LibC.refused(LibC.ENODEV, "delete " + disk));
    }

    /** By the number, so that no device that got the name meanwhile is meant. */
    private Optional<String> folder(DeviceName disk, DevT device) {
        var folder = "sys/dev/block/" + device;
        var parts = tree.linkParts(folder);
        return !parts.isEmpty() && parts.getLast().equals(disk.value()) ? Optional.of(folder) : Optional.empty();
    }

    private Optional<String> file(DeviceName disk, Attribute attribute) {
        var parts = tree.linkParts("sys/block/" + disk);
        return switch (attribute) {
            case FAST_IO_FAIL_TMO, DEV_LOSS_TMO, PORT_STATE ->
                of("fc_remote_ports", TransportFacts.remotePort(parts), attribute);
            case RECOVERY_TMO -> of("iscsi_session", TransportFacts.session(parts), attribute);
            case I_T_NEXUS_LOSS_TIMEOUT -> of("sas_end_device", TransportFacts.endDevice(parts), attribute);
            case EH_DEADLINE -> of("scsi_host", TransportFacts.host(parts), attribute);
            case MAX_RETRIES -> of("scsi_disk", address(parts), attribute);
        };
    }

    private static Optional<String> of(String kind, Optional<String> name, Attribute attribute) {
        return name.map(of -> "sys/class/" + kind + "/" + of + "/" + attribute.word());
    }

    private static Optional<String> address(List<String> parts) {
        return parts.stream().filter(part -> Hctl.parse(part).isPresent()).reduce((first, second) -> second);
    }
}
