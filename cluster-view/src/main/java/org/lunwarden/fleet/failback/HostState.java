package org.lunwarden.fleet.failback;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusRow;

/**
 * What the fleet knows of a host at the moment.
 *
 * @param run of the daemon that reported; empty while none of the daemon that runs has come
 * @param reporting false: it is silent, and the rest is what it said last
 * @param bootedAt when the host booted, by the clock of who looks; rather too late than too early
 */
public record HostState(
        HostId host,
        Optional<DaemonRun> run,
        boolean reporting,
        Instant bootedAt,
        List<NexusRow> nexuses,
        List<MapSummary> maps) {

    public HostState {
        nexuses = List.copyOf(nexuses);
        maps = List.copyOf(maps);
    }

    /** Its uptime at that time; rather too short than too long, so that what ends by it ends rather too early. */
    Duration uptime(Instant at) {
        return Duration.between(bootedAt, at);
    }

    /** Since when the nexus is as it is. */
    Instant since(NexusRow row) {
        return bootedAt.plus(row.uptimeOfChange());
    }
}
