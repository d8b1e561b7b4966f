package org.lunwarden.io;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.lunwarden.model.DevT;

/**
 * The device-mapper of one host, as libdevmapper offers it. Blocking; safe for use by several threads.
 *
 * <p>Only a removal waits until udev, when it runs, has dealt with its event. A name that no device has gives {@code ENXIO} (6), a name or UUID that is taken {@code EBUSY} (16), a
 * table that the kernel does not take {@code EINVAL} (22) or {@code ENODEV} (19).
 */
public interface DeviceMapper {

    /** All dm devices, of whatever kind, in no particular order. */
    IoResult<List<Device>> list();

    IoResult<Info> info(String name);

    /** As {@link #status}, of the device with that UUID, whatever its name is. An empty UUID is {@code EINVAL}. */
    IoResult<Status> statusOf(String uuid);

    /** The live table. */
    IoResult<List<Target>> table(String name);

    /** The table that is loaded and waits for a resume; empty when there is none. */
    IoResult<List<Target>> inactiveTable(String name);

    /** The live status, without flushing I/O; does not wait for a suspended device. */
    IoResult<List<Target>> status(String name);

    /**
     * Makes a device with its first table and starts it; leaves nothing behind when it fails. Its node may not be there
     * before it is {@link #settled}.
     */
    IoResult<DevT> create(String name, String uuid, boolean readOnly, List<Target> table, UdevFlags flags);

    /** Ends when udev has dealt with the device of that name that was made, or its patience is over; nobody is made to wait. */
    CompletionStage<Void> settled(String name);

    /** How many devices may be made before one of them is settled, at least one: until then each takes something of the host. */
    int mostUnsettled();

    /**
     * Replaces a device's table: load, suspend, resume. When a step fails, the old table goes on and no inactive table
     * is left.
     */
    IoResult<IoResult.Done> reload(
            String name, boolean readOnly, List<Target> table, SuspendMode mode, UdevFlags flags);

    /**
     * Replaces the table of a device that others make and change: it is loaded, and one call suspends the device with its
     * I/O kept, brings the new table and starts it again, so that no end of this process leaves the device suspended.
     * {@code EBUSY} (16), and no inactive table of ours is left, when the device is suspended or no longer has {@code was}.
     * So are an inactive table of others, which stays, and another exchange that is under way; an inactive table that is the
     * new one was left by an exchange that was cut off, and is taken up.
     *
     * @param lastLook asked when the new table is loaded, so that the devices it names stay the same ones: its refusal
     *     ends the exchange
     */
    IoResult<IoResult.Done> exchange(
            String name,
            boolean readOnly,
            List<Target> was,
            List<Target> table,
            Supplier<IoResult<IoResult.Done>> lastLook,
            UdevFlags flags);

    IoResult<IoResult.Done> suspend(String name, SuspendMode mode);

    /** Starts a suspended device, with its inactive table when one is loaded. */
    IoResult<IoResult.Done> resume(String name, UdevFlags flags);

    /** @param deferred when the device is open, remove it with its last close instead of failing */
    IoResult<IoResult.Done> remove(String name, boolean deferred);

    /** Partition devices of a map are left to udev's rules. */
    IoResult<IoResult.Done> rename(String name, String newName, UdevFlags flags);

    /**
     * Sends a message to the target at sector 0, for example {@code fail_path 8:16}; {@code @cancel_deferred_remove} is for
     * the device itself.
     */
    IoResult<IoResult.Done> message(String name, String message);

    /**
     * The largest request, in KiB, that a disk or a dm device is given ({@code max_sectors_kb}). A dm device has the smallest
     * of the disks in its table, as it was when that was loaded. {@code ENOENT} (2) when there is no such device.
     */
    IoResult<Integer> requestLimit(DevT device);

    /** {@code EINVAL} (22) for more than its hardware takes, or less than a page. */
    IoResult<IoResult.Done> limitRequests(DevT disk, int kib);

    /** What udev's rules made of a multipath map. Cheap, and waits for nothing. */
    Readiness readiness(DevT map);

    /**
     * Hears of kernel events of all devices ({@code DM_DEV_ARM_POLL}): one waiter, however many maps there are. An
     * event says only that a device's event number moved; several may be told as one. The listener runs on the
     * waiter's thread and must not block.
     */
    Subscription onEvent(Consumer<Event> listener);

    /** @param uuid empty when the device has none */
    record Device(String name, String uuid, DevT device, long eventNumber) {}

    /**
     * @param inactiveTable whether a table is loaded but not live
     * @param deferredRemove whether the device goes with its last close
     */
    record Info(
            String name,
            String uuid,
            DevT device,
            boolean suspended,
            boolean readOnly,
            int openCount,
            long eventNumber,
            boolean liveTable,
            boolean inactiveTable,
            boolean deferredRemove) {}

    /**
     * A device and its live status. What happens after the event of the info's number may be part of the status, what
     * happened before it is.
     *
     * @param targets empty when no table is live
     */
    record Status(Info info, List<Target> targets) {}

    /** @param parameters the rest of the line, for a status the status words */
    record Target(long startSector, long sectors, String type, String parameters) {}

    /**
     * Device {@code name} reached {@code eventNumber}.
     *
     * @param anew whether it is the first that is told of this very device: numbers heard before may be those of another
     *     one that had its device number
     */
    record Event(String name, DevT device, long eventNumber, boolean anew) {}

    enum Readiness {
        /** Told as usable ({@code MPATH_DEVICE_READY}). */
        READY,
        /** Told as not usable, or not dealt with. */
        NOT_READY,
        /** Nobody tells: udev does not run, or has no rules for such maps, or there is no such device. */
        UNTOLD
    }

    enum SuspendMode {
        /** I/O in flight is kept and requeued, file systems are not frozen: for everything but a change of size. */
        KEEP_IO,
        /** Waits until all I/O has ended, so that nothing is beyond a new end of the device. */
        FLUSH
    }

    /**
     * What udev's rules are told ({@code DM_SUBSYSTEM_UDEV_FLAG0..2}).
     *
     * @param reload flag 0: a known map was reloaded, nothing new to scan
     * @param skipKpartx flag 1: no partition devices
     * @param noUsablePath flag 2: the map cannot be read now
     * @param patience how long udev, which may hang, is given to deal with the event
     */
    record UdevFlags(boolean reload, boolean skipKpartx, boolean noUsablePath, Duration patience) {

        private static final Duration PATIENCE = Duration.ofSeconds(30);

        public static final UdevFlags NONE = new UdevFlags(false, false, false);

        public UdevFlags(boolean reload, boolean skipKpartx, boolean noUsablePath) {
            this(reload, skipKpartx, noUsablePath, PATIENCE);
        }
    }
}
