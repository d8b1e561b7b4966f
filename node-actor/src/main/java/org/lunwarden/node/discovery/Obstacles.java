package org.lunwarden.node.discovery;

import java.util.Optional;
import java.util.stream.Collectors;

import org.lunwarden.io.PortFacts;
import org.lunwarden.model.Wwid;
import org.lunwarden.node.discovery.Verdict.Left;
import org.lunwarden.node.discovery.Verdict.Obstacle;
import org.lunwarden.node.site.SiteDisk;

/** What keeps a disk from being a path, whatever its sisters are. Pure. */
final class Obstacles {

    private Obstacles() {}

    /** Of a disk of which udev tells nothing the site has not judged. */
    static boolean isBlacklisted(Sighting sighting) {
        return sighting.judgement().isBlacklisted() && !sighting.disk().udev().isEmpty();
    }

    /** Who else holds a disk than the map of its WWID. */
    static Optional<Left> hold(Sighting sighting, Wwid wwid) {
        var holders = sighting.holders();
        if (holders.isFreeFor(wwid)) {
            return Optional.empty();
        }
        if (!holders.others().isEmpty()) {
            return left(Obstacle.HELD, "held by " + String.join(", ", holders.others()));
        }
        if (holders.maps().stream().allMatch(wwid::equals)) {
            return left(Obstacle.LOCKED, "held by an exclusive lock of its node");
        }
        var maps = holders.maps().stream()
                .filter(map -> !map.equals(wwid))
                .sorted()
                .map(map -> "the map of WWID " + map)
                .collect(Collectors.joining(", "));
        return left(Obstacle.HELD_BY_MAP, "held by " + maps + ", though it tells WWID " + wwid);
    }

    /** What speaks against a disk by itself; without one it has a WWID. */
    static Optional<Left> of(Sighting sighting, Known known) {
        var disk = sighting.disk();
        if (sighting.judgement().isBlacklisted()) {
            return left(Obstacle.BLACKLISTED, sighting.judgement().toString());
        }
        if (disk.ports() instanceof PortFacts.Nvme nvme) {
            if (nvme.controller().isEmpty()) {
                return left(Obstacle.NATIVE, "the kernel joins its paths itself, as nvme_core.multipath says");
            }
        } else if (disk.hctl().isEmpty()) {
            return left(Obstacle.NO_SCSI_ADDRESS, "it has no SCSI address");
        }
        if (!known.allowsUsb() && SiteDisk.isUsb(disk)) {
            return left(Obstacle.USB, "it is a USB disk (allow_usb_devices)");
        }
        if (sighting.wwid().isEmpty()) {
            return left(Obstacle.NO_WWID, "it tells no WWID");
        }
        if (disk.sizeSectors() == 0 && !known.maps().contains(sighting.wwid().get())) {
            return left(Obstacle.NO_SIZE, "its size is 0");
        }
        if (disk.udev().isEmpty()
                && known.udevRuns()
                && !known.unheard().contains(disk.name())
                && !known.maps().contains(sighting.wwid().get())) {
            return left(Obstacle.NO_UDEV, "udev has told nothing of it yet");
        }
        return Optional.empty();
    }

    /** Whether such an obstacle may pass by what is known besides the disk. */
    static boolean mayPassUnread(Obstacle obstacle) {
        return obstacle == Obstacle.NO_UDEV || obstacle == Obstacle.NO_SIZE || obstacle == Obstacle.USB;
    }

    private static Optional<Left> left(Obstacle obstacle, String reason) {
        return Optional.of(new Left(obstacle, reason));
    }
}
