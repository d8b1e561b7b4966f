package org.lunwarden.path.checker;

import org.lunwarden.io.BlockDevices.Live;
import org.lunwarden.io.Disk;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.PathState;

/**
 * What the kernel's own word says of a path, before anything is sent to it: {@code UP} means go on and ask the device.
 *
 * <pre>
 * SCSI   running -> up; blocked, quiesce -> pending; any other -> down
 * NVMe   live -> up; new, deleting, deleting (no IO) -> pending; any other -> down
 * other  up
 * </pre>
 *
 * <p>While an NVMe controller resets or reconnects the kernel fails the I/O of a map at once: its path is down.
 *
 * <p>It is pending, too, when this process is short of what a look at sysfs takes.
 */
final class SysfsState {

    enum Bus {
        SCSI,
        NVME,
        OTHER;

        static Bus of(Disk disk) {
            if (disk.hctl().isPresent()) {
                return SCSI;
            }
            return disk.isNvme() ? NVME : OTHER;
        }
    }

    private SysfsState() {}

    static PathState of(Bus bus, IoResult<Live> live) {
        return switch (live) {
            case IoResult.Ok<Live>(var seen) -> of(bus, seen.state());
            case IoResult.Refused<Live>(var errno, var call, var reason) ->
                IoResult.Refused.isOurs(errno)
                        ? PathState.PENDING
                        : IoResult.Refused.isGone(errno) ? PathState.REMOVED : PathState.DOWN;
        };
    }

    static PathState of(Bus bus, String word) {
        return switch (bus) {
            case SCSI ->
                switch (word) {
                    case "running" -> PathState.UP;
                    case "blocked", "quiesce" -> PathState.PENDING;
                    default -> PathState.DOWN;
                };
            case NVME ->
                switch (word) {
                    case "live" -> PathState.UP;
                    case "new", "deleting", "deleting (no IO)" -> PathState.PENDING;
                    default -> PathState.DOWN;
                };
            case OTHER -> PathState.UP;
        };
    }
}
