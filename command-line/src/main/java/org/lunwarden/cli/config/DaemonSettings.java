package org.lunwarden.cli.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.lunwarden.fleet.FleetSettings;
import org.lunwarden.fleet.audit.AuditSettings;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.node.site.Site;
import org.lunwarden.node.site.SiteReader;

/**
 * All that a daemon is told.
 *
 * @param site what holds for each path and map; a view has none of them
 * @param siteReader reads it again
 * @param remarks on it, which the operator should read, a sentence each
 * @param lookAgain how often all disks are looked at without an event
 * @param lostAfter how long a path that was removed while it was failed counts as failed
 * @param audit what a view expects of the fleet
 * @param fleet empty for a host that keeps to itself
 * @param siteFile of a view: what no host can see
 * @param metrics where a host tells its metrics; empty: nowhere
 */
public record DaemonSettings(
        HostId host,
        Site site,
        SiteReader siteReader,
        List<String> remarks,
        Duration lookAgain,
        Duration lostAfter,
        boolean lockMemory,
        boolean oomProtect,
        Optional<FleetSettings> fleet,
        Optional<Path> siteFile,
        Listen http,
        Optional<Listen> metrics,
        AuditSettings audit) {

    public DaemonSettings {
        remarks = List.copyOf(remarks);
    }

    /** The same, which reads its site again so. */
    public DaemonSettings reading(SiteReader other) {
        return new DaemonSettings(
                host,
                site,
                other,
                remarks,
                lookAgain,
                lostAfter,
                lockMemory,
                oomProtect,
                fleet,
                siteFile,
                http,
                metrics,
                audit);
    }

    /** Where a server listens; port 0 takes a free one. */
    public record Listen(String address, int port) {}
}
