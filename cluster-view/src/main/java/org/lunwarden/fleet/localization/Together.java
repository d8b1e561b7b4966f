package org.lunwarden.fleet.localization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sets of components of one class that share out the known rows of another one: both controllers are the array. */
final class Together {

    /** That more of them fail at once is not worth a thought. */
    private static final int MOST = 3;

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
        var known = 0;
        for (var at = index.rowsStart[component]; at < index.rowsStart[component + 1]; at++) {
            var row = index.rows[at];
            if (seen.isKnown(row)) {
                known++;
                for (var i = index.start[row]; i < index.start[row + 1]; i++) {
                    var kind = index.kindOf[index.crossed[i]];
                    if (sizes[kind] <= MOST) {
                        sizes[kind] = counted(index.crossed[i], members[kind], counts[kind], sizes[kind]);
                    }
                }
            }
        }
        var sets = new ArrayList<List<Integer>>();
        for (var kind = 0; kind < kinds; kind++) {
            if (kind != index.kindOf[component] && sizes[kind] > 1 && sizes[kind] <= MOST) {
                var set = Arrays.copyOf(members[kind], sizes[kind]);
                var rows = Arrays.stream(counts[kind]).sum();
                if (rows == known && Arrays.stream(set).mapToLong(this::known).sum() == known) {
                    Arrays.sort(set);
                    sets.add(Arrays.stream(set).boxed().toList());
                }
            }
        }
        return sets;
    }

    /** Gives the new number of members; one too many stands for all that are. */
    private static int counted(int component, int[] members, int[] counts, int size) {
        for (var i = 0; i < size; i++) {
            if (members[i] == component) {
                counts[i]++;
                return size;
            }
        }
        if (size < MOST) {
            members[size] = component;
            counts[size] = 1;
        }
        return size + 1;
    }

    private long known(int component) {
        var index = seen.index;
        return Arrays.stream(index.rows, index.rowsStart[component], index.rowsStart[component + 1])
                .filter(seen::isKnown)
                .count();
    }
}
