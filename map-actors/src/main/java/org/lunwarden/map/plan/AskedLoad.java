package org.lunwarden.map.plan;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.AutoResize;

/**
 * What an operator's word makes of a map's table, whatever the settings say: the size that all its paths have, or the same
 * table once more. {@link MapAction.Nothing} when it is so already, {@link MapAction.Reject} when it cannot be. Pure.
 */
public final class AskedLoad {

    private AskedLoad() {}

    /** A table loaded anew uses no path that a plan of its own would not have used. */
    public static MapAction reload(Situation situation) {
        return ofLive(
                situation,
                (map, choice) -> MapPlan.reload(map, choice, situation, MapAction.Reload.ASKED),
                situation.settings().upkeep().autoResize());
    }

    /**
     * To the one size of all paths, which is also less than the map's when they have shrunk.
     *
     * @param wanted the only size that will do; empty: any
     */
    public static MapAction resize(Situation situation, Optional<Long> wanted) {
        var sizes = situation.paths().stream()
                .map(PathReport::sizeSectors)
                .distinct()
                .sorted()
                .toList();
        if (sizes.size() > 1) {
            return new MapAction.Reject("its paths have different sizes: "
                    + sizes.stream().map(String::valueOf).collect(Collectors.joining(", ")) + " sectors");
        }
        if (sizes.contains(0L)) {
            return new MapAction.Reject("the size of its paths is not known");
        }
        var other = wanted.filter(size -> !sizes.contains(size));
        if (other.isPresent()) {
            return new MapAction.Reject("its paths do not have the " + other.get() + " sectors that were asked for");
        }
        return ofLive(situation, (map, choice) -> resize(map, choice, situation), AutoResize.GROW_SHRINK);
    }

    private static MapAction resize(KernelMap map, PathChoice choice, Situation situation) {
        if (choice.sizeSectors() == map.sizeSectors()) {
            return new MapAction.Nothing();
        }
        var known = situation.paths().stream().map(PathReport::device).collect(Collectors.toSet());
        if (!known.containsAll(map.members())) {
            return new MapAction.Reject("a path of its table is not known, nor its size");
        }
        return MapPlan.finishesIo(map, choice)
                ? new MapAction.Resize(MapPlan.wanted(choice, situation), map.sizeSectors())
                : new MapAction.Reject("no path works by which the I/O under way could end");
    }

    private static MapAction ofLive(
            Situation situation, BiFunction<KernelMap, PathChoice, MapAction> load, AutoResize resizing) {
        return switch (situation.kernel()) {
            case KernelView.Absent() -> new MapAction.Reject("the kernel has no such map");
            case KernelView.NameTaken taken -> new MapAction.Reject("the kernel has no such map");
            case KernelView.Foreign(var reason) -> new MapAction.Reject(reason);
            case KernelView.Unreadable(var refusal) -> new MapAction.Reject(refusal.toString());
            case KernelView.Present(var map, var event) -> {
                var choice = PathChoice.forMap(map, situation, resizing);
                yield obstacle(map, choice, situation)
                        .<MapAction>map(MapAction.Reject::new)
                        .orElseGet(() -> load.apply(map, choice));
            }
        };
    }

    private static Optional<String> obstacle(KernelMap map, PathChoice choice, Situation situation) {
        if (map.suspended()) {
            return Optional.of("the map is suspended");
        }
        if (map.sizeSectors() == 0) {
            return Optional.of("the map has no table");
        }
        if (!situation.patience().settled()) {
            return Optional.of("not all of its paths are checked yet");
        }
        if (choice.paths().isEmpty()
                || MapPlan.livesByAStranger(map, situation)
                || MapPlan.awaitsItsOnlyHope(choice, situation)) {
            return Optional.of("none of its known paths may carry its I/O now");
        }
        return Optional.empty();
    }
}
