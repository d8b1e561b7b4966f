package org.lunwarden.node.why;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.lunwarden.conf.value.HostKeywords;
import org.lunwarden.conf.value.PathKeywords;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Hctl;
import org.lunwarden.model.Wwid;
import org.lunwarden.node.discovery.Candidates;
import org.lunwarden.node.discovery.Sighting;
import org.lunwarden.node.discovery.Verdict;
import org.lunwarden.node.site.Site;
import org.lunwarden.node.site.SiteDisk;

/** Why a disk is a path or none: what decides it, in the order in which it is decided. Pure. */
public final class DiskAccount {

    private static final Set<Verdict.Obstacle> OF_FIND_MULTIPATHS =
            Set.of(Verdict.Obstacle.UNKNOWN_WWID, Verdict.Obstacle.ONLY_PATH);

    private DiskAccount() {}

    /** A sentence each, without a newline. */
    public static List<String> of(DeviceName name, Candidates candidates, Site site) {
        var seen = candidates.seen().get(name);
        if (seen == null) {
            return List.of(name + ": it cannot be read, " + candidates.reason(name));
        }
        var lines = new ArrayList<String>();
        var disk = site.look(seen.disk());
        lines.add(what(disk));
        lines.add(unit(seen, disk));
        var judged = seen.judgement();
        if (!judged.isBlacklisted()) {
            lines.add(judged.toString());
        }
        if (!judged.equals(disk.judgement())) {
            lines.add("by the configuration that was read since: " + disk.judgement()
                    + "; the look at the disks that follows it is not over");
        }
        if (!(candidates.verdicts().get(name) instanceof Verdict.Taken)) {
            lines.add("it is no path: " + candidates.reason(name));
            if (candidates.verdicts().get(name) instanceof Verdict.Left(var obstacle, var reason)
                    && OF_FIND_MULTIPATHS.contains(obstacle)) {
                lines.add("set for it: " + disk.precedence().explain(HostKeywords.FIND_MULTIPATHS));
            }
            return lines;
        }
        lines.add("it is a path: " + candidates.reason(name));
        lines.add("set for it: " + disk.precedence().explain(PathKeywords.PATH_CHECKER));
        lines.add("set for it: " + disk.precedence().explain(PathKeywords.PRIO));
        return lines;
    }

    private static String what(SiteDisk found) {
        var disk = found.disk();
        var device = found.identity().device();
        return disk.name() + ": " + disk.hctl().map(Hctl::toString).orElse("no SCSI address") + ", " + disk.device()
                + ", vendor \"" + device.vendor() + "\" product \"" + device.product() + "\", protocol "
                + found.identity().protocol() + ", " + disk.sizeSectors() + " sectors";
    }

    private static String unit(Sighting seen, SiteDisk now) {
        var property = now.precedence().wwidProperty(seen.disk().name().value());
        var told = now.wwid().map(Wwid::value).orElse("");
        var origin = told.isEmpty()
                ? "it tells none now"
                : told.equals(seen.disk().udev().get(property)) ? "from udev's " + property : "from its own pages";
        return seen.wwid().map(wwid -> "WWID " + wwid).orElse("no WWID") + ", " + origin;
    }
}
