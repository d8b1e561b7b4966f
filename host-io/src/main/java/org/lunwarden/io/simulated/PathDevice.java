package org.lunwarden.io.simulated;

import java.util.ArrayList;
import java.util.List;

import org.lunwarden.io.simulated.Hardware.Lun;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Hctl;

/** A disk of a host: one LUN through one nexus. A device that went away stays gone; its successor is another object. */
final class PathDevice {

    static final int LARGEST_REQUEST = 32_767;
    private static final int USUAL_REQUEST = 1_280;

    /** Additional sense code and qualifier of a unit attention to tell; 0 when there is none. */
    int attention;

    boolean present = true;
    boolean offline;
    boolean hung;
    /** KiB. */
    int requestLimit = USUAL_REQUEST;

    final int index;
    final Link link;
    /** The LUN behind the number; an array may put another one there. */
    Lun lun;
    /** The size that the kernel knows: the LUN may have grown since. */
    long sectors;

    private final int lunNumber;
    /** What a hung device has taken and not answered. */
    final List<Runnable> waiting = new ArrayList<>(0);

    PathDevice(int index, Link link, Lun lun) {
        this.index = index;
        this.link = link;
        this.lun = lun;
        this.lunNumber = lun.number;
        this.sectors = lun.sectors;
    }

    DeviceName name() {
        return lun.array.isNvme() ? Names.namespace(index) : Names.disk(index);
    }

    DevT number() {
        return lun.array.isNvme() ? Names.namespaceNumber(index) : Names.number(index);
    }

    Hctl hctl() {
        return new Hctl(link.initiator.number, 0, link.number, lunNumber);
    }

    /** The word in sysfs {@code device/state}. */
    String state() {
        if (lun.array.isNvme()) {
            return offline ? "dead" : link.state == Link.State.UP ? "live" : "connecting";
        }
        if (offline) {
            return "offline";
        }
        return switch (link.state) {
            case UP -> "running";
            case BLOCKED -> "blocked";
            case FAILED, LOST -> "transport-offline";
        };
    }

    /** Whether the kernel would open it: error handling has not given it up. */
    boolean opens() {
        return present && !offline && link.state != Link.State.FAILED && link.state != Link.State.LOST;
    }
}
