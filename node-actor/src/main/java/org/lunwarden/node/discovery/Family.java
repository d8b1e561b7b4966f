package org.lunwarden.node.discovery;

import org.lunwarden.model.DeviceName;

/**
 * All disks of one WWID.
 *
 * @param kept whether one of them is taken already
 * @param held who holds the first of them that is held; empty when all are free
 * @param unread the first of them of which it is not known whether somebody holds it; empty when it is known of all
 */
record Family(int disks, boolean kept, String held, String unread) {

    static Family of(Sighting sighting, boolean kept) {
        var held = Obstacles.hold(sighting, sighting.wwid().orElseThrow());
        return new Family(
                1,
                kept,
                held.map(left -> sighting.disk().name() + " is " + left.reason())
                        .orElse(""),
                "");
    }

    static Family ofUnread(DeviceName name) {
        return new Family(0, false, "", name.value());
    }

    Family and(Family other) {
        return new Family(
                disks + other.disks,
                kept || other.kept,
                held.isEmpty() ? other.held : held,
                unread.isEmpty() ? other.unread : unread);
    }
}
