package org.lunwarden.node;

import org.lunwarden.io.AuditTrail;
import org.lunwarden.io.Disk;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.PathReport;

/** One line for each act on a path or a map, the WWID first. */
final class Audit {

    private Audit() {}

    static void map(Wwid wwid, String act) {
        AuditTrail.note(wwid, act);
    }

    static void host(String act) {
        AuditTrail.note("- - -", act);
    }

    static void disk(DeviceName name, String act) {
        AuditTrail.note("- - " + name, act);
    }

    static void path(Wwid wwid, Disk disk, String act) {
        AuditTrail.note(wwid + " " + disk.address() + " " + disk.name(), act);
    }

    static void path(PathReport path, String act) {
        AuditTrail.note(path.wwid() + " " + path.hctl() + " " + path.name(), act);
    }
}
