package org.lunwarden.fleet.resize;

import java.util.ArrayList;
import java.util.List;

import org.lunwarden.fleet.Contact;
import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.FleetSnapshot.FleetHost;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.MapSummary;

/**
 * Whose maps of a LUN would be given its size, and what speaks against it now.
 *
 * @param hosts that have a map of it, sorted
 * @param obstacles in words; nothing is begun while there is one
 */
public record ResizePlan(Wwid wwid, List<HostId> hosts, List<String> obstacles) {

    public ResizePlan {
        hosts = List.copyOf(hosts);
        obstacles = List.copyOf(obstacles);
    }

    /** A host that does not report may have the LUN, unless its last report says otherwise. */
    public static ResizePlan of(FleetSnapshot fleet, Wwid wwid) {
        var hosts = new ArrayList<HostId>();
        var obstacles = new ArrayList<String>();
        if (!fleet.member() || !fleet.majority()) {
            obstacles.add("view " + fleet.view() + " is apart from the other views");
        }
        for (var host : fleet.hosts()) {
            var map =
                    host.maps().stream().filter(one -> one.wwid().equals(wwid)).findFirst();
            if (map.isPresent()) {
                hosts.add(host.host());
            }
            if (host.contact() != Contact.REPORTING && (map.isPresent() || host.revision() == 0)) {
                obstacles.add("host " + host.host() + " does not report");
            } else {
                map.ifPresent(one -> paths(host, one, obstacles));
            }
        }
        if (hosts.isEmpty()) {
            obstacles.add("no host reports a map of it");
        }
        return new ResizePlan(wwid, hosts.stream().sorted().toList(), obstacles);
    }

    private static void paths(FleetHost host, MapSummary map, List<String> obstacles) {
        if (map.paths() == 0) {
            obstacles.add("host " + host.host() + " has no path to it");
        } else if (map.usablePaths() < map.paths()) {
            obstacles.add("host " + host.host() + ": " + (map.paths() - map.usablePaths()) + " of " + map.paths()
                    + " paths are down or unknown");
        }
    }
}
