package org.lunwarden.map.plan;

import java.util.List;
import java.util.stream.Collectors;

import org.lunwarden.map.group.PathGroup;

/** Whether the groups of a table stand in the order in which they are to be used. Pure. */
final class GroupOrder {

    private GroupOrder() {}

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
    static boolean inOrder(List<PathGroup> groups) {
        var byTrust = groups.stream().collect(Collectors.partitioningBy(PathGroup::marginal));
        return byTrust.values().stream().allMatch(GroupOrder::fallInPriority);
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
