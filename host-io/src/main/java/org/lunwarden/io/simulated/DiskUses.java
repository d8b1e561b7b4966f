package org.lunwarden.io.simulated;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

import org.lunwarden.io.BlockDevices.Holders;
import org.lunwarden.io.Subscription;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;

/** Who uses the disks of a simulated host: who opened or mounted them, and what is stacked on them. */
final class DiskUses {

    private final SimulatedKernel kernel;
    private final Map<Integer, List<String>> openers = new HashMap<>();
    private final Map<Integer, List<String>> locks = new HashMap<>();
    private final Map<Integer, List<String>> mounts = new HashMap<>();

    DiskUses(SimulatedKernel kernel) {
        this.kernel = kernel;
    }

    Subscription hold(DeviceName disk, String what) {
        return use(disk, what, openers);
    }

    Subscription mount(DeviceName disk, String folder) {
        return use(disk, "mounted on " + folder, mounts);
    }

    /** Ends without an event, as with a program that opened the disk to read. */
    Subscription lock(DeviceName disk) {
        return use(disk, "lock", locks);
    }

    private Subscription use(DeviceName disk, String what, Map<Integer, List<String>> uses) {
        var index = kernel.disk(disk)
                .map(device -> device.index)
                .orElseThrow(() -> new IllegalArgumentException("no disk " + disk + " on " + kernel.name));
        uses.computeIfAbsent(index, i -> new ArrayList<>()).add(what);
        return () -> {
            synchronized (kernel.san.lock) {
                uses.getOrDefault(index, new ArrayList<>()).remove(what);
            }
        };
    }

    Holders holders(PathDevice device) {
        var stacked = stackedOn(device);
        var others = new ArrayList<>(stacked.others());
        others.addAll(openers.getOrDefault(device.index, List.of()));
        var locked = !locks.getOrDefault(device.index, List.of()).isEmpty();
        return new Holders(others, stacked.maps(), stacked.stacked(), locked);
    }

    Holders stackedOn(PathDevice device) {
        var others = new ArrayList<>(mounts.getOrDefault(device.index, List.of()));
        var maps = new HashSet<Wwid>();
        var dm = new HashSet<String>();
        kernel.mapper()
                .devices
                .usersOf(device)
                .forEach(user -> Wwid.ofMap(user.uuid).ifPresentOrElse(maps::add, () -> dm.add("dm " + user.name)));
        others.addAll(dm);
        return new Holders(others, maps, dm, false);
    }
}
