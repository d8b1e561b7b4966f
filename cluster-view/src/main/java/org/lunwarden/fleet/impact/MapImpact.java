package org.lunwarden.fleet.impact;

import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.MapSummary;

/**
 * What becomes of one map of one host.
 *
 * @param usableNow nexuses that surely carry its I/O now
 * @param usableThen those of them that are left
 * @param why in words; empty where the figures say all
 */
public record MapImpact(
        HostId host, Wwid wwid, String name, Outlook outlook, int usableNow, int usableThen, String why) {

    static MapImpact of(HostId host, MapSummary map, Carriers.Verdict verdict) {
        return new MapImpact(
                host,
                map.wwid(),
                map.name(),
                verdict.outlook(),
                verdict.usableNow(),
                verdict.usableThen(),
                verdict.why());
    }
}
