package org.lunwarden.map.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.lunwarden.map.group.PathGroup;
import org.lunwarden.model.DevT;
import org.lunwarden.model.map.PathReport;

/** The groups of the kernel's table, and whether they stand in the order in which they are to be used. Pure. */
public final class KernelGroups {

    private KernelGroups() {}

    /** In the kernel's order, with what is known of their paths. */
    public static List<PathGroup> of(KernelMap map, List<PathReport> paths) {
        Map<DevT, PathReport> known = paths.stream().collect(Collectors.toMap(PathReport::device, Function.identity()));
        return map.table().groups().stream()
                .map(group -> group.paths().stream()
                        .flatMap(path -> Optional.ofNullable(known.get(path.device())).stream())
                        .toList())
                .map(members -> new PathGroup(members, isMarginal(members)))
                .toList();
    }

    private static boolean isMarginal(List<PathReport> members) {
        return !members.isEmpty()
                && members.stream().allMatch(path -> path.grouping().marginal());
    }

    /** Whether no usable group stands behind one whose paths are not trusted. */
    static boolean trustedFirst(List<PathGroup> groups) {
        return groups.stream()
                .filter(group -> group.usablePaths() > 0)
                .dropWhile(group -> !group.marginal())
                .allMatch(PathGroup::marginal);
    }

    /**
     * Whether priorities fall from group to group, among those that are trusted and among the others; groups without a usable
     * path or a known priority do not count.
     */
    public static boolean inOrder(List<PathGroup> groups) {
        var byTrust = groups.stream().collect(Collectors.partitioningBy(PathGroup::marginal));
        return byTrust.values().stream().allMatch(KernelGroups::fallInPriority);
    }

    private static boolean fallInPriority(List<PathGroup> groups) {
        var priorities = groups.stream()
                .filter(group -> group.usablePaths() > 0)
                .mapToInt(PathGroup::priority)
                .filter(priority -> priority >= 0)
                .toArray();
        for (var i = 1; i < priorities.length; i++) {
            if (priorities[i] > priorities[i - 1]) {
                return false;
            }
        }
        return true;
    }
}
