package org.lunwarden.fleet.localization;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Looks for the set of faults with the greatest posterior likelihood. */
final class Search {

    /** From which failed share a fault counts as hard; one search for each, the last knows no hard ones. */
    private static final double[] HARD = {0.97, 0.8, 0.6, 0};

    /** Larger sets are left as they were found: their faults are far apart. */
    private static final int MOST_TO_EXCHANGE = 12;

    private static final int MOST_TO_PAIR = 6;
    private static final int ROUNDS = 4;
    private static final double CLEARLY = 1e-6;

    private final Observed seen;
    private final Hypothesis.Scale scale;

    Search(Observed seen, Hypothesis.Scale scale) {
        this.seen = seen;
        this.scale = scale;
    }

    Hypothesis likeliest() {
        var best = new Hypothesis(seen, scale);
        if (seen.failed.length < scale.minFailed()) {
            return best;
        }
        var likelihood = 0.0;
        for (var hard : HARD) {
            var found = completed(List.of(), List.of(), hard);
            var its = found.logLikelihood();
            if (its > likelihood + CLEARLY) {
                best = found;
                likelihood = its;
            }
        }
        return exchanged(best, likelihood);
    }

    /** Tries to do without one fault or two of the set, as long as that finds a likelier one. */
    private Hypothesis exchanged(Hypothesis start, double likelihoodOfStart) {
        var best = start;
        var likelihood = likelihoodOfStart;
        for (var round = 0; round < ROUNDS; round++) {
            var before = likelihood;
            for (var out : exchanges(best.faults())) {
                var kept = best.faults().stream()
                        .filter(fault -> !out.contains(fault))
                        .toList();
                for (var hard : new double[] {HARD[1], 0}) {
                    var found = completed(kept, out, hard);
                    var its = found.logLikelihood();
                    if (its > likelihood + CLEARLY) {
                        best = found;
                        likelihood = its;
                    }
                }
                if (likelihood > before) {
                    break;
                }
            }
            if (likelihood <= before) {
                break;
            }
        }
        return best;
    }

    private List<List<Fault>> exchanges(List<Fault> faults) {
        var all = new ArrayList<List<Fault>>();
        if (faults.size() > MOST_TO_EXCHANGE) {
            return all;
        }
        for (var one : faults) {
            if (!isPlain(one)) {
                all.add(List.of(one));
            }
        }
        for (var i = 0; i < faults.size() && faults.size() <= MOST_TO_PAIR; i++) {
            for (var j = i + 1; j < faults.size(); j++) {
                all.add(List.of(faults.get(i), faults.get(j)));
            }
        }
        return all;
    }

    /** Whether all rows through it failed as a whole: nothing else alone could explain these as well. */
    private boolean isPlain(Fault fault) {
        return seen.up[fault.candidate()] == 0 && fault.fraction() > HARD[0];
    }

    private Hypothesis completed(Collection<Fault> kept, Collection<Fault> out, double hard) {
        var set = Hypothesis.of(seen, scale, kept);
        var without = new boolean[seen.candidates.length];
        out.forEach(fault -> without[fault.candidate()] = true);
        var greedy = new Greedy(seen, scale, set, without);
        if (hard > 0) {
            greedy.take(hard);
        }
        greedy.take(0);
        set.refine();
        return set;
    }
}
