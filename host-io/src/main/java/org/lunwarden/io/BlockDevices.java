package org.lunwarden.io;

import java.util.List;
import java.util.Optional;

import org.lunwarden.model.DeviceName;

/** The disks of one host and what is known of them (sysfs, VPD pages, udev's database). Blocking. */
public interface BlockDevices {

    /**
     * All SCSI and NVMe disks, sorted by name; partitions, dm, loop and the like left out. A disk that vanishes while
     * it is read is left out, too.
     */
    IoResult<List<Disk>> disks();

    /** One disk. A device that is not there, or is no such disk, gives {@code ENODEV} (19). */
    IoResult<Disk> disk(DeviceName name);

    /** What changes of a disk without an event; cheap, a few small sysfs files. {@code ENODEV} (19) when it is gone. */
    IoResult<Live> live(DeviceName name);

    /**
     * What keeps a disk from being taken for a map: mounts, swap, dm, md or LVM on it or on a partition of it, an
     * exclusive opener. Maps of our own ({@code mpath-} UUID) are no holders. Empty when it is free.
     */
    IoResult<List<String>> holders(DeviceName name);

    /** The fields of {@link Disk} of the same names. */
    record Live(String state, String accessState, Optional<Boolean> preferredPath) {}
}
