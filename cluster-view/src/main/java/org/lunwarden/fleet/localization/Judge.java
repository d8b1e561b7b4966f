package org.lunwarden.fleet.localization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Puts found faults into what can be answered for: who is named, who is only suspected, what stays open. */
final class Judge {

    /** The model knows less than it believes: gaps count for this part of what they say. */
    private static final double TRUST = 0.5;

    private static final double MOST_SURE = 0.999;
    private static final double SAME_FRACTION = 0.9;

    private final Observed seen;
    private final Hypothesis set;
    private final Hypothesis.Scale scale;
    private final double indecision;
    private final Guards guards;
    private final Wake wake;

    /** Failed row -> the greatest fraction of all faults through it. */
    private final double[] greatest;

    /** @param found all faults, those in a wake included */
    Judge(Observed seen, Hypothesis found, Wake wake, Hypothesis.Scale scale, double indecision) {
        this.seen = seen;
        this.wake = wake;
        set = wake.causes().size() == found.faults().size() ? found : Hypothesis.of(seen, scale, wake.causes());
        this.scale = scale;
        this.indecision = indecision;
        guards = new Guards(seen, scale.priors());
        greatest = new double[seen.failed.length];
        for (var fault : set.faults()) {
            for (var at = seen.rowsStart[fault.candidate()]; at < seen.rowsStart[fault.candidate() + 1]; at++) {
                greatest[seen.rows[at]] = Math.max(greatest[seen.rows[at]], fault.fraction());
            }
        }
    }

    List<Cause> causes() {
        var rivals = new Rivals(seen, scale, set);
        var faults = set.faults();
        var worths = set.worths();
        var causes = IntStream.range(0, worths.length)
                .mapToObj(at -> new Weighed(faults.get(at), worths[at]))
                .sorted(Comparator.comparingDouble((Weighed one) -> -one.worth())
                        .thenComparing(one -> seen.name(one.fault().candidate())))
                .map(one -> cause(one.fault(), rivals))
                .toList();
        return new Boxes(seen).joined(causes);
    }

    private record Weighed(Fault fault, double worth) {}

    private Cause cause(Fault fault, Rivals rivals) {
        var comparison = rivals.of(fault);
        var ranked = guards.ranked(alike(fault.candidate()));
        var own = comparison.own();
        var rival = comparison.best();
        var gap = own - rival.map(Rivals.Rival::score).orElse(0.0);
        var confidence = confidence(gap, own);
        var doubt = guards.doubt(ranked.getFirst());
        if (doubt.isEmpty() && rival.isPresent() && gap < indecision) {
            doubt = "both explain it about as well";
        }
        var hidden = comparison.same().stream()
                .sorted(Comparator.comparingDouble((Rivals.Rival one) -> -one.score())
                        .thenComparing(one -> seen.name(one.candidate())))
                .map(one -> seen.candidates[one.candidate()])
                .toList();
        var first =
                suspicion(ranked, hidden, fault.fraction(), doubt.isEmpty() ? confidence : Math.min(0.5, confidence));
        var explained = membersOf(fault);
        var members = withWake(fault, explained);
        return new Cause(
                first,
                rival.map(other -> suspicion(
                        guards.ranked(alike(other.candidate())),
                        List.of(),
                        other.fraction(),
                        Math.max(0, Math.min(1 - first.confidence(), confidence(-gap, other.score()))))),
                gap,
                doubt,
                new Numbers(members),
                hosts(members),
                wake.of(fault).stream()
                        .map(one -> seen.candidates[one.candidate()])
                        .toList(),
                Onset.of(seen.index, explained));
    }

    private static double confidence(double gap, double own) {
        return Math.min(MOST_SURE, 1 / (1 + Math.exp(-TRUST * gap) + Math.exp(-TRUST * own)));
    }

    private List<Integer> alike(int candidate) {
        return Arrays.stream(seen.alike(candidate)).boxed().toList();
    }

    private Suspicion suspicion(List<Integer> ranked, List<Integer> hidden, double fraction, double confidence) {
        var index = seen.index;
        var component = seen.candidates[ranked.getFirst()];
        var down = 0;
        var partial = 0;
        var up = 0;
        var neutral = 0;
        var hosts = 0;
        var last = -1;
        for (var at = index.rowsStart[component]; at < index.rowsStart[component + 1]; at++) {
            var row = index.rows[at];
            if (!index.isFailed(row) || seen.ignored.get(row)) {
                up += index.isUp(row) && !seen.isLate(row) ? 1 : 0;
                neutral += index.isUp(row) && !seen.isLate(row) ? 0 : 1;
                continue;
            }
            down += index.share[row] >= 1 ? 1 : 0;
            partial += index.share[row] >= 1 ? 0 : 1;
            hosts += index.hostOf[row] == last ? 0 : 1;
            last = index.hostOf[row];
        }
        return new Suspicion(
                component,
                ranked.stream().skip(1).map(other -> seen.candidates[other]).toList(),
                hidden,
                new Together(seen).of(component),
                fraction,
                confidence,
                down,
                partial,
                up,
                neutral,
                hosts);
    }

    /** Failed rows through the fault that no other fault explains clearly better. */
    private int[] membersOf(Fault fault) {
        return Arrays.stream(seen.rows, seen.rowsStart[fault.candidate()], seen.rowsStart[fault.candidate() + 1])
                .filter(number -> fault.fraction() >= SAME_FRACTION * greatest[number])
                .map(number -> seen.failed[number])
                .toArray();
    }

    private int[] withWake(Fault fault, int[] own) {
        var following = wake.of(fault);
        if (following.isEmpty()) {
            return own;
        }
        var drawn = following.stream()
                .flatMapToInt(one -> Arrays.stream(wake.rows(one)).map(number -> seen.failed[number]));
        return IntStream.concat(Arrays.stream(own), drawn).distinct().sorted().toArray();
    }

    /** Of rows that ascend. */
    private int hosts(int[] rows) {
        var hosts = 0;
        var last = -1;
        for (var row : rows) {
            hosts += seen.index.hostOf[row] == last ? 0 : 1;
            last = seen.index.hostOf[row];
        }
        return hosts;
    }

    List<Integer> unexplained() {
        var rows = new ArrayList<Integer>();
        var isDrawn = new boolean[seen.failed.length];
        for (var cause : set.faults()) {
            for (var following : wake.of(cause)) {
                for (var number : wake.rows(following)) {
                    isDrawn[number] = true;
                }
            }
        }
        for (var number = 0; number < seen.failed.length; number++) {
            if (!isDrawn[number] && !set.isTouched(number)) {
                rows.add(seen.failed[number]);
            }
        }
        return rows;
    }
}
