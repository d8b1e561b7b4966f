package org.lunwarden.fleet.cleanup;

import java.time.Duration;
import java.util.List;

import org.lunwarden.fleet.Contact;
import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.FleetSnapshot.FleetHost;
import org.lunwarden.fleet.FleetSnapshot.FleetNexus;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;

/**
 * What one view says of a map that looks dead on one host. Failures that are no more than maps of that host without a usable
 * path speak neither way: a unit that is gone looks so.
 *
 * @param incidents open ones that may have taken its paths
 * @param why it is not clear; empty otherwise
 */
public record ViewWord(HostId view, Says says, List<String> incidents, String why) {

    public enum Says {
        /** Nothing that fails explains that the map has no path. */
        CLEAR,
        INCIDENT,
        UNKNOWN
    }

    /** What has just changed may be the begin of something. */
    static final Duration SETTLED = Duration.ofMinutes(1);

    public ViewWord {
        incidents = List.copyOf(incidents);
    }

    public static ViewWord of(FleetSnapshot fleet, HostId id, Wwid wwid) {
        if (!fleet.member() || !fleet.majority()) {
            return unknown(fleet, "view " + fleet.view() + " is apart from the other views");
        }
        var known = fleet.host(id).filter(host -> host.contact() == Contact.REPORTING && host.revision() > 0);
        if (known.isEmpty()) {
            return unknown(fleet, "view " + fleet.view() + " does not hear this host");
        }
        var host = known.get();
        var incidents = fleet.incidents().stream()
                .filter(Incident::isOpen)
                .filter(incident -> incident.hosts().contains(id) && !isOfDeadMaps(incident, host))
                .map(Incident::id)
                .toList();
        if (!incidents.isEmpty()) {
            return new ViewWord(fleet.view(), Says.INCIDENT, incidents, "this host is part of an open incident");
        }
        return host.maps().stream()
                .filter(map -> map.wwid().equals(wwid))
                .findFirst()
                .map(map -> map.usablePaths() > 0
                        ? unknown(fleet, "the host last reported a usable path of it")
                        : ofDead(fleet, host))
                .orElseGet(() -> unknown(fleet, "the host has not reported such a map"));
    }

    private static ViewWord ofDead(FleetSnapshot fleet, FleetHost host) {
        if (host.nexuses().isEmpty()) {
            return unknown(fleet, "the host reports no nexus, and what took them is not known");
        }
        for (var nexus : host.nexuses()) {
            if (nexus.row().paths().unknown() > 0) {
                return unknown(fleet, "not all paths of the host are checked");
            }
            if (!isOfDeadMaps(nexus, host)) {
                return unknown(fleet, "paths of the host fail, and no incident explains it");
            }
            if (nexus.changedAt().isAfter(fleet.at().minus(SETTLED))) {
                return unknown(fleet, "paths of the host changed less than a minute ago");
            }
        }
        return new ViewWord(fleet.view(), Says.CLEAR, List.of(), "");
    }

    /** Of this host alone, and nothing of it fails but maps that have no path left. */
    private static boolean isOfDeadMaps(Incident incident, FleetHost host) {
        return incident.hosts().equals(List.of(host.host()))
                && !host.nexuses().isEmpty()
                && host.nexuses().stream().allMatch(nexus -> isOfDeadMaps(nexus, host));
    }

    private static boolean isOfDeadMaps(FleetNexus nexus, FleetHost host) {
        var paths = nexus.row().paths();
        return paths.failed() <= deadMaps(nexus.row().nexus(), host) && paths.marginal() == 0;
    }

    private static long deadMaps(Nexus nexus, FleetHost host) {
        return host.maps().stream()
                .filter(map -> map.usablePaths() == 0 && map.nexuses().contains(nexus))
                .count();
    }

    private static ViewWord unknown(FleetSnapshot fleet, String why) {
        return new ViewWord(fleet.view(), Says.UNKNOWN, List.of(), why);
    }
}
