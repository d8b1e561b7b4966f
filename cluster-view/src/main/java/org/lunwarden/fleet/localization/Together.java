package org.lunwarden.fleet.localization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sets of components of one class that share out the known rows of another one: both controllers are the array. */
final class Together {

    /** That more of them fail at once is not worth a thought. */
    private static final int MOST = 3;

    private static final int TOO_MANY = MOST + 1;

    private final Observed seen;

    Together(Observed seen) {
        this.seen = seen;
    }

    List<List<Integer>> of(int component) {
        var index = seen.index;
        var kinds = index.kinds.length;
        var members = new int[kinds][MOST];
        var counts = new int[kinds][MOST];
        var sizes = new int[kinds];
        var own = index.kindOf[component];
        sizes[own] = TOO_MANY;
        var all = known(component);
        var open = kinds - 1;
        for (var at = index.rowsStart[component]; at < index.rowsStart[component + 1] && open > 0; at++) {
            var row = index.rows[at];
            if (!seen.isKnown(row)) {
                continue;
            }
            for (var i = index.start[row]; i < index.start[row + 1]; i++) {
                var kind = index.kindOf[index.crossed[i]];
                if (sizes[kind] < TOO_MANY) {
                    sizes[kind] = counted(index.crossed[i], members[kind], counts[kind], sizes[kind], all);
                    open -= sizes[kind] == TOO_MANY ? 1 : 0;
                }
            }
        }
        var sets = new ArrayList<List<Integer>>();
        for (var kind = 0; kind < kinds; kind++) {
            if (sizes[kind] > 1 && sizes[kind] < TOO_MANY) {
                var set = Arrays.copyOf(members[kind], sizes[kind]);
                if (Arrays.stream(counts[kind]).sum() == all
                        && Arrays.stream(set).map(this::known).sum() == all) {
                    Arrays.sort(set);
                    sets.add(Arrays.stream(set).boxed().toList());
                }
            }
        }
        return sets;
    }

    /** Gives the new number of members; of a class of which one has more known rows than all, none are wanted. */
    private int counted(int component, int[] members, int[] counts, int size, int all) {
        for (var i = 0; i < size; i++) {
            if (members[i] == component) {
                counts[i]++;
                return size;
            }
        }
        if (size == MOST || known(component) > all) {
            return TOO_MANY;
        }
        members[size] = component;
        counts[size] = 1;
        return size + 1;
    }

    private int known(int component) {
        var candidate = seen.candidateOf(component);
        if (candidate >= 0) {
            return seen.knownThrough(candidate);
        }
        var index = seen.index;
        var known = 0;
        for (var at = index.rowsStart[component]; at < index.rowsStart[component + 1]; at++) {
            known += seen.isKnown(index.rows[at]) ? 1 : 0;
        }
        return known;
    }
}
