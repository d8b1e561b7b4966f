package org.lunwarden.io;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;

/** The disks of one host and what is known of them (sysfs, VPD pages, udev's database). Blocking. */
public interface BlockDevices {

    /** Begins a look at disks. What several of them share, such as the ports of their host, is read once for it. */
    Look look();

    /** One disk, by a look of its own. */
    default IoResult<Disk> disk(DeviceName name) {
        return look().disk(name);
    }

    /** Safe for use by several threads, so that a disk that does not answer keeps none of the others waiting. */
    interface Look {

        /**
         * All SCSI and NVMe disks, sorted by name; partitions, dm, loop and the like left out. Waits for none of them.
         */
        IoResult<List<Listed>> list();

        /** One disk. A device that is not there, or is no such disk, gives {@code ENODEV} (19). */
        IoResult<Disk> disk(DeviceName name);
    }

    /** @param device empty when the kernel did not tell it */
    record Listed(DeviceName name, Optional<DevT> device) {}

    /** What changes of a disk without an event; cheap, a few small sysfs files. {@code ENODEV} (19) when it is gone. */
    IoResult<Live> live(DeviceName name);

    /**
     * Who holds a disk, as far as sysfs and proc tell: device-mapper, md, mounts and swap. {@code ENODEV} (19) when it is
     * gone. Does not open it, and so waits for nothing; what is free here may have an exclusive opener, or be mounted
     * where this process does not see it.
     */
    IoResult<Holders> stackedOn(DeviceName name);

    /**
     * Who holds a disk, by an exclusive lock of its node (flock(2)), too. {@code ENODEV} (19) when it is gone. Opens it, and
     * so waits while its SCSI host recovers from an error.
     */
    IoResult<Holders> holders(DeviceName name);

    /**
     * What keeps a disk from being taken for a map.
     *
     * @param others in words: mounts, swap, dm, md or LVM on it or on a partition of it, an exclusive opener
     * @param maps the WWIDs of multipath maps ({@code mpath-} UUID) that have it in their table, whatever WWID it tells
     *     itself
     * @param stacked those of the others that are dm devices with the disk itself in their table, not a partition of it
     * @param locked whether another program has an exclusive lock of its node (flock(2)), which it gives back when it is
     *     done, without an event if it did not write
     */
    record Holders(List<String> others, Set<Wwid> maps, Set<String> stacked, boolean locked) {
        public static final Holders NONE = new Holders(List.of(), Set.of());

        public Holders {
            others = List.copyOf(others);
            maps = Set.copyOf(maps);
            stacked = Set.copyOf(stacked);
        }

        public Holders(List<String> others, Set<Wwid> maps) {
            this(others, maps, Set.of(), false);
        }

        /** What is left when the dm devices on the disk itself are moved elsewhere. */
        public Holders withoutStacked() {
            return new Holders(
                    others.stream().filter(other -> !stacked.contains(other)).toList(), maps, Set.of(), locked);
        }

        /** Whether nothing is on the disk but, perhaps, the map of that WWID. */
        public boolean isFreeFor(Wwid wwid) {
            return !locked && others.isEmpty() && maps.stream().allMatch(wwid::equals);
        }
    }

    /** The fields of {@link Disk} of the same names. */
    record Live(String state, String accessState, Optional<Boolean> preferredPath) {}
}
