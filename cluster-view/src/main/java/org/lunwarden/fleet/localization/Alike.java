package org.lunwarden.fleet.localization;

import java.util.Arrays;

/**
 * Failed rows in groups of which the same is true: of all rows of a group the same share failed, and the same faults touch
 * them. A hundred thousand rows make a few groups, so that what takes logarithms is done for each group once.
 */
final class Alike {

    private static final int NONE = -1;

    private final Observed seen;

    /** Row number -> group. */
    private final int[] groupOf;

    private int count;
    private int[] size;
    private double[] share;
    private double[] untouched;
    private double[] works;

    /** Group -> candidates of the faults that touch it. */
    private int[][] touchedBy;

    /** Group -> how well it is explained; NaN when that has to be worked out anew. */
    private double[] caused;

    Alike(Observed seen) {
        this.seen = seen;
        groupOf = seen.shareOf.clone();
        count = seen.shares.length;
        var room = Math.max(8, 2 * count);
        share = Arrays.copyOf(seen.shares, room);
        untouched = new double[room];
        works = new double[room];
        caused = new double[room];
        size = new int[room];
        touchedBy = new int[room][];
        Arrays.fill(untouched, 0, count, 1);
        Arrays.fill(works, 0, count, 1);
        Arrays.fill(touchedBy, 0, count, new int[0]);
        for (var group : groupOf) {
            size[group]++;
        }
    }

    /** Parts the rows that a fault touches from those like them, and counts it in. */
    void touch(Fault fault) {
        var before = count;
        var part = new int[before];
        Arrays.fill(part, NONE);
        for (var at = seen.rowsStart[fault.candidate()]; at < seen.rowsStart[fault.candidate() + 1]; at++) {
            var number = seen.rows[at];
            var group = groupOf[number];
            if (part[group] == NONE) {
                part[group] = partOf(group, fault.candidate());
            }
            groupOf[number] = part[group];
            size[group]--;
            size[part[group]]++;
        }
        for (var group = before; group < count; group++) {
            scale(group, 1 - fault.activity(), 1 - fault.fraction());
        }
    }

    private int partOf(int group, int candidate) {
        if (count == size.length) {
            var room = 2 * count;
            size = Arrays.copyOf(size, room);
            share = Arrays.copyOf(share, room);
            untouched = Arrays.copyOf(untouched, room);
            works = Arrays.copyOf(works, room);
            caused = Arrays.copyOf(caused, room);
            touchedBy = Arrays.copyOf(touchedBy, room);
        }
        share[count] = share[group];
        untouched[count] = untouched[group];
        works[count] = works[group];
        var its = touchedBy[group];
        touchedBy[count] = Arrays.copyOf(its, its.length + 1);
        touchedBy[count][its.length] = candidate;
        return count++;
    }

    /** Counts a fault of the group otherwise than before. */
    void scale(int group, double touch, double work) {
        untouched[group] *= touch;
        works[group] *= work;
        caused[group] = Double.NaN;
    }

    int count() {
        return count;
    }

    int group(int number) {
        return groupOf[number];
    }

    int size(int group) {
        return size[group];
    }

    double share(int group) {
        return share[group];
    }

    /** Candidates of the faults that touch its rows. */
    int[] touchedBy(int group) {
        return touchedBy[group];
    }

    /** How well the faults explain its rows, from 0 to 1. */
    double caused(int group) {
        if (touchedBy[group].length == 0) {
            return 0;
        }
        if (Double.isNaN(caused[group])) {
            caused[group] = Likelihood.caused(share[group], untouched[group], works[group]);
        }
        return caused[group];
    }

    /** The same by all faults but one that touches them. */
    double causedWithout(Fault fault, int group) {
        var untouchedByOthers = untouched[group] / (1 - fault.activity());
        return untouchedByOthers >= 1 - 1e-12
                ? 0
                : Likelihood.caused(
                        share[group], untouchedByOthers, Math.min(1, works[group] / (1 - fault.fraction())));
    }
}
