package org.lunwarden.fleet.impact;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;

import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.fleet.HostId;

/**
 * What becomes of every map of every host if these components go down together, as things are now. Nexuses that are down
 * already are not counted on. A host that is itself among the components takes its maps with it: they are not counted.
 *
 * @param down the components, sorted
 * @param unseen those of them that no host reports a nexus through: nothing can be said of them
 * @param maps how many maps of hosts come to which outlook; each is there
 * @param hosts the worst outlook of each host
 * @param affected maps that do not stay fine, the worst first, then by host and WWID; no more than {@link #MOST}
 */
public record Impact(
        List<Component> down,
        List<Component> unseen,
        Map<Outlook, Integer> maps,
        SortedMap<HostId, Outlook> hosts,
        List<MapImpact> affected) {

    /** So many maps are told one by one. */
    public static final int MOST = 500;

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
        var crossings = Crossings.of(fleet, down);
        var maps = new EnumMap<Outlook, Integer>(Outlook.class);
        for (var outlook : Outlook.values()) {
            maps.put(outlook, 0);
        }
        var hosts = new TreeMap<HostId, Outlook>();
        var worst = new PriorityQueue<>(WORST_FIRST.reversed());
        for (var host : fleet.hosts()) {
            if (down.contains(new Component(ComponentClass.HOST, host.host().value()))) {
                continue;
            }
            if (host.revision() == 0) {
                hosts.put(host.host(), Outlook.UNKNOWN);
            }
            var carriers = new Carriers(host, crossings);
            for (var map : host.maps()) {
                var verdict = carriers.of(map);
                maps.merge(verdict.outlook(), 1, Integer::sum);
                hosts.merge(host.host(), verdict.outlook(), (one, other) -> one.compareTo(other) < 0 ? other : one);
                if (verdict.outlook() != Outlook.FINE) {
                    worst.add(MapImpact.of(host.host(), map, verdict));
                    if (worst.size() > MOST) {
                        worst.remove();
                    }
                }
            }
        }
        return new Impact(
                down,
                crossings.unseen(),
                maps,
                hosts,
                worst.stream().sorted(WORST_FIRST).toList());
    }

    public int count(Outlook outlook) {
        return maps.getOrDefault(outlook, 0);
    }

    /** How many maps do not stay fine. */
    public int affectedMaps() {
        return maps.values().stream().mapToInt(Integer::intValue).sum() - count(Outlook.FINE);
    }

    /** Whether nothing speaks against it: no outage, nothing that is not known, and every component is one that is seen. */
    public boolean isSafe() {
        return unseen.isEmpty() && hosts.values().stream().noneMatch(Outlook::forbids);
    }
}
