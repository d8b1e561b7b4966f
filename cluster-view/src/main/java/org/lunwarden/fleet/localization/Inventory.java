package org.lunwarden.fleet.localization;

import java.util.Arrays;

/**
 * Puts single wrong entries of the inventory right. Where nearly all rows of every port agree on the component of a
 * class (a target port belongs to one controller, an initiator port to one switch), a row that names another one than
 * the rest of its port is a wrong entry and counts with the rest, unless the port at its other end speaks for it. That
 * nearly all hosts run the same firmware does not make it the target ports' own, and where most rows of the port at the
 * other end disagree in the same way, the component depends on both ports (a link does) and nothing is wrong.
 */
final class Inventory {

    /** A class belongs to ports when so much of their rows agree with the majority of their port. */
    private static final double OWNED = 0.85;

    /** A majority of a port. */
    private static final double MAJORITY = 0.7;

    private static final int LEAST_ROWS = 3;

    /** Of the rows that a guess of the commonest component would get wrong, a port gets no more wrong than this share. */
    private static final double BETTER = 0.6;

    /** Wrong entries are few at any port: where more of its rows than this share disagree, they are right. */
    private static final double FEW = 0.75;

    private final RiskIndex index;
    private final int[] count;

    /** Port -> rows of it. */
    private final int[] rowsOf;

    Inventory(RiskIndex index) {
        this.index = index;
        count = new int[index.components.length];
        rowsOf = new int[index.ports.length];
    }

    private static final class Side {
        final int[] portOf;

        /** Port * classes + class -> component that most rows of the port name, or -1. */
        final int[] major;

        /** Class -> whether it belongs to ports of this side. */
        final boolean[] isOwned;

        /** Port of the other side * classes + class -> rows of it that disagree with the majority of the port here. */
        final int[] disagree;

        Side(int[] portOf, int[] major, boolean[] isOwned) {
            this.portOf = portOf;
            this.major = major;
            this.isOwned = isOwned;
            disagree = new int[major.length];
        }
    }

    /** Changes the index; gives the number of rows concerned. */
    int correct() {
        var initiators = side(index.initiatorOf);
        var targets = side(index.targetOf);
        disagree(initiators, targets);
        disagree(targets, initiators);
        var rows = 0;
        for (var row = 0; row < index.hostOf.length; row++) {
            var byTarget = correct(row, targets, initiators);
            var byInitiator = correct(row, initiators, targets);
            if (byTarget || byInitiator) {
                rows++;
                Arrays.sort(index.crossed, index.start[row], index.start[row + 1]);
            }
        }
        return rows;
    }

    private void disagree(Side side, Side other) {
        var kinds = index.kinds.length;
        for (var row = 0; row < index.hostOf.length; row++) {
            rowsOf[other.portOf[row]]++;
            for (var at = index.start[row]; at < index.start[row + 1]; at++) {
                var kind = index.kindOf[index.crossed[at]];
                var major = side.major[side.portOf[row] * kinds + kind];
                side.disagree[other.portOf[row] * kinds + kind] += major >= 0 && major != index.crossed[at] ? 1 : 0;
            }
        }
    }

    private boolean isCommon(int row, int kind, Side side, Side other) {
        var port = other.portOf[row];
        return rowsOf[port] > 1 && side.disagree[port * index.kinds.length + kind] >= FEW * rowsOf[port];
    }

    private boolean correct(int row, Side side, Side other) {
        var kinds = index.kinds.length;
        var isWrong = false;
        for (var at = index.start[row]; at < index.start[row + 1]; at++) {
            var named = index.crossed[at];
            var kind = index.kindOf[named];
            var major = side.major[side.portOf[row] * kinds + kind];
            if (!side.isOwned[kind] || major < 0 || major == named) {
                continue;
            }
            var isBacked = isCommon(row, kind, side, other)
                    || (other.isOwned[kind] && other.major[other.portOf[row] * kinds + kind] == named);
            if (!isBacked && !contains(row, major)) {
                index.crossed[at] = major;
                isWrong = true;
            }
        }
        return isWrong;
    }

    private boolean contains(int row, int component) {
        for (var at = index.start[row]; at < index.start[row + 1]; at++) {
            if (index.crossed[at] == component) {
                return true;
            }
        }
        return false;
    }

    private Side side(int[] portOf) {
        var kinds = index.kinds.length;
        var major = new int[index.ports.length * kinds];
        Arrays.fill(major, -1);
        var agree = new long[kinds];
        var total = new long[kinds];
        var next = new int[index.ports.length + 1];
        var sorted = byPort(portOf, next);
        var most = new int[kinds];
        var all = new int[kinds];
        for (var port = 0; port < index.ports.length; port++) {
            var from = port == 0 ? 0 : next[port - 1];
            if (from == next[port]) {
                continue;
            }
            Arrays.fill(most, -1);
            Arrays.fill(all, 0);
            for (var i = from; i < next[port]; i++) {
                for (var at = index.start[sorted[i]]; at < index.start[sorted[i] + 1]; at++) {
                    count(index.crossed[at], most, all);
                }
            }
            for (var kind = 0; kind < kinds; kind++) {
                if (most[kind] >= 0) {
                    var votes = count[most[kind]];
                    agree[kind] += votes;
                    total[kind] += all[kind];
                    var isClear = all[kind] >= LEAST_ROWS && votes >= MAJORITY * all[kind];
                    major[port * kinds + kind] = isClear ? most[kind] : -1;
                }
            }
            for (var i = from; i < next[port]; i++) {
                for (var at = index.start[sorted[i]]; at < index.start[sorted[i] + 1]; at++) {
                    count[index.crossed[at]] = 0;
                }
            }
        }
        var isOwned = new boolean[kinds];
        var commonest = commonest();
        for (var kind = 0; kind < kinds; kind++) {
            isOwned[kind] = agree[kind] >= OWNED * total[kind]
                    && total[kind] - agree[kind] <= BETTER * (total[kind] - commonest[kind]);
        }
        return new Side(portOf, major, isOwned);
    }

    /** Class -> rows that name its commonest component. */
    private int[] commonest() {
        var named = new int[index.components.length];
        for (var component : index.crossed) {
            named[component]++;
        }
        var most = new int[index.kinds.length];
        for (var component = 0; component < named.length; component++) {
            most[index.kindOf[component]] = Math.max(most[index.kindOf[component]], named[component]);
        }
        return most;
    }

    private void count(int component, int[] most, int[] all) {
        var kind = index.kindOf[component];
        all[kind]++;
        count[component]++;
        var best = most[kind];
        if (best < 0 || count[component] > count[best] || (count[component] == count[best] && component < best)) {
            most[kind] = component;
        }
    }

    /** Rows sorted by port; {@code next} then says where the rows of a port end. */
    private static int[] byPort(int[] portOf, int[] next) {
        for (var port : portOf) {
            next[port + 1]++;
        }
        for (var port = 0; port + 1 < next.length; port++) {
            next[port + 1] += next[port];
        }
        var sorted = new int[portOf.length];
        for (var row = 0; row < portOf.length; row++) {
            sorted[next[portOf[row]]++] = row;
        }
        return sorted;
    }
}
