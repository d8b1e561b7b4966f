package org.lunwarden.node;

import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.lunwarden.model.DeviceName;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.MapTopology;

/**
 * The paths and maps of a host, counted.
 *
 * @param maps that the kernel has, by how many paths of each are usable
 * @param queueing maps without a usable path whose I/O waits
 * @param stuck maps with a dm call that does not return, with the call
 */
record Census(
        Map<PathState, Integer> paths,
        SortedMap<Integer, Integer> maps,
        int queueing,
        SortedMap<Wwid, String> stuck,
        SortedMap<DeviceName, String> keptOut) {

    static Census of(PathTable paths, MapTable maps, KeptOut keptOut) {
        var states = new EnumMap<PathState, Integer>(PathState.class);
        paths.all().forEach(path -> states.merge(path.last().state(), 1, Integer::sum));
        var sizes = new TreeMap<Integer, Integer>();
        var queueing = 0;
        for (var map : maps.present().values()) {
            var usable = map.topology().map(MapTopology::usablePaths).orElse(0L);
            sizes.merge(Math.toIntExact(usable), 1, Integer::sum);
            queueing +=
                    usable == 0 && map.topology().filter(MapTopology::queueing).isPresent() ? 1 : 0;
        }
        return new Census(Map.copyOf(states), sizes, queueing, maps.stuck(), keptOut.reasons());
    }

    int allPaths() {
        return sum(paths);
    }

    int usablePaths() {
        return paths.entrySet().stream()
                .filter(state -> state.getKey().isUsable())
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    int allMaps() {
        return sum(maps);
    }

    private static int sum(Map<?, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
