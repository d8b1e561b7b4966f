package org.lunwarden.model.settings;

/** How paths are put into groups ({@code path_grouping_policy} of multipath.conf(5)). */
public enum GroupingPolicy {
    /** Every path is a group of its own. */
    FAILOVER("failover"),
    /** All paths in one group. */
    MULTIBUS("multibus"),
    GROUP_BY_PRIO("group_by_prio");

    private final String word;

    GroupingPolicy(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
