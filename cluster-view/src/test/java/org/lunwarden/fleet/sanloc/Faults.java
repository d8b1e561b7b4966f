package org.lunwarden.fleet.sanloc;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

import org.lunwarden.fleet.localization.ComponentName;

/** What breaks in a trial. */
final class Faults {

    private static final int TRIES = 400;

    /** @param fraction share that fails; {@code byPath}: of the paths of each row, else of rows as a whole */
    record Broken(ComponentName component, double fraction, boolean byPath) {}

    enum Relation {
        ANY,
        SAME_CLASS,
        SAME_FABRIC,
        OPPOSITE,
        OVERLAPPING
    }

    private Faults() {}

    /** Of classes alike often; each fault has at least {@code least} rows that no other one hides. */
    static List<Broken> hard(San san, int count, Relation relation, int least, SplittableRandom random) {
        for (var tries = 0; tries < TRIES; tries++) {
            var all = new ArrayList<Broken>();
            while (all.size() < count) {
                all.add(new Broken(any(san, random), 1, false));
            }
            if (isAllowed(san, all, relation) && areVisible(san, all, least)) {
                return all;
            }
        }
        return List.of();
    }

    /** One fault of shared components that loses a part. */
    static List<Broken> partial(San san, double fraction, boolean byPath, int leastFailed, SplittableRandom random) {
        for (var tries = 0; tries < TRIES; tries++) {
            var one = any(san, random);
            var rows = rows(san, one);
            if (rows.length >= 2 && rows.length * (byPath ? 1 : fraction) >= leastFailed) {
                return List.of(new Broken(one, fraction, byPath));
            }
        }
        return List.of();
    }

    private static ComponentName any(San san, SplittableRandom random) {
        var kinds = List.copyOf(san.classes.keySet());
        var components = san.classes.getOrDefault(kinds.get(random.nextInt(kinds.size())), List.of());
        return components.get(random.nextInt(components.size()));
    }

    private static int[] rows(San san, ComponentName component) {
        return san.through.getOrDefault(component, new int[0]);
    }

    private static boolean isAllowed(San san, List<Broken> all, Relation relation) {
        if (all.size() < 2 || relation == Relation.ANY) {
            return true;
        }
        var one = all.get(0).component();
        var other = all.get(1).component();
        return switch (relation) {
            case ANY -> true;
            case SAME_CLASS -> one.kind().equals(other.kind()) && !one.equals(other);
            case SAME_FABRIC -> !fabric(san, one).isEmpty() && fabric(san, one).equals(fabric(san, other));
            case OPPOSITE ->
                !fabric(san, one).isEmpty()
                        && !fabric(san, other).isEmpty()
                        && !fabric(san, one).equals(fabric(san, other));
            case OVERLAPPING -> overlap(san, one, other) > 0;
        };
    }

    private static int overlap(San san, ComponentName one, ComponentName other) {
        var both = bits(rows(san, one));
        both.and(bits(rows(san, other)));
        return both.cardinality();
    }

    /** The fabric or subnet that all its rows cross; empty when there is none. */
    private static String fabric(San san, ComponentName component) {
        var found = "";
        for (var row : rows(san, component)) {
            for (var crossed : san.rows.get(row).components()) {
                if (crossed.kind().equals("fabric") || crossed.kind().equals("subnet")) {
                    if (!found.isEmpty() && !found.equals(crossed.id())) {
                        return "";
                    }
                    found = crossed.id();
                }
            }
        }
        return found;
    }

    private static boolean areVisible(San san, List<Broken> all, int least) {
        for (var at = 0; at < all.size(); at++) {
            var own = bits(rows(san, all.get(at).component()));
            for (var other = 0; other < all.size(); other++) {
                if (other != at) {
                    own.andNot(bits(rows(san, all.get(other).component())));
                }
            }
            if (own.cardinality() < least) {
                return false;
            }
        }
        return true;
    }

    static BitSet bits(int[] rows) {
        var bits = new BitSet();
        for (var row : rows) {
            bits.set(row);
        }
        return bits;
    }
}
