package org.lunwarden.node;

import java.time.Duration;

import org.lunwarden.model.fleet.HostId;
import org.lunwarden.node.site.Site;
import org.lunwarden.node.site.SiteReader;

/**
 * What a host's daemon is told at its start.
 *
 * @param version of the daemon, as the fleet sees it
 * @param site what holds for each path and map
 * @param siteReader reads it again when that is asked for
 * @param lookAgain how often all disks are looked at without an event, in case one was lost
 * @param lostAfter how long a path that was removed while it was failed counts as failed
 */
public record NodeSettings(
        HostId host, String version, Site site, SiteReader siteReader, Duration lookAgain, Duration lostAfter) {

    /** With a look at all disks every 5 minutes, and removed paths remembered for a day. */
    public static NodeSettings of(HostId host, String version, Site site) {
        return new NodeSettings(host, version, site, SiteReader.of(site), Duration.ofMinutes(5), Duration.ofDays(1));
    }

    NodeSettings with(Site other) {
        return new NodeSettings(host, version, other, siteReader, lookAgain, lostAfter);
    }
}
