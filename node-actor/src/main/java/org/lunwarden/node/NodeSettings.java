package org.lunwarden.node;

import java.time.Duration;

import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.settings.MapSettings;
import org.lunwarden.model.settings.PathSettings;

/**
 * What a host's daemon is told at its start.
 *
 * @param version of the daemon, as the fleet sees it
 * @param lookAgain how often all disks are looked at without an event, in case one was lost
 * @param lostAfter how long a path that was removed while it was failed counts as failed
 */
public record NodeSettings(
        HostId host, String version, PathSettings path, MapSettings map, Duration lookAgain, Duration lostAfter) {

    /** With a look at all disks every 5 minutes, and removed paths remembered for a day. */
    public static NodeSettings of(HostId host, String version, PathSettings path, MapSettings map) {
        return new NodeSettings(host, version, path, map, Duration.ofMinutes(5), Duration.ofDays(1));
    }
}
