package org.lunwarden.conf.effective;

import java.util.ArrayList;
import java.util.List;

import org.lunwarden.conf.value.MapKeywords;
import org.lunwarden.conf.value.PathKeywords;

/** What a device may tell of itself that goes before what is set. */
final class Detection {

    private Detection() {}

    /** @param ofPath of a path's settings, or else of its map's */
    static List<String> remarks(Precedence precedence, boolean ofPath) {
        var protocol = precedence.protocol();
        var scsi = protocol.startsWith("scsi:");
        var remarks = new ArrayList<String>();
        if (ofPath && scsi && precedence.built(PathKeywords.DETECT_CHECKER)) {
            remarks.add(
                    "detect_checker is on: rdac checks a device that has its page, tur any other with target port groups");
        }
        if (ofPath && scsi && precedence.built(PathKeywords.DETECT_PRIO)) {
            remarks.add(
                    "detect_prio is on: sysfs or alua, without prio_args, is the prio of a device with target port groups");
        }
        if (ofPath && protocol.startsWith("nvme:") && precedence.built(PathKeywords.DETECT_PRIO)) {
            remarks.add("detect_prio is on: ana is the prio of a namespace whose controller reports asymmetric access");
        }
        if (!ofPath && scsi && precedence.built(MapKeywords.DETECT_PGPOLICY)) {
            var policy = precedence.built(MapKeywords.DETECT_PGPOLICY_USE_TPG) ? "group_by_tpg" : "group_by_prio";
            remarks.add("detect_pgpolicy is on: " + policy + " holds where sysfs or alua is the prio of all paths");
        }
        return remarks;
    }
}
