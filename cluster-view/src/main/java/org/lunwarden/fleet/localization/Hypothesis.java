package org.lunwarden.fleet.localization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/** A set of faults as the explanation of all failed rows: how likely it is, and how to better it. */
final class Hypothesis {

    private static final int SWEEPS = 4;

    private final Observed seen;
    private final Scale scale;
    private final List<Fault> faults = new ArrayList<>();

    /** Failed row number -> probability that no fault touches it. */
    private final double[] untouched;

    /** Failed row number -> mean share of it that the faults let work. */
    private final double[] works;

    /** What a likelihood is measured by. */
    record Scale(double noise, ClassPriors priors, int minFailed, Memo memo) {
        static Scale of(double noise, ClassPriors priors, int minFailed) {
            return new Scale(noise, priors, minFailed, new Memo(noise));
        }

        /** Of a row that this fault alone explains. */
        double log(Fault fault, double share) {
            return memo.log(share, 1 - fault.activity(), 1 - fault.fraction());
        }
    }

    Hypothesis(Observed seen, Scale scale) {
        this.seen = seen;
        this.scale = scale;
        untouched = new double[seen.failed.length];
        works = new double[seen.failed.length];
        Arrays.fill(untouched, 1);
        Arrays.fill(works, 1);
    }

    static Hypothesis of(Observed seen, Scale scale, Collection<Fault> faults) {
        var set = new Hypothesis(seen, scale);
        faults.forEach(set::add);
        return set;
    }

    void add(Fault fault) {
        faults.add(fault);
        apply(fault);
    }

    private void apply(Fault fault) {
        scale(fault.candidate(), 1 - fault.activity(), 1 - fault.fraction());
    }

    private void scale(int candidate, double touch, double work) {
        for (var at = seen.rowsStart[candidate]; at < seen.rowsStart[candidate + 1]; at++) {
            untouched[seen.rows[at]] *= touch;
            works[seen.rows[at]] *= work;
        }
    }

    /** How well the faults explain a failed row, from 0 to 1. */
    double caused(int failed) {
        return untouched[failed] >= 1 ? 0 : scale.memo.caused(seen.share[failed], untouched[failed], works[failed]);
    }

    /** Whether any fault touches a failed row. */
    boolean isTouched(int failed) {
        return untouched[failed] < 1;
    }

    List<Fault> faults() {
        return List.copyOf(faults);
    }

    /** Over the empty set. */
    double logLikelihood() {
        var sum = 0.0;
        for (var number = 0; number < untouched.length; number++) {
            if (untouched[number] < 1) {
                sum += scale.memo.log(seen.share[number], untouched[number], works[number]);
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

    /** How much less likely the set would be without this fault of it. */
    double worth(Fault fault) {
        var sum = cost(fault);
        for (var at = seen.rowsStart[fault.candidate()]; at < seen.rowsStart[fault.candidate() + 1]; at++) {
            var number = seen.rows[at];
            sum += scale.memo.log(seen.share[number], untouched[number], works[number]) - without(fault, number);
        }
        return sum;
    }

    /** How well the other faults alone explain a failed row. */
    double causedWithout(Fault fault, int number) {
        var untouchedByOthers = untouched[number] / (1 - fault.activity());
        return untouchedByOthers >= 1 - 1e-12
                ? 0
                : scale.memo.caused(
                        seen.share[number], untouchedByOthers, Math.min(1, works[number] / (1 - fault.fraction())));
    }

    private double without(Fault fault, int number) {
        var untouchedByOthers = untouched[number] / (1 - fault.activity());
        return untouchedByOthers >= 1 - 1e-12
                ? 0
                : scale.memo.log(
                        seen.share[number], untouchedByOthers, Math.min(1, works[number] / (1 - fault.fraction())));
    }

    /** Fits all faults to each other and drops what the rest explains as well, the weakest first. */
    void refine() {
        fit();
        while (true) {
            var weak = new ArrayList<Weighed>();
            for (var fault : faults) {
                var worth = worth(fault);
                if (worth < 0) {
                    weak.add(new Weighed(fault, worth));
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
        var gone = new HashSet<Fault>();
        for (var one : weak.subList(0, (weak.size() + 1) / 2)) {
            if (worth(one.fault()) < 0) {
                gone.add(one.fault());
                scale(
                        one.fault().candidate(),
                        1 / (1 - one.fault().activity()),
                        1 / (1 - one.fault().fraction()));
            }
        }
        faults.removeAll(gone);
    }

    /** Expectation maximization: each failure is shared out among noise and the faults that may have caused it. */
    private void fit() {
        for (var sweep = 0; sweep < SWEEPS; sweep++) {
            var moved = 0.0;
            for (var at = 0; at < faults.size(); at++) {
                var fault = faults.get(at);
                var fitted = fitted(fault);
                faults.set(at, fitted);
                moved = Math.max(moved, Math.abs(fitted.activity() - fault.activity()));
                moved = Math.max(moved, Math.abs(fitted.depth() - fault.depth()));
                replace(fault, fitted);
            }
            if (moved < 1e-4) {
                return;
            }
        }
    }

    private Fault fitted(Fault fault) {
        var candidate = fault.candidate();
        var touched = 0.0;
        var failed = 0.0;
        for (var at = seen.rowsStart[candidate]; at < seen.rowsStart[candidate + 1]; at++) {
            var number = seen.rows[at];
            var all = scale.noise + (1 - scale.noise) * caused(number);
            var part = Math.min(
                    1, scale.memo.caused(seen.share[number], 1 - fault.activity(), 1 - fault.fraction()) / all);
            touched += part;
            failed += part * seen.share[number];
        }
        // of failed rows that another fault explains, this one touched the same part as of all others, not all of them
        var untouchedRows = seen.failedThrough(candidate) - touched + seen.working.news(candidate, fault.activity());
        return Fault.fitted(candidate, touched, failed, untouchedRows);
    }

    private void replace(Fault before, Fault after) {
        scale(
                before.candidate(),
                (1 - after.activity()) / (1 - before.activity()),
                (1 - after.fraction()) / (1 - before.fraction()));
    }

    private void recompute() {
        Arrays.fill(untouched, 1);
        Arrays.fill(works, 1);
        faults.forEach(this::apply);
    }
}
