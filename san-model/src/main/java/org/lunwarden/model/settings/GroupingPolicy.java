package org.lunwarden.model.settings;

/** How paths are put into groups ({@code path_grouping_policy} of multipath.conf(5)). */
public enum GroupingPolicy {
    /** Every path is a group of its own. */
    FAILOVER("failover"),
    /** All paths in one group. */
    MULTIBUS("multibus"),
    /** By the logical unit's serial number, for arrays whose controllers tell different ones. */
    GROUP_BY_SERIAL("group_by_serial"),
    GROUP_BY_PRIO("group_by_prio"),
    /** By the name of the target that the path leads to. */
    GROUP_BY_NODE_NAME("group_by_node_name"),
    /** By ALUA target port group; {@link #FAILOVER} where the array does not tell the priorities. */
    GROUP_BY_TPG("group_by_tpg");

    private final String word;

    GroupingPolicy(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
