package org.lunwarden.fleet.localization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Known methods to compare with, which neither weigh partial failures nor know of late reports. Each takes one component
 * after the other and the failed rows through it with it.
 */
public final class Baselines {

    /** 007 stops when the next component has fewer votes than this share of all. */
    private static final double WORTH_A_VOTE = 0.01;

    private final Observed seen;
    private final BitSet open = new BitSet();

    private Baselines(RiskIndex index) {
        seen = new Observed(index, new BitSet(), new BitSet());
        open.set(0, seen.failed.length);
    }

    /**
     * SCORE (Kompella et al., NSDI 2005): of the groups whose members failed at least in this share, the one that explains
     * most, again and again.
     */
    public static Localized score(RiskIndex index, double hitRatio) {
        return new Baselines(index)
                .greedy(state ->
                        candidate -> state.hits(candidate) >= hitRatio - 1e-12 && state.openThrough(candidate) > 1
                                ? state.openThrough(candidate)
                                : 0);
    }

    /** 007 (Arzani et al., NSDI 2018): each failed row shares one vote out among all that it crosses. */
    public static Localized vote(RiskIndex index) {
        return new Baselines(index).greedy(state -> {
            var least = WORTH_A_VOTE * state.open.cardinality();
            return candidate -> {
                var votes = state.votes(candidate);
                return state.openThrough(candidate) > 1 && votes >= least ? votes : 0;
            };
        });
    }

    /** What a rule of thumb on a dashboard does: every component of which most hosts lost most rows, each by itself. */
    public static Localized majority(RiskIndex index) {
        var state = new Baselines(index);
        var causes = new ArrayList<Cause>();
        for (var candidate = 0; candidate < state.seen.candidates.length; candidate++) {
            if (state.hits(candidate) > 0.5 && state.openThrough(candidate) > 1) {
                causes.add(state.cause(candidate));
            }
        }
        causes.forEach(cause -> state.open.andNot(state.numbers(cause)));
        return state.localized(causes);
    }

    private Localized greedy(Function<Baselines, ToDoubleFunction<Integer>> scoring) {
        var causes = new ArrayList<Cause>();
        while (!open.isEmpty()) {
            var score = scoring.apply(this);
            var best = -1;
            var most = 0.0;
            for (var candidate = 0; candidate < seen.candidates.length; candidate++) {
                var its = score.applyAsDouble(candidate);
                if (its > most + 1e-9) {
                    most = its;
                    best = candidate;
                }
            }
            if (best < 0) {
                break;
            }
            causes.add(cause(best));
            for (var at = seen.rowsStart[best]; at < seen.rowsStart[best + 1]; at++) {
                open.clear(seen.rows[at]);
            }
        }
        return localized(causes);
    }

    private Localized localized(List<Cause> causes) {
        var unexplained =
                open.stream().map(number -> seen.failed[number]).boxed().toList();
        return new Localized(causes, unexplained, List.of(), List.of(), List.of(), 0);
    }

    private double hits(int candidate) {
        return seen.failedThrough(candidate) / (double) seen.knownThrough(candidate);
    }

    private int openThrough(int candidate) {
        var count = 0;
        for (var at = seen.rowsStart[candidate]; at < seen.rowsStart[candidate + 1]; at++) {
            count += open.get(seen.rows[at]) ? 1 : 0;
        }
        return count;
    }

    private double votes(int candidate) {
        var votes = 0.0;
        for (var at = seen.rowsStart[candidate]; at < seen.rowsStart[candidate + 1]; at++) {
            var number = seen.rows[at];
            votes += open.get(number) ? 1.0 / (seen.start[number + 1] - seen.start[number]) : 0;
        }
        return votes;
    }

    private BitSet numbers(Cause cause) {
        var numbers = new BitSet();
        var candidate = seen.candidateOf(cause.first().component());
        for (var at = seen.rowsStart[candidate]; at < seen.rowsStart[candidate + 1]; at++) {
            numbers.set(seen.rows[at]);
        }
        return numbers;
    }

    private Cause cause(int candidate) {
        var number = seen.rows[seen.rowsStart[candidate]];
        var equivalent = Arrays.stream(seen.crossed, seen.start[number], seen.start[number + 1])
                .filter(other -> other != candidate && seen.areAlike(candidate, other))
                .map(other -> seen.candidates[other])
                .boxed()
                .toList();
        var members = Arrays.stream(seen.rows, seen.rowsStart[candidate], seen.rowsStart[candidate + 1])
                .filter(open::get)
                .map(row -> seen.failed[row])
                .toArray();
        var failed = seen.failedThrough(candidate);
        var first = new Suspicion(
                seen.candidates[candidate],
                equivalent,
                List.of(),
                List.of(),
                hits(candidate),
                hits(candidate),
                failed,
                0,
                seen.up[candidate],
                0,
                seen.failedHosts(candidate));
        return new Cause(
                first,
                Optional.empty(),
                0,
                "",
                Arrays.stream(members).boxed().toList(),
                seen.failedHosts(candidate),
                List.of(),
                Onset.of(seen.index, members));
    }
}
