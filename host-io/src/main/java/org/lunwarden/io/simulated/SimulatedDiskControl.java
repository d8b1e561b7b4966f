package org.lunwarden.io.simulated;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.lunwarden.io.DiskControl;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.IoResult.Done;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;

/**
 * The attributes of a simulated host, with the rules of the FC transport class. They are kept; the pace at which links
 * fail is the builder's whatever they say. Source: Linux {@code drivers/scsi/scsi_transport_fc.c}.
 */
final class SimulatedDiskControl implements DiskControl {

    private static final long LONGEST_BLOCK = 600;
    private static final String OFF = "off";

    /** By what has them: a link, a SCSI host, a disk. */
    private record Place(String of, Attribute attribute) {}

    private final SimulatedKernel kernel;
    private final Map<Place, String> written = new HashMap<>();

    SimulatedDiskControl(SimulatedKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public IoResult<String> read(DeviceName disk, Attribute attribute) {
        synchronized (kernel.san.lock) {
            return place(disk, attribute)
                    .<IoResult<String>>map(place -> new IoResult.Ok<>(value(place)))
                    .orElseGet(() -> Errno.ENOENT.refused("read " + attribute.word() + " of " + disk));
        }
    }

    @Override
    public IoResult<Done> write(DeviceName disk, Attribute attribute, String value) {
        synchronized (kernel.san.lock) {
            var call = "write " + value + " to " + attribute.word() + " of " + disk;
            if (isOfABlockedPort(disk, attribute)) {
                return Errno.EBUSY.refused(call);
            }
            return place(disk, attribute)
                    .map(place -> write(place, value, call))
                    .orElseGet(() -> Errno.ENOENT.refused(call));
        }
    }

    @Override
    public IoResult<Done> reread(DeviceName disk, DevT device) {
        synchronized (kernel.san.lock) {
            var found = kernel.disk(disk).filter(known -> known.number().equals(device));
            found.ifPresent(kernel::reread);
            return found.isPresent() ? IoResult.done() : Errno.ENODEV.refused("reread " + disk);
        }
    }

    @Override
    public IoResult<Done> change(DeviceName disk, DevT device) {
        synchronized (kernel.san.lock) {
            var found = kernel.disk(disk).filter(known -> known.number().equals(device));
            found.ifPresent(kernel::change);
            return found.isPresent() ? IoResult.done() : Errno.ENODEV.refused("have udev look at " + disk);
        }
    }

    /** Simulated disks have no partitions, and their udev hears of a new disk what it hears of a changed one. */
    @Override
    public IoResult<Done> judgeAnew(DeviceName disk, DevT device, boolean isPath) {
        return change(disk, device);
    }

    @Override
    public IoResult<Done> delete(DeviceName disk, DevT device) {
        synchronized (kernel.san.lock) {
            var found = kernel.disk(disk).filter(known -> known.number().equals(device));
            if (found.isEmpty()) {
                return Errno.ENODEV.refused("delete " + disk);
            }
            kernel.remove(disk);
            return IoResult.done();
        }
    }

    /** As {@code fc_rport_set_dev_loss_tmo()} of drivers/scsi/scsi_transport_fc.c. */
    private boolean isOfABlockedPort(DeviceName disk, Attribute attribute) {
        return (attribute == Attribute.FAST_IO_FAIL_TMO || attribute == Attribute.DEV_LOSS_TMO)
                && kernel.disk(disk)
                        .filter(device -> device.link.state != Link.State.UP)
                        .isPresent();
    }

    private Optional<Place> place(DeviceName disk, Attribute attribute) {
        return kernel.disk(disk).flatMap(device -> {
            if (device.lun.array.isNvme()) {
                return Optional.empty();
            }
            var fc = device.link.initiator.fabric.subnet.isEmpty();
            var link = "link " + device.link.initiator.number + ":" + device.link.number;
            return switch (attribute) {
                case FAST_IO_FAIL_TMO, DEV_LOSS_TMO, PORT_STATE ->
                    fc ? Optional.of(new Place(link, attribute)) : Optional.empty();
                case RECOVERY_TMO -> fc ? Optional.empty() : Optional.of(new Place(link, attribute));
                case I_T_NEXUS_LOSS_TIMEOUT -> Optional.empty();
                case EH_DEADLINE -> Optional.of(new Place("host " + device.link.initiator.number, attribute));
                case MAX_RETRIES -> Optional.of(new Place("disk " + device.number(), attribute));
            };
        });
    }

    private String value(Place place) {
        return written.getOrDefault(
                place,
                switch (place.attribute()) {
                    case FAST_IO_FAIL_TMO, EH_DEADLINE -> OFF;
                    case PORT_STATE -> "Online";
                    case DEV_LOSS_TMO -> "60";
                    case RECOVERY_TMO -> "120";
                    case I_T_NEXUS_LOSS_TIMEOUT -> "0";
                    case MAX_RETRIES -> "5";
                });
    }

    private IoResult<Done> write(Place place, String value, String call) {
        if (!isTaken(place, value)) {
            return Errno.EINVAL.refused(call);
        }
        written.put(place, value);
        return IoResult.done();
    }

    private boolean isTaken(Place place, String value) {
        if (place.attribute() == Attribute.PORT_STATE) {
            return value.equals("Online") || value.equals("Marginal");
        }
        if (value.equals(OFF)) {
            return place.attribute() == Attribute.FAST_IO_FAIL_TMO || place.attribute() == Attribute.EH_DEADLINE;
        }
        if (!value.matches("-?\\d{1,10}")) {
            return false;
        }
        var number = Long.parseLong(value);
        return switch (place.attribute()) {
            case FAST_IO_FAIL_TMO ->
                number >= 0
                        && number <= LONGEST_BLOCK
                        && number < Long.parseLong(value(new Place(place.of(), Attribute.DEV_LOSS_TMO)));
            case DEV_LOSS_TMO ->
                number >= 0
                        && (number <= LONGEST_BLOCK
                                || !value(new Place(place.of(), Attribute.FAST_IO_FAIL_TMO))
                                        .equals(OFF));
            case PORT_STATE -> false;
            case MAX_RETRIES -> number >= -1 && number <= 5;
            case RECOVERY_TMO, I_T_NEXUS_LOSS_TIMEOUT, EH_DEADLINE -> number >= 0;
        };
    }
}
