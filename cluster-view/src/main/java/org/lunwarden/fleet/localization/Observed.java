package org.lunwarden.fleet.localization;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;

import org.jspecify.annotations.Nullable;

/**
 * The evidence of a moment, in the numbers of a search: failed rows one by one, and for each candidate, which is a
 * component that a failed row crosses, how many rows are up. A row that is up says the same whatever else it crosses.
 */
final class Observed {

    final RiskIndex index;

    /** Rows that are up and are taken as unknown all the same. */
    final BitSet ignored;

    /** Failed row number -> row. */
    final int[] failed;

    /** Failed row number -> share of it that failed. */
    final double[] share;

    /** Shares that failed, each once. */
    final double[] shares;

    /** Failed row number -> its share among {@link #shares}. */
    final int[] shareOf;

    /** Candidate -> component, ascending. */
    final int[] candidates;

    /** Failed row number -> where its candidates begin in {@link #crossed}. */
    final int[] start;

    final int[] crossed;

    /** Candidate -> where its failed rows begin in {@link #rows}. */
    final int[] rowsStart;

    final int[] rows;

    /** Candidate -> rows that are up. */
    final int[] up;

    /** Candidate -> failed rows, those of them that are down as a whole, and the sum of their failed shares. */
    final int[] failedCount;

    final int[] down;
    final double[] failedShare;

    /** Host -> how surely it tells news, see {@link News}. */
    final byte[] told;

    final Working working;

    /** Candidate -> what it is fitted to when it explains all that failed through it, as far as anybody asked. */
    private final @Nullable Fault[] alone;

    /** Component -> candidate, or -1. */
    private final int[] candidateOf;

    /** Hosts that have not reported for too long. */
    private final BitSet lateHosts;

    Observed(RiskIndex index, BitSet ignored, BitSet lateHosts) {
        this.index = index;
        this.ignored = ignored;
        this.lateHosts = lateHosts;
        failed = failedRows();
        share = new double[failed.length];
        start = new int[failed.length + 1];
        for (var number = 0; number < failed.length; number++) {
            var row = failed[number];
            share[number] = index.share[row];
            start[number + 1] = start[number] + index.start[row + 1] - index.start[row];
        }
        shareOf = new int[failed.length];
        shares = shares();
        candidateOf = new int[index.components.length];
        candidates = candidates();
        crossed = new int[start[failed.length]];
        rowsStart = new int[candidates.length + 1];
        rows = new int[crossed.length];
        turn();
        up = new int[candidates.length];
        failedCount = new int[candidates.length];
        down = new int[candidates.length];
        failedShare = new double[candidates.length];
        count();
        countUp();
        told = News.byFailures(index);
        working = new Working(this);
        alone = new Fault[candidates.length];
    }

    /** The same failures, with other rows that are up taken as unknown, and other hosts believed. */
    Observed(Observed same, BitSet ignored, BitSet lateHosts, byte[] told) {
        index = same.index;
        this.ignored = ignored;
        this.lateHosts = lateHosts;
        failed = same.failed;
        share = same.share;
        shares = same.shares;
        shareOf = same.shareOf;
        start = same.start;
        candidateOf = same.candidateOf;
        candidates = same.candidates;
        crossed = same.crossed;
        rowsStart = same.rowsStart;
        rows = same.rows;
        failedCount = same.failedCount;
        down = same.down;
        failedShare = same.failedShare;
        up = new int[candidates.length];
        countUp();
        this.told = told;
        working = new Working(this);
        alone = new Fault[candidates.length];
    }

    private double[] shares() {
        var known = new HashMap<Double, Integer>();
        for (var number = 0; number < failed.length; number++) {
            shareOf[number] = number > 0 && share[number] == share[number - 1]
                    ? shareOf[number - 1]
                    : known.computeIfAbsent(share[number], any -> known.size());
        }
        var found = new double[known.size()];
        known.forEach((one, at) -> found[at] = one);
        return found;
    }

    private int[] failedRows() {
        var found = new int[index.failedRows()];
        var count = 0;
        for (var row = 0; row < index.share.length; row++) {
            if (index.isFailed(row)) {
                found[count++] = row;
            }
        }
        return found;
    }

