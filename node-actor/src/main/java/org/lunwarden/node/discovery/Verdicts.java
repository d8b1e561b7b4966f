package org.lunwarden.node.discovery;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.lunwarden.conf.value.Choice;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;
import org.lunwarden.node.discovery.Verdict.Grounds;
import org.lunwarden.node.discovery.Verdict.Left;
import org.lunwarden.node.discovery.Verdict.Obstacle;
import org.lunwarden.node.discovery.Verdict.Taken;

/** Decides of each disk whether it is a path, by itself and by the other disks of its WWID. Pure. */
final class Verdicts {

    private Verdicts() {}

    /**
     * One for each disk seen.
     *
     * @param kept those that are paths already and stay it
     * @param obstacles what speaks against a disk by itself
     */
    static SortedMap<DeviceName, Verdict> of(
            SortedMap<DeviceName, Sighting> now,
            SortedMap<DeviceName, Unread> unread,
            Known known,
            Set<DeviceName> kept,
            Map<DeviceName, Left> obstacles) {
        var families = new HashMap<Wwid, Family>();
        now.forEach((name, sighting) -> {
            if (!obstacles.containsKey(name)) {
                families.merge(sighting.wwid().orElseThrow(), Family.of(sighting, kept.contains(name)), Family::and);
            }
        });
        unread.forEach((name, disk) -> disk.identified()
                .flatMap(Sighting::wwid)
                .ifPresent(wwid -> families.merge(wwid, Family.ofUnread(name), Family::and)));
        var verdicts = new TreeMap<DeviceName, Verdict>();
        now.forEach((name, sighting) -> {
            var left = obstacles.get(name);
            if (left != null) {
                verdicts.put(name, left);
                return;
            }
            var wwid = sighting.wwid().orElseThrow();
            var family = Objects.requireNonNull(families.get(wwid));
            verdicts.put(name, verdict(sighting, wwid, known, kept.contains(name), family));
        });
        return verdicts;
    }

    private static Verdict verdict(Sighting sighting, Wwid wwid, Known known, boolean kept, Family family) {
        // who locks a disk may be making a partition; of one that is in the kernel's map he would hold up the I/O
        var held = Obstacles.hold(sighting, wwid)
                .filter(left ->
                        left.obstacle() != Obstacle.LOCKED || !known.maps().contains(wwid));
        if (!kept && held.isPresent()) {
            return held.get();
        }
        if (kept && Obstacles.isBlacklisted(sighting)) {
            return new Taken(wwid, Grounds.KEPT);
        }
        if (known.maps().contains(wwid)) {
            return new Taken(wwid, Grounds.MAP_EXISTS);
        }
        if (family.kept()) {
            return new Taken(wwid, Grounds.SISTER_TAKEN);
        }
        if (!family.held().isEmpty()) {
            return new Left(Obstacle.SISTER_HELD, family.held());
        }
        return ofFree(wwid, known, family);
    }

    private static Verdict ofFree(Wwid wwid, Known known, Family family) {
        if (known.remembered().contains(wwid)) {
            return new Taken(wwid, Grounds.REMEMBERED);
        }
        var makesMap = FindMultipaths.makesMap(known.mode(), family.disks(), false, false);
        // one adapter that hangs must not keep a host that boots from the map of its other paths
        if (makesMap && family.disks() >= 2) {
            return new Taken(wwid, takesAny(known.mode()) ? Grounds.ANY : Grounds.SECOND_PATH);
        }
        if (known.mode() == Choice.FindMultipaths.STRICT) {
            return new Left(
                    Obstacle.UNKNOWN_WWID,
                    "its WWID has had no map on this host, which find_multipaths strict asks for");
        }
        if (!family.unread().isEmpty()) {
            return new Left(Obstacle.SISTER_UNREAD, family.unread() + " has its WWID and cannot be read");
        }
        return makesMap ? new Taken(wwid, Grounds.ANY) : new Left(Obstacle.ONLY_PATH, "no other path has its WWID");
    }

    private static boolean takesAny(Choice.FindMultipaths mode) {
        return mode == Choice.FindMultipaths.OFF || mode == Choice.FindMultipaths.GREEDY;
    }
}
