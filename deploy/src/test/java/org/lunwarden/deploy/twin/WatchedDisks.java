package org.lunwarden.deploy.twin;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.HostClock;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.DeviceName;

/** Disks that remember the longest pause between two checks: each check begins with a look at the disk's state. */
final class WatchedDisks implements BlockDevices {

    private final BlockDevices disks;
    private final HostClock clock;
    private final Map<DeviceName, Duration> checkedAt = new ConcurrentHashMap<>();
    private final Map<DeviceName, Duration> longestPause = new ConcurrentHashMap<>();

    WatchedDisks(BlockDevices disks, HostClock clock) {
        this.disks = disks;
        this.clock = clock;
    }

    /** The longest pause of each disk up to now, the one that still goes on included. */
    Map<DeviceName, Duration> longestPauses() {
        checkedAt.keySet().forEach(this::note);
        return Map.copyOf(longestPause);
    }

    @Override
    public Look look() {
        return disks.look();
    }

    @Override
    public IoResult<Live> live(DeviceName name) {
        note(name);
        return disks.live(name);
    }

    @Override
    public IoResult<Holders> stackedOn(DeviceName name) {
        return disks.stackedOn(name);
    }

    @Override
    public IoResult<Holders> holders(DeviceName name) {
        return disks.holders(name);
    }

    private void note(DeviceName name) {
        var now = clock.uptime();
        var before = checkedAt.put(name, now);
        if (before != null) {
            longestPause.merge(name, now.minus(before), (a, b) -> a.compareTo(b) > 0 ? a : b);
        }
    }
}
