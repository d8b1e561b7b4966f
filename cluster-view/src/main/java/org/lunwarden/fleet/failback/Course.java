package org.lunwarden.fleet.failback;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.MapSummary;

/**
 * A plan that is followed, and what its next coordinator must know to go on with it.
 *
 * @param footing how each LUN of the plan stood when it began, on every host that has it, also where it was in place: none
 *     may have fewer usable paths, none may leave its best group
 * @param incidents ids of those that were open then
 * @param dropped LUNs that were found unfit on the way, on whichever host, and why; they were moved on none
 */
public record Course(
        FailbackPlan plan, List<Footing> footing, List<String> incidents, SortedMap<Wwid, String> dropped) {

    /**
     * A map and its usable paths.
     *
     * @param home whether it was on its best group
     */
    public record Footing(HostId host, Wwid map, int usable, boolean home) {}

    public Course {
        footing = List.copyOf(footing);
        incidents = List.copyOf(incidents);
        dropped = Collections.unmodifiableSortedMap(new TreeMap<>(dropped));
    }

    public static Course of(FailbackPlan plan, Situation situation) {
        var planned = plan.maps();
        var footing = new ArrayList<Footing>();
        for (var host : situation.hosts()) {
            host.maps().stream()
                    .filter(map -> planned.contains(map.wwid()))
                    .forEach(map -> footing.add(new Footing(host.host(), map.wwid(), map.usablePaths(), isHome(map))));
        }
        var open = situation.incidents().stream()
                .filter(Incident::isOpen)
                .map(Incident::id)
                .toList();
        return new Course(plan, footing, open, Collections.emptySortedMap());
    }

    static SortedMap<Wwid, MapSummary> maps(Optional<HostState> host) {
        var maps = new TreeMap<Wwid, MapSummary>();
        host.ifPresent(known -> known.maps().forEach(map -> maps.put(map.wwid(), map)));
        return maps;
    }

    static boolean isHome(MapSummary map) {
        return map.bestGroup() != 0 && !map.isOffBestGroup();
    }

    /** All that have a LUN of the plan, sorted: those that move one, and those on which it is in place. */
    public NavigableSet<HostId> hosts() {
        var hosts = new TreeSet<>(plan.hosts());
        footing.forEach(map -> hosts.add(map.host()));
        return hosts;
    }

    public int waves() {
        return plan.waves().size();
    }

    /** What is moved in a wave by host, without what was dropped. */
    SortedMap<HostId, List<Wwid>> wave(int number) {
        var steps = new TreeMap<HostId, List<Wwid>>();
        for (var step : plan.waves().get(number).steps()) {
            var maps = step.maps().stream()
                    .filter(map -> !dropped.containsKey(map))
                    .toList();
            if (!maps.isEmpty()) {
                steps.put(step.host(), maps);
            }
        }
        return steps;
    }

    /** Maps of the waves before that one, without what was dropped. */
    int mapsBefore(int number) {
        var maps = 0;
        for (var wave = 0; wave < number; wave++) {
            maps += wave(wave).values().stream().mapToInt(List::size).sum();
        }
        return maps;
    }

    /** All maps, without what was dropped. */
    public int maps() {
        return mapsBefore(waves());
    }

    Course dropping(SortedMap<Wwid, String> unfit) {
        var all = new TreeMap<>(dropped);
        all.putAll(unfit);
        return new Course(plan, footing, incidents, all);
    }
}
