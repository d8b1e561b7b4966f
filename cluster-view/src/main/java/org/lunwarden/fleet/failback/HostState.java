package org.lunwarden.fleet.failback;

import java.util.List;
import java.util.Optional;

import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusRow;

/**
 * What the fleet knows of a host at the moment.
 *
 * @param run of the daemon that reported; empty before its first report
 * @param reporting false: it is silent, and the rest is what it said last
 */
public record HostState(
        HostId host, Optional<DaemonRun> run, boolean reporting, List<NexusRow> nexuses, List<MapSummary> maps) {

    public HostState {
        nexuses = List.copyOf(nexuses);
        maps = List.copyOf(maps);
    }
}
