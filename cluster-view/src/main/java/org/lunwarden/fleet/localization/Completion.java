package org.lunwarden.fleet.localization;

import java.util.Arrays;
import java.util.Locale;

/**
 * Fills in what some hosts cannot see: where a host does not name the switch, but names a link or a port that belongs to one
 * switch for all other hosts, its rows cross that switch too. Only for classes that every row of such a link or port crosses
 * whether it says so or not; whether a row crosses a trunk, say, its ports do not tell.
 */
final class Completion {

    /** A class belongs to another one when so many of its rows agree on the component of that one. */
    private static final double OWNED = 0.95;

    /** The same for one component of it, and the rows that this takes. */
    private static final double AGREED = 0.9;

    private static final int LEAST_ROWS = 3;
    private static final int NONE = -1;

    private final String[] kinds;
    private final int[] kindOf;
    private int[] start;
    private int[] crossed;
    private int completed;

    Completion(String[] kinds, int[] kindOf, int[] start, int[] crossed) {
        this.kinds = kinds;
        this.kindOf = kindOf;
        this.start = start;
        this.crossed = crossed;
        for (var kind = 0; kind < kinds.length; kind++) {
            if (isAttachment(kinds[kind])) {
                complete(kind);
            }
        }
    }

    int[] start() {
        return start;
    }

    /** Of each row ascending. */
    int[] crossed() {
        return crossed;
    }

    /** How many entries were filled in. */
    int completed() {
        return completed;
    }

    private static boolean isAttachment(String kind) {
        return ClassPriors.isSwitch(kind)
                || ClassPriors.isFabric(kind)
                || kind.toLowerCase(Locale.ROOT).equals("controller")
                || kind.toLowerCase(Locale.ROOT).equals("array");
    }

    private void complete(int kind) {
        var rows = start.length - 1;
        var named = new int[rows];
        var lacking = 0;
        for (var row = 0; row < rows; row++) {
            named[row] = NONE;
            for (var at = start[row]; at < start[row + 1]; at++) {
                named[row] = kindOf[crossed[at]] == kind ? crossed[at] : named[row];
            }
            lacking += named[row] == NONE ? 1 : 0;
        }
        if (lacking == 0 || lacking == rows) {
            return;
        }
        var major = majorities(named);
        var agree = new int[kindOf.length];
        var total = new int[kindOf.length];
        var agreeOfKind = new long[kinds.length];
        var totalOfKind = new long[kinds.length];
        for (var row = 0; row < rows; row++) {
            for (var at = start[row]; named[row] != NONE && at < start[row + 1]; at++) {
                var isAgreed = major[crossed[at]] == named[row];
                total[crossed[at]]++;
                totalOfKind[kindOf[crossed[at]]]++;
                agree[crossed[at]] += isAgreed ? 1 : 0;
                agreeOfKind[kindOf[crossed[at]]] += isAgreed ? 1 : 0;
            }
        }
        for (var component = 0; component < major.length; component++) {
            var of = kindOf[component];
            if (of == kind
                    || agreeOfKind[of] < OWNED * totalOfKind[of]
                    || total[component] < LEAST_ROWS
                    || agree[component] < AGREED * total[component]) {
                major[component] = NONE;
            }
        }
        fill(named, major, lacking);
    }

    /** Component -> what most rows through it name, if most of them agree (Boyer and Moore's vote). */
    private int[] majorities(int[] named) {
        var major = new int[kindOf.length];
        var lead = new int[kindOf.length];
        Arrays.fill(major, NONE);
        for (var row = 0; row < named.length; row++) {
            for (var at = start[row]; named[row] != NONE && at < start[row + 1]; at++) {
                var component = crossed[at];
                if (lead[component] == 0) {
                    major[component] = named[row];
                }
                lead[component] += major[component] == named[row] ? 1 : -1;
            }
        }
        return major;
    }

    private void fill(int[] named, int[] major, int lacking) {
        var nextStart = new int[start.length];
        var next = new int[crossed.length + lacking];
        var end = 0;
        for (var row = 0; row < named.length; row++) {
            nextStart[row] = end;
            var found = NONE;
            for (var at = start[row]; at < start[row + 1]; at++) {
                next[end++] = crossed[at];
                found = found == NONE ? major[crossed[at]] : found;
            }
            if (named[row] == NONE && found != NONE) {
                next[end++] = found;
                Arrays.sort(next, nextStart[row], end);
                completed++;
            }
        }
        nextStart[named.length] = end;
        start = nextStart;
        crossed = Arrays.copyOf(next, end);
    }
}
