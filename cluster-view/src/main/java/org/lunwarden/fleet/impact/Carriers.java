package org.lunwarden.fleet.impact;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.lunwarden.fleet.Contact;
import org.lunwarden.fleet.FleetSnapshot.FleetHost;
import org.lunwarden.fleet.FleetSnapshot.FleetNexus;
import org.lunwarden.fleet.impact.Crossings.Crosses;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusState;

/** The nexuses of a host that carry its maps' I/O, and what is left of them. */
final class Carriers {

    private final FleetHost host;
    private final Map<Nexus, FleetNexus> nexuses = new HashMap<>();
    private final Map<Nexus, Crosses> crosses = new HashMap<>();

    Carriers(FleetHost host, Crossings crossings) {
        this.host = host;
        for (var nexus : host.nexuses()) {
            nexuses.put(nexus.row().nexus(), nexus);
            crosses.put(nexus.row().nexus(), crossings.by(nexus.row()));
        }
    }

    MapImpact impact(MapSummary map) {
        if (host.contact() != Contact.REPORTING) {
            return impact(map, Outlook.UNKNOWN, 0, 0, "host " + host.host() + " does not report");
        }
        if (map.usablePaths() == 0) {
            return impact(map, Outlook.OUT_ALREADY, 0, 0, "");
        }
        if (map.nexuses().isEmpty()) {
            return impact(map, Outlook.UNKNOWN, 0, 0, "the host does not tell which nexuses carry it");
        }
        return carried(map);
    }

    private MapImpact carried(MapSummary map) {
        var carriers = carriersOf(map);
        var all = Stream.concat(carriers.sure().stream(), carriers.perhaps().stream())
                .toList();
        var inDoubt = all.stream().filter(nexus -> is(nexus, Crosses.NOT_KNOWN)).count();
        var now = carriers.sure().size();
        if (all.stream().allMatch(nexus -> is(nexus, Crosses.NO))) {
            return impact(map, Outlook.FINE, now, now, "");
        }
        var left =
                carriers.sure().stream().filter(nexus -> is(nexus, Crosses.NO)).toList();
        if (!left.isEmpty()) {
            return reduced(map, carriers.sure(), left, inDoubt);
        }
        return inDoubt > 0 || carriers.perhaps().stream().anyMatch(nexus -> is(nexus, Crosses.NO))
                ? impact(
                        map,
                        Outlook.UNKNOWN,
                        now,
                        0,
                        "whether a path is left hangs on nexuses of which too little is known")
                : impact(map, Outlook.OUTAGE, now, 0, "");
    }

    private MapImpact reduced(MapSummary map, List<Nexus> sure, List<Nexus> left, long inDoubt) {
        var after = fabrics(left);
        if (after.size() == 1 && fabrics(sure).size() > 1) {
            return impact(
                    map,
                    Outlook.ONE_FABRIC,
                    sure.size(),
                    left.size(),
                    "only " + after.iterator().next() + " is left");
        }
        var why = inDoubt == 0 ? "" : "it is not known whether " + inDoubt + " of its nexuses are among them";
        return impact(map, Outlook.REDUCED, sure.size(), left.size(), why);
    }

    /**
     * @param sure nexuses that carry a path of a map
     * @param perhaps those that may carry one: some of their paths do
     */
    private record OfMap(List<Nexus> sure, List<Nexus> perhaps) {}

    private OfMap carriersOf(MapSummary map) {
        var sure = new ArrayList<Nexus>();
        var perhaps = new ArrayList<Nexus>();
        for (var nexus : map.nexuses()) {
            var known = Optional.ofNullable(nexuses.get(nexus));
            switch (known.map(FleetNexus::state).orElse(NexusState.UNKNOWN)) {
                case UP -> (isWhole(known.get()) ? sure : perhaps).add(nexus);
                case PARTIAL, UNKNOWN -> perhaps.add(nexus);
                case DOWN, ADMIN -> {}
            }
        }
        if (map.usablePaths() >= sure.size() + perhaps.size()) {
            // each has to carry one for the map to have so many
            sure.addAll(perhaps);
            return new OfMap(sure, List.of());
        }
        if (map.usablePaths() < sure.size()) {
            perhaps.addAll(sure);
            return new OfMap(List.of(), perhaps);
        }
        return map.usablePaths() == sure.size() ? new OfMap(sure, List.of()) : new OfMap(sure, perhaps);
    }

    private static boolean isWhole(FleetNexus nexus) {
        return nexus.row().paths().up() == nexus.row().paths().total();
    }

    private boolean is(Nexus nexus, Crosses wanted) {
        return crosses.getOrDefault(nexus, Crosses.NOT_KNOWN) == wanted;
    }

    /** The networks that these nexuses cross; of a nexus without a known one, nothing. */
    private Set<Component> fabrics(List<Nexus> of) {
        var fabrics = new HashSet<Component>();
        for (var nexus : of) {
            Optional.ofNullable(nexuses.get(nexus)).stream()
                    .flatMap(known -> known.row().components().stream())
                    .filter(component ->
                            component.kind() == ComponentClass.FABRIC || component.kind() == ComponentClass.SUBNET)
                    .forEach(fabrics::add);
        }
        return fabrics;
    }

    private MapImpact impact(MapSummary map, Outlook outlook, int now, int then, String why) {
        return new MapImpact(host.host(), map.wwid(), map.name(), outlook, now, then, why);
    }
}
