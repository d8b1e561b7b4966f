package org.lunwarden.fleet.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.FleetSnapshot.FleetHost;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusRow;

/**
 * A map of a host that reports, and what its paths cross.
 *
 * @param isHurt whether paths may be missing because of something that fails now: the kernel takes away those of a dead port
 */
record LunOnHost(HostId host, MapSummary map, Reach reach, boolean isHurt) {

    /** All that can be judged, by host; of the others it is told why not. */
    static List<LunOnHost> all(FleetSnapshot fleet, Report report) {
        var inIncidents = fleet.incidents().stream()
                .filter(Incident::isOpen)
                .flatMap(incident -> incident.hosts().stream())
                .collect(Collectors.toSet());
        var all = new ArrayList<LunOnHost>();
        for (var host : fleet.hosts()) {
            switch (host.contact()) {
                case REPORTING -> all.addAll(of(host, inIncidents.contains(host.host()), report));
                case EXPECTED, SILENT, STOPPED ->
                    report.unjudged(
                            "the host does not report", host.host(), host.maps().size());
            }
        }
        all.sort(Comparator.comparing(LunOnHost::host));
        return all;
    }

    private static List<LunOnHost> of(FleetHost host, boolean inIncident, Report report) {
        var rows = new HashMap<Nexus, NexusRow>();
        var failing = new HashSet<Nexus>();
        for (var nexus : host.nexuses()) {
            rows.put(nexus.row().nexus(), nexus.row());
            if (nexus.row().paths().failed() > 0) {
                failing.add(nexus.row().nexus());
            }
        }
        var reaches = new HashMap<List<Nexus>, Reach>();
        var all = new ArrayList<LunOnHost>();
        for (var map : host.maps()) {
            if (map.paths() == 0) {
                report.unjudged("it has no path now", host.host(), 1);
            } else if (map.nexuses().isEmpty()) {
                report.unjudged("the host does not tell which nexuses carry it", host.host(), 1);
            } else {
                var reach = reaches.computeIfAbsent(map.nexuses(), nexuses -> Reach.of(nexuses, rows));
                var isHurt = inIncident
                        || failing.stream().anyMatch(nexus -> !map.nexuses().contains(nexus));
                all.add(new LunOnHost(host.host(), map, reach, isHurt));
            }
        }
        return all;
    }

    Finding.MapRef ref() {
        return new Finding.MapRef(map.wwid(), map.name());
    }
}
