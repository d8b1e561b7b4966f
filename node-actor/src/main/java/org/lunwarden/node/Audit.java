package org.lunwarden.node;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.io.Disk;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Hctl;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.PathReport;

/** One line for each act on a path or a map, the WWID first. */
final class Audit {

    private static final Logger LOG = LoggerFactory.getLogger("lunwarden.audit");

    private Audit() {}

    static void map(Wwid wwid, String act) {
        LOG.info("{}: {}", wwid, act);
    }

    static void disk(DeviceName name, String act) {
        LOG.info("- - {}: {}", name, act);
    }

    static void path(Wwid wwid, Disk disk, String act) {
        LOG.info("{} {} {}: {}", wwid, disk.hctl().map(Hctl::toString).orElse("-"), disk.name(), act);
    }

    static void path(PathReport path, String act) {
        LOG.info("{} {} {}: {}", path.wwid(), path.hctl(), path.name(), act);
    }
}
