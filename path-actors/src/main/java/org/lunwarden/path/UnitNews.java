package org.lunwarden.path;

import org.lunwarden.model.map.PathReport;

/** What a path tells of the logical unit that it leads to, beside its state. Each is told once, when it becomes so. */
public sealed interface UnitNews {

    PathReport path();

    /**
     * The disk is another logical unit than when it became the path, and is kept out of use.
     *
     * @param unit what it says it is: a WWID, or the serial number of page 0x80
     */
    record IsAnother(PathReport path, String unit) implements UnitNews {}

    /** The disk answers its checks but does not prove to be the unit it was, and is kept out of use until it does. */
    record IsUnproven(PathReport path, String reason) implements UnitNews {}

    /** One of the above is over: it is the unit it was. */
    record IsItself(PathReport path) implements UnitNews {}
}
