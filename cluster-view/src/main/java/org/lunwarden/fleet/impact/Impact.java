package org.lunwarden.fleet.impact;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.FleetSnapshot.FleetHost;
import org.lunwarden.model.Component;
import org.lunwarden.model.fleet.HostId;

/**
 * What becomes of every map of every host if these components go down together, as things are now. Nexuses that are down
 * already are not counted on.
 *
 * @param down the components, sorted
 * @param unseen those of them that no host reports a nexus through: nothing can be said of them
 * @param maps how many maps of hosts come to which outlook; each is there
 * @param hosts the worst outlook of each host
 * @param affected maps that do not stay fine, the worst first, then by host and WWID
 */
public record Impact(
        List<Component> down,
        List<Component> unseen,
        Map<Outlook, Integer> maps,
        SortedMap<HostId, Outlook> hosts,
        List<MapImpact> affected) {

    private static final Comparator<MapImpact> WORST_FIRST = Comparator.comparing(MapImpact::outlook)
            .reversed()
            .thenComparing(MapImpact::host)
            .thenComparing(MapImpact::wwid);

    public Impact {
        down = List.copyOf(down);
        unseen = List.copyOf(unseen);
        maps = Map.copyOf(maps);
        affected = List.copyOf(affected);
    }

    public static Impact of(FleetSnapshot fleet, Collection<Component> components) {
        var down = components.stream().distinct().sorted().toList();
        var crossing = Crossings.of(fleet, down);
        var maps = new EnumMap<Outlook, Integer>(Outlook.class);
        for (var outlook : Outlook.values()) {
            maps.put(outlook, 0);
        }
        var hosts = new TreeMap<HostId, Outlook>();
        var affected = new ArrayList<MapImpact>();
        for (var host : fleet.hosts()) {
            for (var impact : ofHost(host, crossing)) {
                maps.merge(impact.outlook(), 1, Integer::sum);
                hosts.merge(host.host(), impact.outlook(), (one, other) -> one.compareTo(other) < 0 ? other : one);
                if (impact.outlook() != Outlook.FINE) {
                    affected.add(impact);
                }
            }
        }
        affected.sort(WORST_FIRST);
        return new Impact(down, crossing.unseen(), maps, hosts, affected);
    }

    private static List<MapImpact> ofHost(FleetHost host, Crossings crossing) {
        var carriers = new Carriers(host, crossing);
        return host.maps().stream().map(carriers::impact).toList();
    }

    public int count(Outlook outlook) {
        return maps.getOrDefault(outlook, 0);
    }

    /** Whether nothing speaks against it: no outage, nothing that is not known, and every component is one that is seen. */
    public boolean isSafe() {
        return unseen.isEmpty() && maps.keySet().stream().noneMatch(outlook -> outlook.forbids() && count(outlook) > 0);
    }

    /** Hosts that have a map which does not stay fine. */
    public int affectedHosts() {
        return new HashSet<>(affected.stream().map(MapImpact::host).toList()).size();
    }
}
