package org.lunwarden.fleet.localization;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * One switch that hosts and targets are both plugged into stands in the inventory under two classes. When both are found
 * broken, that is one box and one cause.
 */
final class Boxes {

    private final Observed seen;

    Boxes(Observed seen) {
        this.seen = seen;
    }

    /** The causes in their order, those of one box as one where the first of them stood. */
    List<Cause> joined(List<Cause> causes) {
        var all = new ArrayList<Cause>();
        for (var cause : causes) {
            var at = 0;
            while (at < all.size() && !isOneBox(all.get(at), cause)) {
                at++;
            }
            if (at < all.size()) {
                all.set(at, joined(all.get(at), cause));
            } else {
                all.add(cause);
            }
        }
        return all;
    }

    private boolean isOneBox(Cause one, Cause other) {
        return isOneBox(one.first().component(), other.first().component());
    }

    private boolean isOneBox(int one, int other) {
        var mine = seen.index.components[one];
        var its = seen.index.components[other];
        return mine.id().equals(its.id())
                && !mine.kind().equals(its.kind())
                && ClassPriors.isSwitch(mine.kind())
                && ClassPriors.isSwitch(its.kind());
    }

    private Cause joined(Cause one, Cause other) {
        var index = seen.index;
        var mine = index.rowsStart[one.first().component() + 1]
                - index.rowsStart[one.first().component()];
        var its = index.rowsStart[other.first().component() + 1]
                - index.rowsStart[other.first().component()];
        var main = its > mine ? other : one;
        var side = its > mine ? one : other;
        var rows = rowsOf(main.first().component());
        rows.or(rowsOf(side.first().component()));
        var members = new BitSet();
        main.members().forEach(members::set);
        side.members().forEach(members::set);
        var numbers = members.stream().toArray();
        var runnerUp = main.runnerUp()
                .filter(rival -> !isOneBox(rival.component(), main.first().component()));
        return new Cause(
                suspicion(main.first(), side.first(), rows),
                runnerUp,
                Math.max(main.gap(), side.gap()),
                runnerUp.equals(main.runnerUp()) ? main.doubt() : "",
                new Numbers(numbers),
                hosts(members),
                Stream.concat(one.wake().stream(), other.wake().stream()).toList(),
                Onset.of(index, numbers));
    }

    private Suspicion suspicion(Suspicion main, Suspicion side, BitSet rows) {
        var index = seen.index;
        var equivalent = new ArrayList<>(main.equivalent());
        equivalent.add(side.component());
        equivalent.addAll(side.equivalent());
        var failed = new BitSet();
        var down = 0;
        var up = 0;
        for (var row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
            var isHeard = !seen.ignored.get(row);
            failed.set(row, isHeard && index.isFailed(row));
            down += failed.get(row) && index.share[row] >= 1 ? 1 : 0;
            up += index.isUp(row) && !seen.isLate(row) ? 1 : 0;
        }
        var count = failed.cardinality();
        return new Suspicion(
                main.component(),
                equivalent.stream().distinct().toList(),
                main.hidden(),
                main.together(),
                main.fraction(),
                Math.max(main.confidence(), side.confidence()),
                down,
                count - down,
                up,
                rows.cardinality() - count - up,
                hosts(failed));
    }

    private BitSet rowsOf(int component) {
        var rows = new BitSet();
        for (var at = seen.index.rowsStart[component]; at < seen.index.rowsStart[component + 1]; at++) {
            rows.set(seen.index.rows[at]);
        }
        return rows;
    }

    private int hosts(BitSet rows) {
        return (int) rows.stream().map(row -> seen.index.hostOf[row]).distinct().count();
    }
}
