package org.lunwarden.fleet.impact;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.FleetSnapshot.FleetNexus;
import org.lunwarden.model.Component;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.NexusState;

/**
 * One way in which the paths of a host's map may be, of all that fit what the host reported.
 *
 * @param usable for each nexus, how many of the map's paths through it are
 */
record Worlds(List<FleetNexus> nexuses, List<Integer> usable) {

    static List<Worlds> of(FleetSnapshot fleet, HostId id, int pathsThroughEach) {
        var host = fleet.host(id).orElseThrow();
        var worlds = new ArrayList<Worlds>();
        spread(
                host.nexuses(),
                pathsThroughEach,
                new ArrayList<>(),
                host.maps().getFirst().usablePaths(),
                worlds);
        return worlds;
    }

    private static void spread(
            List<FleetNexus> nexuses, int pathsThroughEach, List<Integer> soFar, int left, List<Worlds> worlds) {
        if (soFar.size() == nexuses.size()) {
            if (left == 0) {
                worlds.add(new Worlds(nexuses, List.copyOf(soFar)));
            }
            return;
        }
        var state = nexuses.get(soFar.size()).state();
        var least = state == NexusState.UP ? pathsThroughEach : 0;
        var most = state == NexusState.DOWN ? 0 : pathsThroughEach;
        for (var count = least; count <= Math.min(most, left); count++) {
            var next = new ArrayList<>(soFar);
            next.add(count);
            spread(nexuses, pathsThroughEach, next, left - count, worlds);
        }
    }

    boolean hasAPathWithout(Collection<Component> down) {
        for (var number = 0; number < nexuses.size(); number++) {
            if (usable.get(number) > 0
                    && nexuses.get(number).row().components().stream().noneMatch(down::contains)) {
                return true;
            }
        }
        return false;
    }
}
