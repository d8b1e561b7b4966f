package org.lunwarden.fleet.localization;

import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/** Who may be named, and who first among those that no data can tell apart. */
final class Guards {

    /** A class of which so few components have rows of two hosts is one of parts of hosts. */
    private static final double SHARED = 0.2;

    private final Observed seen;
    private final ClassPriors priors;

    /** Class number -> whether its components are of one host each, as far as anybody asked. */
    private final @Nullable Boolean[] isLearned;

    Guards(Observed seen, ClassPriors priors) {
        this.seen = seen;
        this.priors = priors;
        isLearned = new Boolean[seen.index.kinds.length];
    }

    /** Candidates that are alike: first the one to name, then by how likely each is on its own. */
    List<Integer> ranked(List<Integer> alike) {
        return alike.stream()
                .sorted(Comparator.comparing(
                                (Integer candidate) -> !doubt(candidate).isEmpty())
                        .thenComparing(candidate -> !isFabricOfManySwitches(candidate))
                        .thenComparingDouble(candidate -> -priors.of(seen.candidates[candidate]))
                        .thenComparing(candidate -> seen.name(candidate)))
                .toList();
    }

    /** All rows of all its switches failed: that is the fabric, and no single switch of it. */
    private boolean isFabricOfManySwitches(int candidate) {
        return ClassPriors.isFabric(kind(candidate)) && isVaried(candidate, ClassPriors::isSwitch);
    }

    /** Why a candidate must not be named, in words; empty when it may be. */
    String doubt(int candidate) {
        if (isOfOneHost(candidate)) {
            return "";
        }
        var hosts = seen.failedHosts(candidate);
        if (hosts < 2) {
            return "seen from one host only";
        }
        var kind = kind(candidate);
        var wanted = hostsFor(kind);
        if (hosts < wanted && hosts < Math.min(wanted, Math.max(2, seen.knownHosts(candidate)))) {
            return "seen from " + hosts + " hosts, " + wanted + " are needed to name a " + kind;
        }
        return ClassPriors.isFirmware(kind) && !isVaried(candidate, Guards::isPlace)
                ? "all failures are on one switch and one fabric"
                : "";
    }

    /** Whether all rows of such a component are of one host. */
    boolean isOfOneHost(int candidate) {
        return switch (kind(candidate).toLowerCase(Locale.ROOT)) {
            case "host", "hbaport", "initiatorport", "nic" -> true;
            case "switch", "isl", "subnet", "vlan", "expander", "targetport", "portal", "controller", "array" -> false;
            case "sharedrisk", "site", "group" -> false;
            default -> isLearned(seen.index.kindOf[seen.candidates[candidate]]);
        };
    }

    private boolean isLearned(int kind) {
        var known = isLearned[kind];
        if (known == null) {
            known = isLearnedOfOneHost(kind);
            isLearned[kind] = known;
        }
        return known;
    }

    private boolean isLearnedOfOneHost(int kind) {
        var name = seen.index.kinds[kind];
        if (ClassPriors.isFirmware(name) || ClassPriors.isSwitch(name) || ClassPriors.isFabric(name)) {
            return false;
        }
        var index = seen.index;
        var all = 0;
        var shared = 0;
        for (var component = 0; component < index.components.length; component++) {
            var from = index.rowsStart[component];
            var to = index.rowsStart[component + 1];
            if (index.kindOf[component] == kind && to > from) {
                all++;
                shared += index.hostOf[index.rows[from]] == index.hostOf[index.rows[to - 1]] ? 0 : 1;
            }
        }
        return shared < SHARED * all;
    }

    private static int hostsFor(String kind) {
        var isWide = ClassPriors.isSwitch(kind) || ClassPriors.isFabric(kind) || ClassPriors.isFirmware(kind);
        return isWide ? 3 : 2;
    }

    private static boolean isPlace(String kind) {
        return ClassPriors.isSwitch(kind)
                || ClassPriors.isFabric(kind)
                || kind.equalsIgnoreCase("subnet")
                || kind.equalsIgnoreCase("vlan")
                || kind.equalsIgnoreCase("leaf");
    }

    /** Whether the failed rows through a candidate cross two components of one such class. */
    private boolean isVaried(int candidate, Predicate<String> wanted) {
        var index = seen.index;
        var kinds = new BitSet();
        for (var kind = 0; kind < index.kinds.length; kind++) {
            kinds.set(kind, wanted.test(index.kinds[kind]));
        }
        var first = new int[index.kinds.length];
        for (var at = seen.rowsStart[candidate]; at < seen.rowsStart[candidate + 1]; at++) {
            var row = seen.failed[seen.rows[at]];
            for (var i = index.start[row]; i < index.start[row + 1]; i++) {
                var component = index.crossed[i];
                var kind = index.kindOf[component];
                if (kinds.get(kind)) {
                    if (first[kind] != 0 && first[kind] != component + 1) {
                        return true;
                    }
                    first[kind] = component + 1;
                }
            }
        }
        return false;
    }

    private String kind(int candidate) {
        return seen.name(candidate).kind();
    }
}
