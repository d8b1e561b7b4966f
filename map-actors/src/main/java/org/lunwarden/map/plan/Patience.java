package org.lunwarden.map.plan;

import java.util.Set;

/**
 * What is not to be done to a map yet, or not again.
 *
 * @param settled whether all paths have spoken that may, so that the set of paths may be loaded
 * @param regroup whether groups may be made anew because of priorities
 * @param mayCreate whether an absent map is to be made: false when somebody removed it
 * @param mayResume whether a suspended map is left over from a reload that was cut off; else somebody wants it so
 * @param onlyUsable leave out new paths that are not usable, after a table with them was refused
 * @param tolerated differences that the kernel kept when the wanted table was loaded
 * @param blocked actions that were refused lately
 */
public record Patience(
        boolean settled,
        boolean regroup,
        boolean mayCreate,
        boolean mayResume,
        boolean onlyUsable,
        Set<Difference> tolerated,
        Set<Class<? extends MapAction>> blocked) {

    /** Whether groups that are not made anew now are as they should be. */
    public boolean letsRegroup() {
        return settled
                && regroup
                && !blocked.contains(MapAction.Reload.class)
                && !blocked.contains(MapAction.Resize.class);
    }

    public Patience {
        tolerated = Set.copyOf(tolerated);
        blocked = Set.copyOf(blocked);
    }
}
