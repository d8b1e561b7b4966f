package org.lunwarden.fleet.diagnosis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;

/**
 * Who crosses what, by number. Candidates are the components that a failed nexus crosses; failed nexuses are kept one by
 * one, all others as counts for each candidate, since a nexus that is up says the same whatever else it crosses.
 */
final class RiskModel {

    final List<Observation> rows;

    /** Failed nexus number -> its observation, in the order of {@link #rows}. */
    final Observation[] failed;

    /** Failed nexus number -> share of it that failed. */
    final double[] share;

    /** Failed nexus number -> candidate numbers. */
    final int[][] crossed;

    /** Candidate number -> component. */
    final Component[] candidates;

    /** Candidate number -> failed nexus numbers, ascending. */
    final int[][] through;

    /** Candidate number -> nexuses that are up. */
    final int[] up;

    /** Candidate number -> weight of all that speaks against it: nexuses up, and the working share of partial ones. */
    final double[] against;

    /** Candidate number -> nexuses of which nothing is known or which an operator took down. */
    final int[] neutral;

    /** Candidate number -> hosts with a known nexus through it. */
    final int[] hosts;

    /** Candidate number -> hosts with a failed nexus through it. */
    final int[] failedHosts;

    /** Candidate number -> fingerprint of the set of known nexuses through it. */
    final long[] fingerprint;

    final int knownRows;

    private final Map<Component, Integer> numbers = new HashMap<>();

    static RiskModel of(List<Observation> rows) {
        return new RiskModel(rows);
    }

    private RiskModel(List<Observation> rows) {
        this.rows = rows;
        failed = rows.stream().filter(Diagnosis::isFailed).toArray(Observation[]::new);
        share = Arrays.stream(failed).mapToDouble(Observation::failedShare).toArray();
        var components = new ArrayList<Component>();
        crossed = new int[failed.length][];
        for (var nexus = 0; nexus < failed.length; nexus++) {
            crossed[nexus] = enter(failed[nexus], components);
        }
        candidates = components.toArray(Component[]::new);
        var count = candidates.length;
        through = turned(crossed, count);
        up = new int[count];
        against = new double[count];
        neutral = new int[count];
        hosts = new int[count];
        failedHosts = new int[count];
        fingerprint = new long[count];
        knownRows = countRows();
    }

    private int[] enter(Observation row, List<Component> components) {
        var numbersOfRow = new int[row.components().size() + 3];
        var length = 0;
        for (var component : Crossing.of(row)) {
            var number = numbers.get(component);
            if (number == null) {
                number = components.size();
                numbers.put(component, number);
                components.add(component);
            }
            length = addDistinct(numbersOfRow, length, number);
        }
        return Arrays.copyOf(numbersOfRow, length);
    }

    private static int addDistinct(int[] list, int length, int number) {
        for (var i = 0; i < length; i++) {
            if (list[i] == number) {
                return length;
            }
        }
        list[length] = number;
        return length + 1;
    }

    private static int[][] turned(int[][] crossed, int count) {
        var lengths = new int[count];
        for (var list : crossed) {
            for (var candidate : list) {
                lengths[candidate]++;
            }
        }
        var through = new int[count][];
        for (var candidate = 0; candidate < count; candidate++) {
            through[candidate] = new int[lengths[candidate]];
        }
        Arrays.fill(lengths, 0);
        for (var nexus = 0; nexus < crossed.length; nexus++) {
            for (var candidate : crossed[nexus]) {
                through[candidate][lengths[candidate]++] = nexus;
            }
        }
        return through;
    }

    /** Counts for each candidate, in one pass over all rows; gives the number of known rows. */
    private int countRows() {
        var known = 0;
        if (candidates.length == 0) {
            return (int) rows.stream().filter(Diagnosis::isKnown).count();
        }
        var lastHost = new int[candidates.length];
        var lastFailedHost = new int[candidates.length];
        var scratch = new int[64];
        var host = 0;
        var nextFailed = 0;
        for (var at = 0; at < rows.size(); at++) {
            var row = rows.get(at);
            if (at == 0 || !rows.get(at - 1).host().equals(row.host())) {
                host++;
            }
            var isKnown = Diagnosis.isKnown(row);
            known += isKnown ? 1 : 0;
            if (Diagnosis.isFailed(row)) {
                for (var candidate : crossed[nextFailed]) {
                    against[candidate] += 1 - share[nextFailed];
                    if (lastFailedHost[candidate] != host) {
                        lastFailedHost[candidate] = host;
                        failedHosts[candidate]++;
                    }
                    seen(candidate, at, host, lastHost);
                }
                nextFailed++;
                continue;
            }
            var all = Crossing.of(row);
            if (all.size() > scratch.length) {
                scratch = new int[all.size()];
            }
            var length = 0;
            for (var component : all) {
                var number = numbers.get(component);
                length = number == null ? length : addDistinct(scratch, length, number);
            }
            for (var i = 0; i < length; i++) {
                var candidate = scratch[i];
                if (isKnown) {
                    up[candidate]++;
                    against[candidate]++;
                    seen(candidate, at, host, lastHost);
                } else {
                    neutral[candidate]++;
                }
            }
        }
        return known;
    }

    private void seen(int candidate, int row, int host, int[] lastHost) {
        fingerprint[candidate] += mixed(row);
        if (lastHost[candidate] != host) {
            lastHost[candidate] = host;
            hosts[candidate]++;
        }
    }

    /** The finalizer of SplitMix64. */
    private static long mixed(int row) {
        var z = (row + 1L) * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    int known(int candidate) {
        return up[candidate] + through[candidate].length;
    }

    /** Whether exactly the same known nexuses cross both. */
    boolean areAlike(int one, int other) {
        return fingerprint[one] == fingerprint[other]
                && up[one] == up[other]
                && through[one].length == through[other].length;
    }

    /** Candidates that the same known nexuses cross, itself included, in the order of components. */
    List<Integer> alike(int candidate) {
        if (through[candidate].length == 0) {
            return List.of(candidate);
        }
        return Arrays.stream(crossed[through[candidate][0]])
                .filter(other -> areAlike(candidate, other))
                .boxed()
                .sorted((one, other) -> candidates[one].compareTo(candidates[other]))
                .toList();
    }

    /** How many different components of a class the failed nexuses through a candidate cross. */
    int variety(int candidate, ComponentClass kind) {
        var seen = new boolean[candidates.length];
        var count = new int[1];
        forEachNeighbour(candidate, other -> {
            if (!seen[other] && candidates[other].kind() == kind) {
                seen[other] = true;
                count[0]++;
            }
        });
        return count[0];
    }

    private void forEachNeighbour(int candidate, IntConsumer visit) {
        for (var nexus : through[candidate]) {
            for (var other : crossed[nexus]) {
                visit.accept(other);
            }
        }
    }
}
