package org.lunwarden.map;

import org.lunwarden.map.group.Grouping;
import org.lunwarden.map.plan.MapPlan;
import org.lunwarden.model.fleet.HostAnswer.Move;

/** Judges a request to move a map to its best group. Pure. */
sealed interface FailbackRequest {

    record Answer(Move move, String reason) implements FailbackRequest {}

    /** @param group 1-based */
    record Switch(int group) implements FailbackRequest {}

    static FailbackRequest judge(MapLife life) {
        if (life.kernelMap().isEmpty()) {
            return new Answer(Move.NOT_MOVED, "the kernel has no such map");
        }
        var map = life.kernelMap().get();
        var groups = MapPlan.groups(map, life.allPaths());
        var best = Grouping.best(groups);
        if (map.suspended()) {
            return new Answer(Move.NOT_MOVED, "the map is suspended");
        }
        if (best == 0 || groups.get(best - 1).usablePaths() == 0) {
            return new Answer(Move.NOT_MOVED, "no path is usable");
        }
        return map.status().nextGroup() == best ? new Answer(Move.IN_PLACE, "") : new Switch(best);
    }
}
