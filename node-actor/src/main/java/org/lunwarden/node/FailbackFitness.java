package org.lunwarden.node;

import java.util.List;
import java.util.Optional;

import org.lunwarden.model.PathState;
import org.lunwarden.model.fleet.HostAnswer.Move;
import org.lunwarden.model.fleet.HostAnswer.Outcome;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.node.report.MapSummaries;

/** Whether a map could be moved to its best group now. Pure. */
final class FailbackFitness {

    private FailbackFitness() {}

    /**
     * A path that is pending has a check under way, or is told by its array to wait while its access state changes: which
     * group is the best is not known then.
     *
     * @param targetPorts that the map may use afterwards
     */
    static Outcome of(MapTopology map, List<String> targetPorts) {
        if (!MapSummaries.isBestUsable(map)) {
            return not(map, "no path of its best group is usable");
        }
        var stray = map.groups().get(map.bestGroup() - 1).paths().stream()
                .filter(path -> path.state().isUsable()
                        && !targetPorts.contains(path.nexus().targetPort()))
                .findFirst();
        if (stray.isPresent()) {
            return not(
                    map,
                    "its best group uses target port " + stray.get().nexus().targetPort() + ", which is not among "
                            + targetPorts);
        }
        if (map.nextGroup() == map.bestGroup()) {
            return new Outcome(map.wwid(), Move.IN_PLACE, "");
        }
        return pending(map)
                .map(path -> not(map, "path " + path.name() + " is pending: its array may be in transition"))
                .orElseGet(() -> new Outcome(map.wwid(), Move.READY, ""));
    }

    static Optional<MapTopology.Path> pending(MapTopology map) {
        return map.groups().stream()
                .flatMap(group -> group.paths().stream())
                .filter(path -> path.state() == PathState.PENDING)
                .findFirst();
    }

    private static Outcome not(MapTopology map, String reason) {
        return new Outcome(map.wwid(), Move.NOT_MOVED, reason);
    }
}
