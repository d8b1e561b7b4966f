package org.lunwarden.fleet.localization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** A set of faults as the explanation of all failed rows: how likely it is, and how to better it. */
final class Hypothesis {

    private static final int SWEEPS = 4;

    private final Observed seen;
    private final Scale scale;
    private final List<Fault> faults = new ArrayList<>();
    private Alike rows;

    /** What a likelihood is measured by. */
    record Scale(double noise, ClassPriors priors, int minFailed) {

        /** Of a row that is caused so well, over calling it noise. */
        double log(double caused) {
            return Likelihood.ofFailed(noise, caused);
        }

        /** Of a row that this fault alone explains. */
        double log(Fault fault, double share) {
            return log(Likelihood.caused(share, 1 - fault.activity(), 1 - fault.fraction()));
        }

        /** No row gains more, whatever explains it. */
        double most() {
            return log(1);
        }
    }

    Hypothesis(Observed seen, Scale scale) {
        this.seen = seen;
        this.scale = scale;
        rows = new Alike(seen);
    }

    static Hypothesis of(Observed seen, Scale scale, Collection<Fault> faults) {
        var set = new Hypothesis(seen, scale);
        faults.forEach(set::add);
        return set;
    }

    void add(Fault fault) {
        faults.add(fault);
        rows.touch(fault);
    }

    /** How well the faults explain a failed row, from 0 to 1. */
    double caused(int failed) {
        return rows.caused(rows.group(failed));
    }

    /** Whether any fault touches a failed row. */
    boolean isTouched(int failed) {
        return rows.touchedBy(rows.group(failed)).length > 0;
    }

    List<Fault> faults() {
        return List.copyOf(faults);
    }

    /** Over the empty set. */
    double logLikelihood() {
        var sum = 0.0;
        for (var group = 0; group < rows.count(); group++) {
            if (rows.touchedBy(group).length > 0) {
                sum += rows.size(group) * scale.log(rows.caused(group));
            }
        }
        for (var fault : faults) {
            sum += cost(fault);
        }
        return sum;
    }

    /** What a fault costs whatever it explains: it is rare, and rows through it are up. */
    private double cost(Fault fault) {
        return seen.working.log(fault.candidate(), fault.activity())
                + scale.priors.of(seen.candidates[fault.candidate()]);
    }

    /** How much less likely the set would be without each fault of it, in their order. */
    double[] worths() {
        var groups = groups();
        return faults.stream()
                .mapToDouble(fault -> worth(fault, groups.getOrDefault(fault.candidate(), new int[0])))
                .toArray();
    }

    private double worth(Fault fault, int[] groups) {
        var sum = cost(fault);
        for (var group : groups) {
            sum += rows.size(group) * (scale.log(rows.caused(group)) - scale.log(rows.causedWithout(fault, group)));
        }
        return sum;
    }

    /** Failed rows through a fault that the others explain with less than this weight, ascending. */
    int[] left(Fault fault, double least) {
        var isLeft = new boolean[rows.count()];
        for (var group : groups().getOrDefault(fault.candidate(), new int[0])) {
            isLeft[group] = rows.causedWithout(fault, group) < least;
        }
        return Arrays.stream(seen.rows, seen.rowsStart[fault.candidate()], seen.rowsStart[fault.candidate() + 1])
                .filter(number -> isLeft[rows.group(number)])
                .toArray();
    }

    /** Candidate of each fault -> groups of the rows through it. */
    private Map<Integer, int[]> groups() {
        var all = new HashMap<Integer, int[]>();
        var counts = new HashMap<Integer, Integer>();
        for (var group = 0; group < rows.count(); group++) {
            if (rows.size(group) == 0) {
                continue;
            }
            for (var candidate : rows.touchedBy(group)) {
                var count = counts.merge(candidate, 1, Integer::sum);
                var list = all.computeIfAbsent(candidate, none -> new int[4]);
                if (count > list.length) {
                    list = Arrays.copyOf(list, 2 * list.length);
                    all.put(candidate, list);
                }
                list[count - 1] = group;
            }
        }
        all.replaceAll((candidate, list) -> Arrays.copyOf(list, counts.getOrDefault(candidate, 0)));
        return all;
    }

    /** Fits all faults to each other and drops what the rest explains as well, the weakest first. */
    void refine() {
        fit();
        while (true) {
            var worths = worths();
            var weak = new ArrayList<Weighed>();
            for (var at = 0; at < worths.length; at++) {
                if (worths[at] < 0) {
                    weak.add(new Weighed(faults.get(at), worths[at]));
                }
            }
            if (weak.isEmpty()) {
                return;
            }
            weak.sort(Comparator.comparingDouble(Weighed::worth));
            drop(weak);
            recompute();
            fit();
        }
    }

    private record Weighed(Fault fault, double worth) {}

    /** Of two faults that explain the same, one is worth something once the other is gone. */
    private void drop(List<Weighed> weak) {
        var groups = groups();
        var gone = new HashSet<Fault>();
        for (var one : weak.subList(0, (weak.size() + 1) / 2)) {
            var fault = one.fault();
            var its = groups.getOrDefault(fault.candidate(), new int[0]);
            if (worth(fault, its) < 0) {
                gone.add(fault);
                for (var group : its) {
                    rows.scale(group, 1 / (1 - fault.activity()), 1 / (1 - fault.fraction()));
                }
            }
        }
        faults.removeAll(gone);
    }

    /** Expectation maximization: each failure is shared out among noise and the faults that may have caused it. */
    private void fit() {
        var groups = groups();
        for (var sweep = 0; sweep < SWEEPS; sweep++) {
            var moved = 0.0;
            for (var at = 0; at < faults.size(); at++) {
                var fault = faults.get(at);
                var its = groups.getOrDefault(fault.candidate(), new int[0]);
                var fitted = fitted(fault, its);
                faults.set(at, fitted);
                moved = Math.max(moved, Math.abs(fitted.activity() - fault.activity()));
                moved = Math.max(moved, Math.abs(fitted.depth() - fault.depth()));
                for (var group : its) {
                    rows.scale(
                            group,
                            (1 - fitted.activity()) / (1 - fault.activity()),
                            (1 - fitted.fraction()) / (1 - fault.fraction()));
                }
            }
            if (moved < 1e-4) {
                return;
            }
        }
    }

    private Fault fitted(Fault fault, int[] groups) {
        var candidate = fault.candidate();
        var touched = 0.0;
        var failed = 0.0;
        for (var group : groups) {
            var all = scale.noise + (1 - scale.noise) * rows.caused(group);
            var alone = Likelihood.caused(rows.share(group), 1 - fault.activity(), 1 - fault.fraction());
            var part = rows.size(group) * Math.min(1, alone / all);
            touched += part;
            failed += part * rows.share(group);
        }
        // of failed rows that another fault explains, this one touched the same part as of all others, not all of them
        var untouchedRows = seen.failedThrough(candidate) - touched + seen.working.news(candidate, fault.activity());
        return Fault.fitted(candidate, touched, failed, untouchedRows);
    }

    private void recompute() {
        rows = new Alike(seen);
        faults.forEach(rows::touch);
    }
}
