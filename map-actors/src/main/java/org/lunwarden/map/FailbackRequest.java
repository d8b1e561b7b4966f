package org.lunwarden.map;

import java.util.Optional;

import org.lunwarden.map.group.Grouping;
import org.lunwarden.map.plan.MapPlan;
import org.lunwarden.model.fleet.HostAnswer.Move;

/** Judges a request to move a map to its best group, or to one that was named. Pure. */
sealed interface FailbackRequest {

    record Answer(Move move, String reason) implements FailbackRequest {}

    /** @param group 1-based */
    record Switch(int group) implements FailbackRequest {}

    /** @param wanted 1-based; empty for the best */
    static FailbackRequest judge(MapLife life, Optional<Integer> wanted) {
        if (life.kernelMap().isEmpty()) {
            return new Answer(Move.NOT_MOVED, "the kernel has no such map");
        }
        var map = life.kernelMap().get();
        var groups = MapPlan.groups(map, life.allPaths());
        var group = wanted.orElseGet(() -> Grouping.best(groups));
        if (map.suspended()) {
            return new Answer(Move.NOT_MOVED, "the map is suspended");
        }
        if (wanted.isPresent() && (group < 1 || group > groups.size())) {
            return new Answer(Move.NOT_MOVED, "the map has no group " + group);
        }
        if (group == 0 || groups.get(group - 1).usablePaths() == 0) {
            return new Answer(
                    Move.NOT_MOVED,
                    wanted.isEmpty() ? "no path is usable" : "no path of group " + group + " is usable");
        }
        return map.status().nextGroup() == group ? new Answer(Move.IN_PLACE, "") : new Switch(group);
    }
}
