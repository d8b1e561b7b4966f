package org.lunwarden.fleet.localization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Looks for the set of faults with the greatest posterior likelihood. */
final class Search {

    /** From which failed share a fault counts as hard; one search for each, the first knows no hard ones. */
    private static final double[] HARD = {0, 0.97, 0.8, 0.6};

    /** Where more than these could be something else, the set is left as it was found. */
    private static final int MOST_TO_EXCHANGE = 12;

    private static final int MOST_TO_PAIR = 6;
    /** What takes more faults than these to explain instead is no better explanation. */
    private static final int MOST_INSTEAD = 8;

    /** So hard is hardly anything by chance; hosts that reboot are, and they may be many. */
    private static final double STRICT = 0.97;

    /** A search for less hard faults that takes so many times as many as the plain one is lost in chance. */
    private static final int MOST_MORE = 4;

    /** Of a cause that could stand for two, at least this part of what fails of either fails too. */
    private static final double COMMON = 0.4;

    private static final int ROUNDS = 4;
    private static final double CLEARLY = 1e-6;

    private final Observed seen;
    private final Hypothesis.Scale scale;
    private final Alone alone;
    private double leastTaken;

    Search(Observed seen, Hypothesis.Scale scale) {
        this.seen = seen;
        this.scale = scale;
        alone = new Alone(seen, scale);
    }

    Hypothesis likeliest() {
        var best = new Hypothesis(seen, scale);
        if (seen.failed.length < scale.minFailed()) {
            return best;
        }
        var likelihood = 0.0;
        var least = 1.0;
        var most = Integer.MAX_VALUE;
        for (var hard : HARD) {
            // a search that took hard ones alone anyway has found what this one would find
            if (hard > 0 && least >= hard) {
                continue;
            }
            var found = completed(List.of(), List.of(), hard, hard >= STRICT ? Integer.MAX_VALUE : most);
            if (hard == 0) {
                least = leastTaken;
                most = MOST_MORE * (found.faults().size() + MOST_INSTEAD);
            }
            var its = found.logLikelihood();
            if (its > likelihood + CLEARLY) {
                best = found;
                likelihood = its;
            }
        }
        return exchanged(best, likelihood);
    }

    /** Betters what was found on another scale. */
    Hypothesis from(List<Fault> found) {
        var start = completed(found, List.of(), 0, Integer.MAX_VALUE);
        return exchanged(start, start.logLikelihood());
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
                for (var hard : new double[] {HARD[2], 0}) {
                    var found = completed(kept, out, hard, MOST_INSTEAD);
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
        var others = faults.stream().filter(one -> !isPlain(one)).toList();
        if (others.size() > MOST_TO_EXCHANGE) {
            return all;
        }
        others.forEach(one -> all.add(List.of(one)));
        for (var i = 0; i < faults.size() && faults.size() <= MOST_TO_PAIR; i++) {
            for (var j = i + 1; j < faults.size(); j++) {
                if (haveCommonCause(faults.get(i), faults.get(j))) {
                    all.add(List.of(faults.get(i), faults.get(j)));
                }
            }
        }
        return all;
    }

    /** Whether something else that fails not much less than they do is crossed by the rows of both. */
    private boolean haveCommonCause(Fault one, Fault other) {
        var mine = seen.rows[seen.rowsStart[one.candidate()]];
        var its = seen.rows[seen.rowsStart[other.candidate()]];
        var least = COMMON * Math.min(one.activity(), other.activity());
        for (var at = seen.start[mine]; at < seen.start[mine + 1]; at++) {
            var candidate = seen.crossed[at];
            if (candidate != one.candidate()
                    && candidate != other.candidate()
                    && seen.failedThrough(candidate) >= least * seen.knownThrough(candidate)
                    && Arrays.binarySearch(seen.crossed, seen.start[its], seen.start[its + 1], candidate) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether all rows through it failed as a whole: nothing else alone could explain these as well. */
    private boolean isPlain(Fault fault) {
        return seen.up[fault.candidate()] == 0 && fault.fraction() > HARD[1];
    }

    private Hypothesis completed(Collection<Fault> kept, Collection<Fault> out, double hard, int most) {
        var set = Hypothesis.of(seen, scale, kept);
        var without = new boolean[seen.candidates.length];
        out.forEach(fault -> without[fault.candidate()] = true);
        var greedy = new Greedy(seen, scale, set, alone, without);
        if (hard > 0) {
            greedy.take(hard, most);
        }
        greedy.take(0, most);
        leastTaken = greedy.leastTaken();
        set.refine();
        return set;
    }
}
