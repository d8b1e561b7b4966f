package org.lunwarden.io;

import org.lunwarden.io.IoResult.Done;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;

/** What can be changed of a disk and of the ports that it is reached through, by sysfs. Blocking. */
public interface DiskControl {

    enum Attribute {
        /** Of an FC remote port; seconds or {@code off}. */
        FAST_IO_FAIL_TMO("fast_io_fail_tmo"),
        /** Of an FC remote port; seconds. */
        DEV_LOSS_TMO("dev_loss_tmo"),
        /** Of an FC remote port: {@code Online}, {@code Marginal} and others; these two can be written for each other. */
        PORT_STATE("port_state"),
        /** Of an iSCSI session; seconds. */
        RECOVERY_TMO("recovery_tmo"),
        /** Of a SAS end device. */
        I_T_NEXUS_LOSS_TIMEOUT("I_T_nexus_loss_timeout"),
        /** Of a SCSI host; seconds or {@code off}. */
        EH_DEADLINE("eh_deadline"),
        /** Of a SCSI disk; -1 for the kernel's own number. */
        MAX_RETRIES("max_retries");

        private final String word;

        Attribute(String word) {
            this.word = word;
        }

        /** The file's name. */
        public String word() {
            return word;
        }
    }

    /** {@code ENOENT} (2) where the transport, or this kernel, has none. */
    IoResult<String> read(DeviceName disk, Attribute attribute);

    /**
     * {@code EINVAL} (22) for a value that the kernel does not take beside the others; {@code EBUSY} (16) for the timeouts of
     * an FC port that is not online.
     */
    IoResult<Done> write(DeviceName disk, Attribute attribute, String value);

    /**
     * Has the kernel and udev read anew what a disk is. {@code ENODEV} (19) when the name is not that device's any more.
     */
    IoResult<Done> reread(DeviceName disk, DevT device);

    /**
     * Has udev look at the disk again, as at any change. {@code ENODEV} (19) when the name is not that device's any more.
     */
    IoResult<Done> change(DeviceName disk, DevT device);

    /**
     * Has udev judge the disk and its partitions anew: as changed where it has become a path of a map, as new where it is
     * one no longer, since rules of what uses disks, LVM's for example, look at nothing else. {@code ENODEV} (19) when the
     * name is not that device's any more.
     */
    IoResult<Done> judgeAnew(DeviceName disk, DevT device, boolean isPath);

    /**
     * Takes the device away from the host; a rescan of its SCSI host finds it again if it is there. {@code ENODEV} (19)
     * when the name is not that device's any more.
     */
    IoResult<Done> delete(DeviceName disk, DevT device);
}
