package org.lunwarden.map.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.lunwarden.map.group.PathGroup;
import org.lunwarden.model.DevT;
import org.lunwarden.model.PathState;
import org.lunwarden.model.dm.MultipathStatus.GroupState;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.UnitProof;

/** What the kernel's target must be told so that its paths and its queueing are as we know them. */
final class KernelMessages {

    private KernelMessages() {}

    static List<String> of(KernelMap map, Situation situation) {
        Map<DevT, PathReport> paths = Stream.concat(situation.paths().stream(), situation.gone().stream())
                .collect(Collectors.toMap(PathReport::device, Function.identity()));
        var good = map.members().stream()
                .filter(member -> Optional.ofNullable(paths.get(member))
                        .filter(PathGroup::isUsable)
                        .isPresent())
                .toList();
        var unused = unused(good.isEmpty());
        var noneWorks = good.stream().noneMatch(member -> map.active(member).orElse(false));
        var failed = new ArrayList<String>();
        var reinstated = new ArrayList<String>();
        var enabled = new ArrayList<String>();
        var number = 0;
        for (var group : map.status().groups()) {
            number++;
            var usable = false;
            for (var inKernel : group.paths()) {
                var path = paths.get(inKernel.device());
                if (path == null) {
                    continue;
                }
                usable |= PathGroup.isUsable(path);
                if (inKernel.active() && unused.test(path)) {
                    failed.add(MapAction.failPath(inKernel.device()));
                } else if (!inKernel.active() && PathGroup.mayComeIntoUse(path, noneWorks)) {
                    reinstated.add("reinstate_path " + inKernel.device());
                }
            }
            if (usable && group.state() == GroupState.DISABLED) {
                enabled.add("enable_group " + number);
            }
        }
        var messages = new ArrayList<String>();
        if (map.deferredRemove()
                && !situation.paths().isEmpty()
                && situation.settings().upkeep().deferredRemove()) {
            messages.add(MapAction.Tell.STAY);
        }
        messages.addAll(reinstated);
        messages.addAll(failed);
        messages.addAll(enabled);
        if (map.queueing() != situation.queueing()) {
            messages.add(KernelMap.queueingWord(situation.queueing()));
        }
        return messages;
    }

    /**
     * What the kernel is to be told not to use.
     *
     * @param alone whether no path of the map is good
     */
    static Predicate<PathReport> unused(boolean alone) {
        return path -> mustNotBeUsed(path) && !(alone && isHeldBackOnly(path));
    }

    /** Whether it works and is merely not trusted: better than no path. */
    private static boolean isHeldBackOnly(PathReport path) {
        return path.state() == PathState.DELAYED && !path.adminFailed() && path.unit() != UnitProof.ANOTHER;
    }

    /** Whether the kernel must not use a path. A check that has not ended changes nothing. */
    static boolean mustNotBeUsed(PathReport path) {
        return path.adminFailed()
                || path.unit() == UnitProof.ANOTHER
                || switch (path.state()) {
                    case DOWN, SHAKY, TIMEOUT, REMOVED, DELAYED, DISCONNECTED -> true;
                    case UP, GHOST, WILD, UNCHECKED, PENDING -> false;
                };
    }
}
