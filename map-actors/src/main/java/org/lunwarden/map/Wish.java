package org.lunwarden.map;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.lunwarden.map.group.Grouping;
import org.lunwarden.map.group.PathGroup;
import org.lunwarden.map.plan.AskedLoad;
import org.lunwarden.map.plan.KernelGroups;
import org.lunwarden.map.plan.KernelMap;
import org.lunwarden.map.plan.MapAction;
import org.lunwarden.model.fleet.Epoch;

/** What somebody may ask of a map. */
sealed interface Wish {

    /**
     * Use the best group.
     *
     * @param epoch of who wants it: one that is older than another's that has asked since does not hold any more
     * @param targetPorts that the best group may use: if it uses another one, the map stays where it is
     */
    record FailBack(Epoch epoch, Set<String> targetPorts) implements Wish {
        public FailBack {
            targetPorts = Set.copyOf(targetPorts);
        }
    }

    /** @param group 1-based */
    record SwitchTo(int group) implements Wish {}

    /**
     * Have the size that all paths have.
     *
     * @param sectors the only size that will do; empty: whichever that is
     */
    record Resize(Optional<Long> sectors) implements Wish {}

    /** Load the table once more, though nothing differs. */
    record Reload() implements Wish {}

    /** Have the kernel keep or fail I/O without a path as was said: the plan tells it so. */
    record QueueingAsSaid() implements Wish {}

    /**
     * What follows from a wish while nothing else is to be done to the map: an act, {@link MapAction.Nothing} when it is
     * fulfilled already, {@link MapAction.Reject} when it is refused. Pure.
     */
    static MapAction judge(Wish wish, MapLife life, Duration now) {
        return switch (wish) {
            case FailBack(var epoch, var ports) -> toBest(life, ports);
            case SwitchTo(var group) -> toGroup(life, group);
            case Resize(var sectors) -> AskedLoad.resize(life.situation(now), sectors);
            case Reload() -> AskedLoad.reload(life.situation(now));
            case QueueingAsSaid() -> queueing(life, life.situation(now).queueing());
        };
    }

    private static MapAction queueing(MapLife life, boolean wanted) {
        if (life.kernelMap().isEmpty()) {
            return new MapAction.Reject("the kernel has no such map");
        }
        var map = life.kernelMap().get();
        if (map.queueing() == wanted) {
            return new MapAction.Nothing();
        }
        // by itself: what else is to be told may have been refused, and then waits
        return map.suspended()
                ? new MapAction.Reject("the map is suspended")
                : new MapAction.Tell(List.of(KernelMap.queueingWord(wanted)));
    }

    private static MapAction toBest(MapLife life, Set<String> targetPorts) {
        if (life.kernelMap().isEmpty()) {
            return new MapAction.Reject("the kernel has no such map");
        }
        var groups = KernelGroups.of(life.kernelMap().get(), life.allPaths());
        var best = Grouping.best(groups);
        if (best == 0 || groups.get(best - 1).usablePaths() == 0) {
            return new MapAction.Reject("no path is usable");
        }
        return groups.get(best - 1).paths().stream()
                .filter(path -> PathGroup.isUsable(path)
                        && !targetPorts.contains(path.nexus().targetPort()))
                .findFirst()
                .<MapAction>map(path -> new MapAction.Reject(
                        "its best group uses target port " + path.nexus().targetPort() + ", which is not wanted"))
                .orElseGet(() -> toGroup(life, best));
    }

    private static MapAction toGroup(MapLife life, int group) {
        if (life.kernelMap().isEmpty()) {
            return new MapAction.Reject("the kernel has no such map");
        }
        var map = life.kernelMap().get();
        var groups = KernelGroups.of(map, life.allPaths());
        if (map.suspended()) {
            return new MapAction.Reject("the map is suspended");
        }
        if (group < 1 || group > groups.size()) {
            return new MapAction.Reject("the map has no group " + group);
        }
        if (groups.get(group - 1).usablePaths() == 0) {
            return new MapAction.Reject("no path of group " + group + " is usable");
        }
        return map.status().nextGroup() == group ? new MapAction.Nothing() : new MapAction.SwitchGroup(group);
    }
}
