package org.lunwarden.cli.config;

import java.time.Duration;
import java.util.Optional;

import org.lunwarden.fleet.FleetSettings;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.settings.MapSettings;
import org.lunwarden.model.settings.PathSettings;

/**
 * All that a daemon is told.
 *
 * @param lookAgain how often all disks are looked at without an event
 * @param lostAfter how long a path that was removed while it was failed counts as failed
 * @param fleet empty for a host that keeps to itself
 */
public record DaemonSettings(
        HostId host,
        PathSettings paths,
        MapSettings maps,
        Duration lookAgain,
        Duration lostAfter,
        boolean lockMemory,
        boolean oomProtect,
        Optional<FleetSettings> fleet,
        Listen http) {

    /** Where the HTTP API listens; port 0 takes a free one. */
    public record Listen(String address, int port) {}
}
