package org.lunwarden.fleet.localization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What should be looked at now: right after a failure most hosts have not checked their paths yet, so that what is up
 * says little.
 */
final class WorthChecking {

    /** Failures that are so much older than the newest one are no news, in milliseconds. */
    private static final long FRESH = 5_000;

    /** What a row counts that is up, and may only not have been checked yet. */
    private static final double TRUST = 0.05;

    private static final int MOST = 3;
    private static final int NOTHING = -1;

    private record Scored(int candidate, double score) {}

    private final Observed seen;
    private final Hypothesis set;
    private final Hypothesis.Scale scale;
    private final Guards guards;

    WorthChecking(Observed seen, Hypothesis set, Hypothesis.Scale scale) {
        this.seen = seen;
        this.set = set;
        this.scale = scale;
        guards = new Guards(seen, scale.priors());
    }

    List<Integer> components() {
        var newest = Arrays.stream(seen.failed)
                .mapToLong(row -> seen.index.changedAt[row])
                .max()
                .orElse(RowReading.NO_TIME);
        if (newest == RowReading.NO_TIME) {
            return List.of();
        }
        var settledBy = settled();
        var scored = new ArrayList<Scored>();
        for (var candidate = 0; candidate < seen.candidates.length; candidate++) {
            var fresh = isWorthIt(candidate) ? freshFailures(candidate, newest - FRESH, settledBy) : 0;
            if (fresh > 0) {
                scored.add(new Scored(candidate, score(candidate, fresh)));
            }
        }
        return scored.stream()
                .filter(one -> one.score() > 0)
                .sorted(Comparator.comparingDouble((Scored one) -> -one.score())
                        .thenComparing(one -> seen.name(one.candidate())))
                .limit(MOST)
                .map(one -> seen.candidates[one.candidate()])
                .toList();
    }

    /** Failed row -> the fault of several hosts, fully seen, that explains it. */
    private int[] settled() {
        var settledBy = new int[seen.failed.length];
        Arrays.fill(settledBy, NOTHING);
        for (var fault : set.faults()) {
            var candidate = fault.candidate();
            if (up(candidate) == 0 && !guards.isOfOneHost(candidate)) {
                for (var at = seen.rowsStart[candidate]; at < seen.rowsStart[candidate + 1]; at++) {
                    settledBy[seen.rows[at]] = candidate;
                }
            }
        }
        return settledBy;
    }

    /** Those of hosts included that seem to report old news: they may only not have looked yet. */
    private int up(int candidate) {
        return seen.index.up[seen.candidates[candidate]];
    }

    private boolean isWorthIt(int candidate) {
        return up(candidate) > 0
                && !guards.isOfOneHost(candidate)
                && !ClassPriors.isFirmware(seen.name(candidate).kind());
    }

    /** 0 unless two hosts have fresh ones, or when one fault that is fully seen explains all of them. */
    private int freshFailures(int candidate, long since, int[] settledBy) {
        var fresh = 0;
        var isOpen = false;
        var settler = NOTHING;
        var first = NOTHING;
        var isOfTwo = false;
        for (var at = seen.rowsStart[candidate]; at < seen.rowsStart[candidate + 1]; at++) {
            var number = seen.rows[at];
            var row = seen.failed[number];
            if (seen.index.changedAt[row] < since) {
                continue;
            }
            fresh++;
            isOpen |= settledBy[number] == NOTHING || (settler != NOTHING && settler != settledBy[number]);
            settler = settledBy[number];
            first = first == NOTHING ? seen.index.hostOf[row] : first;
            isOfTwo |= seen.index.hostOf[row] != first;
        }
        return isOfTwo && isOpen ? fresh : 0;
    }

    private double score(int candidate, int fresh) {
        var against = TRUST * up(candidate);
        var fraction = Math.min(Fault.SUREST, fresh / (fresh + against));
        return fresh * Likelihood.ofFailed(scale.noise(), fraction)
                + Likelihood.ofUp(against, fraction)
                + scale.priors().of(seen.candidates[candidate]);
    }
}