    private int[] candidates() {
        Arrays.fill(candidateOf, -1);
        for (var row : failed) {
            for (var at = index.start[row]; at < index.start[row + 1]; at++) {
                candidateOf[index.crossed[at]] = 0;
            }
        }
        var found = new int[candidateOf.length];
        var count = 0;
        for (var component = 0; component < candidateOf.length; component++) {
            if (candidateOf[component] == 0) {
                candidateOf[component] = count;
                found[count++] = component;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private void turn() {
        for (var number = 0; number < failed.length; number++) {
            var from = index.start[failed[number]];
            for (var at = start[number]; at < start[number + 1]; at++) {
                crossed[at] = candidateOf[index.crossed[from + at - start[number]]];
                rowsStart[crossed[at] + 1]++;
            }
        }
        for (var candidate = 0; candidate < candidates.length; candidate++) {
            rowsStart[candidate + 1] += rowsStart[candidate];
        }
        var next = Arrays.copyOf(rowsStart, candidates.length);
        for (var number = 0; number < failed.length; number++) {
            for (var at = start[number]; at < start[number + 1]; at++) {
                rows[next[crossed[at]]++] = number;
            }
        }
    }

    private void count() {
        for (var number = 0; number < failed.length; number++) {
            for (var at = start[number]; at < start[number + 1]; at++) {
                failedCount[crossed[at]]++;
                down[crossed[at]] += share[number] >= 1 ? 1 : 0;
                failedShare[crossed[at]] += share[number];
            }
        }
    }

    private void countUp() {
        for (var candidate = 0; candidate < candidates.length; candidate++) {
            up[candidate] = index.up[candidates[candidate]];
        }
        for (var row = ignored.nextSetBit(0); row >= 0; row = ignored.nextSetBit(row + 1)) {
            if (index.isUp(row)) {
                for (var at = index.start[row]; at < index.start[row + 1]; at++) {
                    var candidate = candidateOf[index.crossed[at]];
                    if (candidate >= 0) {
                        up[candidate]--;
                    }
                }
            }
        }
    }

    int failedThrough(int candidate) {
        return rowsStart[candidate + 1] - rowsStart[candidate];
    }

    /** Rows through it that say something. */
    int knownThrough(int candidate) {
        return failedThrough(candidate) + up[candidate];
    }

    /** What a candidate is fitted to when it explains all that failed through it. */
    Fault alone(int candidate) {
        var fault = alone[candidate];
        if (fault == null) {
            fault = working.fitted(candidate, failedCount[candidate], failedShare[candidate], up[candidate]);
            alone[candidate] = fault;
        }
        return fault;
    }

    /** -1 when no failed row crosses it. */
    int candidateOf(int component) {
        return candidateOf[component];
    }

    ComponentName name(int candidate) {
        return index.components[candidates[candidate]];
    }

    boolean isKnown(int row) {
        return index.isKnown(row) && !ignored.get(row);
    }

    boolean isLate(int row) {
        return lateHosts.get(index.hostOf[row]);
    }

    /** Hosts with a failed row through the candidate. */
    int failedHosts(int candidate) {
        var hosts = 0;
        var last = -1;
        for (var at = rowsStart[candidate]; at < rowsStart[candidate + 1]; at++) {
            var host = index.hostOf[failed[rows[at]]];
            hosts += host == last ? 0 : 1;
            last = host;
        }
        return hosts;
    }

    /** Hosts with a row through the candidate that says something. */
    int knownHosts(int candidate) {
        var component = candidates[candidate];
        var hosts = 0;
        var last = -1;
        for (var at = index.rowsStart[component]; at < index.rowsStart[component + 1]; at++) {
            var row = index.rows[at];
            if (index.hostOf[row] != last && isKnown(row)) {
                last = index.hostOf[row];
                hosts++;
            }
        }
        return hosts;
    }

    /** Candidates that exactly the same known rows cross, itself included. */
    int[] alike(int candidate) {
        if (failedThrough(candidate) == 0) {
            return new int[] {candidate};
        }
        var number = rows[rowsStart[candidate]];
        return Arrays.stream(crossed, start[number], start[number + 1])
                .filter(other -> areAlike(candidate, other))
                .toArray();
    }

    /** Whether exactly the same known rows cross both. */
    boolean areAlike(int one, int other) {
        if (one == other) {
            return true;
        }
        if (up[one] != up[other] || failedThrough(one) != failedThrough(other)) {
            return false;
        }
        for (var i = 0; i < failedThrough(one); i++) {
            if (rows[rowsStart[one] + i] != rows[rowsStart[other] + i]) {
                return false;
            }
        }
        if (up[one] == 0) {
            return true;
        }
        var mine = candidates[one];
        var its = candidates[other];
        for (var at = index.rowsStart[mine]; at < index.rowsStart[mine + 1]; at++) {
            var row = index.rows[at];
            if (isKnown(row) && !index.crosses(row, its)) {
                return false;
            }
        }
        return true;
    }
}
