package org.lunwarden.fleet.diagnosis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.lunwarden.model.Component;

/** A set of faults as the explanation of all failed nexuses: how likely it is, and how to better it. */
final class FaultSet {

    private static final int SWEEPS = 4;

    private final RiskModel model;
    private final double noise;
    private final List<Fault> faults = new ArrayList<>();

    /** Failed nexus number -> probability that it is up under this set. */
    private final double[] survival;

    private FaultSet(RiskModel model, double noise) {
        this.model = model;
        this.noise = noise;
        survival = new double[model.failed.length];
        Arrays.fill(survival, 1 - noise);
    }

    static FaultSet none(RiskModel model, double noise) {
        return new FaultSet(model, noise);
    }

    static FaultSet of(RiskModel model, double noise, List<Fault> faults) {
        var set = new FaultSet(model, noise);
        faults.forEach(set::add);
        return set;
    }

    void add(Fault fault) {
        faults.add(fault);
        scale(fault.candidate(), 1 - fault.fraction());
    }

    private void scale(int candidate, double factor) {
        for (var nexus : model.through[candidate]) {
            survival[nexus] *= factor;
        }
    }

    double survival(int nexus) {
        return survival[nexus];
    }

    /** The strongest first. */
    List<Fault> faults() {
        return faults.stream()
                .sorted(Comparator.comparingDouble((Fault fault) -> -worth(fault))
                        .thenComparing(this::component))
                .toList();
    }

    private Component component(Fault fault) {
        return model.candidates[fault.candidate()];
    }

    /** Over the empty set. */
    double logLikelihood() {
        var sum = 0.0;
        for (var nexus = 0; nexus < survival.length; nexus++) {
            sum += model.share[nexus] * Math.log((1 - survival[nexus]) / noise);
        }
        for (var fault : faults) {
            sum += model.against[fault.candidate()] * Math.log1p(-fault.fraction())
                    + Priors.of(component(fault).kind());
        }
        return sum;
    }

    /** How much less likely the set would be without this fault of it. */
    double worth(Fault fault) {
        var sum = model.against[fault.candidate()] * Math.log1p(-fault.fraction())
                + Priors.of(component(fault).kind());
        for (var nexus : model.through[fault.candidate()]) {
            var without = Math.min(1 - noise, survival[nexus] / (1 - fault.fraction()));
            sum += model.share[nexus] * Math.log((1 - survival[nexus]) / (1 - without));
        }
        return sum;
    }

    /** Fits all fractions to each other and drops what the rest explains as well. */
    void refine() {
        fit();
        while (true) {
            Fault weakest = null;
            var least = 0.0;
            for (var fault : faults) {
                var worth = worth(fault);
                if (worth < least) {
                    weakest = fault;
                    least = worth;
                }
            }
            if (weakest == null) {
                return;
            }
            faults.remove(weakest);
            recompute();
            fit();
        }
    }

    /** Expectation maximization: each failure is shared out among the faults that may have caused it. */
    private void fit() {
        for (var sweep = 0; sweep < SWEEPS; sweep++) {
            for (var at = 0; at < faults.size(); at++) {
                var fault = faults.get(at);
                var caused = 0.0;
                var trials = model.against[fault.candidate()];
                for (var nexus : model.through[fault.candidate()]) {
                    caused += model.share[nexus] * fault.fraction() / (1 - survival[nexus]);
                    trials += model.share[nexus];
                }
                var fraction = Math.clamp(caused / trials, 1e-6, FaultSearch.SUREST);
                scale(fault.candidate(), (1 - fraction) / (1 - fault.fraction()));
                faults.set(at, new Fault(fault.candidate(), fraction));
            }
        }
    }

    private void recompute() {
        Arrays.fill(survival, 1 - noise);
        faults.forEach(fault -> scale(fault.candidate(), 1 - fault.fraction()));
    }
}
