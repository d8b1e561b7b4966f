package org.lunwarden.map.group;

import java.util.Collection;
import java.util.Optional;

import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.MapSettings;

/**
 * By what rules the paths of a map are put into groups.
 *
 * @param detected the policy where the array tells the priorities ({@code detect_pgpolicy}, by port group with
 *     {@code detect_pgpolicy_use_tpg}); empty when none is detected
 * @param interleaved whether neighbours in a group should not share an adapter
 */
public record GroupingRules(GroupingPolicy policy, Optional<GroupingPolicy> detected, boolean interleaved) {

    /** The selector that takes paths in turn, for which the order in a group matters. */
    private static final String ROUND_ROBIN = "round-robin";

    public static GroupingRules of(MapSettings settings) {
        return new GroupingRules(
                settings.grouping(),
                settings.detectedGrouping(),
                settings.selector().name().equals(ROUND_ROBIN));
    }

    /**
     * The policy in force. A policy is detected where every path that knows a priority has it from the array; a path that
     * was never well enough to tell one does not count. Port groups are the array's too: without its word a set
     * {@code group_by_tpg} means {@code failover}.
     */
    public GroupingPolicy inForce(Collection<PathReport> paths) {
        var telling = paths.stream().filter(path -> path.priority().isDefined()).toList();
        var told = !telling.isEmpty() && telling.stream().allMatch(PathReport::aluaPriority);
        if (told) {
            return detected.orElse(policy);
        }
        return policy == GroupingPolicy.GROUP_BY_TPG ? GroupingPolicy.FAILOVER : policy;
    }
}
