package org.lunwarden.model.fleet;

import java.time.Duration;
import java.util.List;

/**
 * All that a host shares, at one moment. The host half publishes it whenever something changed (coalesced); what of it
 * travels is the fleet half's business.
 *
 * @param revision counts up by one with every report of a run, from 1
 * @param uptime the host's uptime when the report was made
 * @param nexuses sorted by nexus, each once
 * @param maps sorted by WWID, each once
 */
public record HostReport(
        HostId host,
        DaemonRun run,
        long revision,
        Duration uptime,
        String version,
        List<NexusRow> nexuses,
        List<MapSummary> maps) {

    public HostReport {
        nexuses = List.copyOf(nexuses);
        maps = List.copyOf(maps);
    }

    /** The same with these maps. */
    public HostReport with(List<MapSummary> others) {
        return new HostReport(host, run, revision, uptime, version, nexuses, others);
    }
}
