package org.lunwarden.fleet.alert;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.lunwarden.fleet.Contact;
import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.FleetSnapshot.FleetHost;
import org.lunwarden.fleet.FleetSnapshot.FleetNexus;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusState;

/**
 * Whom an incident hurts now, and what is left to them. A map counts once, where it is worst.
 *
 * @param hosts with nexuses in the incident
 * @param hostsWithoutPath those of them that have a map without a path, sorted; no more than {@link #NAMED} are named
 * @param hostsOut how many those are
 * @param mapsWithoutPath known to have none
 * @param mapsOnOneFabric have paths through more than one fabric, and only those through one are left
 * @param fabricsLeft the fabrics, or subnets, that these live on, sorted
 * @param mapsReduced lost paths, but no fabric
 * @param mapsUnknown it is not known what is left to them
 */
public record Reach(
        int hosts,
        List<String> hostsWithoutPath,
        int hostsOut,
        int mapsWithoutPath,
        int mapsOnOneFabric,
        List<Component> fabricsLeft,
        int mapsReduced,
        int mapsUnknown) {

    /** So many hosts are told by name. */
    static final int NAMED = 5;

    public Reach {
        hostsWithoutPath = List.copyOf(hostsWithoutPath);
        fabricsLeft = List.copyOf(fabricsLeft);
    }

    public static Reach of(FleetSnapshot fleet, Incident incident) {
        var members = new HashMap<String, Set<Nexus>>();
        for (var member : incident.members()) {
            members.computeIfAbsent(member.host().value(), any -> new HashSet<>())
                    .add(member.nexus());
        }
        var tally = new Tally();
        for (var host : fleet.hosts()) {
            var nexuses = members.get(host.host().value());
            if (nexuses != null) {
                tally.add(host, nexuses);
            }
        }
        return new Reach(
                members.size(),
                tally.out.stream().limit(NAMED).toList(),
                tally.out.size(),
                tally.withoutPath,
                tally.onOneFabric,
                List.copyOf(tally.fabricsLeft),
                tally.reduced,
                tally.unknown);
    }

    /** How many maps are not as they should be. */
    public int maps() {
        return mapsWithoutPath + mapsOnOneFabric + mapsReduced + mapsUnknown;
    }

    private static final class Tally {
        final TreeSet<String> out = new TreeSet<>();
        final TreeSet<Component> fabricsLeft = new TreeSet<>();
        int withoutPath;
        int onOneFabric;
        int reduced;
        int unknown;

        void add(FleetHost host, Set<Nexus> hurt) {
            var rows = new HashMap<Nexus, FleetNexus>();
            host.nexuses().forEach(nexus -> rows.put(nexus.row().nexus(), nexus));
            for (var map : host.maps()) {
                if (host.contact() != Contact.REPORTING || map.nexuses().isEmpty()) {
                    unknown++;
                } else if (map.nexuses().stream().anyMatch(hurt::contains)) {
                    add(host, map, rows);
                }
            }
        }

        private void add(FleetHost host, MapSummary map, Map<Nexus, FleetNexus> rows) {
            if (map.usablePaths() == 0) {
                if (isExplained(
                        map.nexuses().stream().map(nexus -> state(rows, nexus)).toList())) {
                    withoutPath++;
                    out.add(host.host().value());
                } else {
                    unknown++;
                }
            } else if (map.usablePaths() < map.paths()) {
                var left = fabrics(rows, map, true);
                if (left.size() == 1 && fabrics(rows, map, false).size() > 1) {
                    onOneFabric++;
                    fabricsLeft.addAll(left);
                } else {
                    reduced++;
                }
            }
        }

        /** Its host says that no path is left, and where one is known to have failed that is no gap in what is known. */
        private static boolean isExplained(List<NexusState> states) {
            return states.stream().allMatch(Tally::isOut)
                    || states.stream().anyMatch(state -> state == NexusState.DOWN || state == NexusState.PARTIAL);
        }

        private static boolean isOut(NexusState state) {
            return state == NexusState.DOWN || state == NexusState.ADMIN;
        }

        private static NexusState state(Map<Nexus, FleetNexus> rows, Nexus nexus) {
            var row = rows.get(nexus);
            return row == null ? NexusState.UNKNOWN : row.state();
        }

        private static Set<Component> fabrics(Map<Nexus, FleetNexus> rows, MapSummary map, boolean left) {
            var fabrics = new HashSet<Component>();
            for (var nexus : map.nexuses()) {
                var row = rows.get(nexus);
                if (row != null && !(left && isOut(row.state()))) {
                    row.row().components().stream()
                            .filter(component -> component.kind() == ComponentClass.FABRIC
                                    || component.kind() == ComponentClass.SUBNET)
                            .forEach(fabrics::add);
                }
            }
            return fabrics;
        }
    }
}
