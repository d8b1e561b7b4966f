package org.lunwarden.fleet.localization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a hard fault draws after it: within minutes some of what shares a larger component with it is lost too, since ports log
 * in once more and traffic moves. So little of that component is lost that nobody would look for a fault of its own. Losses
 * that began together with the hard fault, or are more than slight, stay causes.
 */
final class Wake {

    /** No more of a component is lost in a wake. */
    private static final double SLIGHT = 0.15;

    private static final double HARD = 0.5;

    /** A fault of so many hosts has a wake. */
    private static final int LEAST_HOSTS = 3;

    /** So much later than the fault are the losses of its wake in the middle, at least and at most, in milliseconds. */
    private static final long SOONEST = 5_000;

    private static final long LATEST = 300_000;

    /** So many of the rows lost share what the fault is in. */
    private static final double NEARLY_ALL = 0.9;

    /** What more of all rows than these cross is shared by nearly all that is lost anywhere, and so tells nothing. */
    private static final double COMMONPLACE = 0.6;

    private final Observed seen;
    private final Freshness freshness;

    /** Failed row -> the greatest fraction of all faults through it. */
    private final double[] greatest;

    private final List<Fault> causes = new ArrayList<>();

    /** Candidate of a cause -> what is in its wake. */
    private final Map<Integer, List<Fault>> followed = new HashMap<>();

    Wake(Observed seen, List<Fault> faults, Freshness freshness) {
        this.seen = seen;
        this.freshness = freshness;
        greatest = new double[faults.stream().anyMatch(Wake::isSlight) ? seen.failed.length : 0];
        if (greatest.length > 0) {
            faults.forEach(this::mark);
        }
        for (var fault : faults) {
            var ahead = isSlight(fault) ? ahead(fault, faults) : null;
            if (ahead == null) {
                causes.add(fault);
            } else {
                followed.computeIfAbsent(ahead.candidate(), none -> new ArrayList<>())
                        .add(fault);
            }
        }
    }

    /** Those that are in no wake. */
    List<Fault> causes() {
        return causes;
    }

    List<Fault> of(Fault cause) {
        return followed.getOrDefault(cause.candidate(), List.of());
    }

    /** Failed row numbers that a fault in a wake explains and no cause. */
    int[] rows(Fault inWake) {
        return Arrays.stream(seen.rows, seen.rowsStart[inWake.candidate()], seen.rowsStart[inWake.candidate() + 1])
                .filter(number -> greatest[number] <= SLIGHT)
                .toArray();
    }

    private static boolean isSlight(Fault fault) {
        return fault.fraction() <= SLIGHT;
    }

    private void mark(Fault fault) {
        for (var at = seen.rowsStart[fault.candidate()]; at < seen.rowsStart[fault.candidate() + 1]; at++) {
            greatest[seen.rows[at]] = Math.max(greatest[seen.rows[at]], fault.fraction());
        }
    }

    private @Nullable Fault ahead(Fault slight, List<Fault> faults) {
        var lost = rows(slight);
        var late = middle(lost);
        if (late == RowReading.NO_TIME) {
            return null;
        }
        Fault nearest = null;
        var nearestAt = RowReading.NO_TIME;
        for (var fault : faults) {
            if (fault.fraction() < HARD || seen.failedHosts(fault.candidate()) < LEAST_HOSTS) {
                continue;
            }
            var its = Arrays.copyOfRange(
                    seen.rows, seen.rowsStart[fault.candidate()], seen.rowsStart[fault.candidate() + 1]);
            var at = middle(its);
            if (at != RowReading.NO_TIME
                    && late - at >= SOONEST
                    && late - at <= LATEST
                    && at > nearestAt
                    && haveLargerInCommon(fault, its, lost)) {
                nearest = fault;
                nearestAt = at;
            }
        }
        return nearest;
    }

    /** Whether all rows of the fault and nearly all that were lost later cross one component. */
    private boolean haveLargerInCommon(Fault fault, int[] its, int[] lost) {
        for (var at = seen.start[its[0]]; at < seen.start[its[0] + 1]; at++) {
            var common = seen.crossed[at];
            if (common != fault.candidate()
                    && seen.failedThrough(common) > its.length
                    && seen.knownThrough(common) <= COMMONPLACE * seen.index.knownRows()
                    && crossing(lost, common) >= NEARLY_ALL * lost.length
                    && crossing(its, common) == its.length) {
                return true;
            }
        }
        return false;
    }

    private int crossing(int[] numbers, int candidate) {
        var count = 0;
        for (var number : numbers) {
            count += Arrays.binarySearch(seen.crossed, seen.start[number], seen.start[number + 1], candidate) >= 0
                    ? 1
                    : 0;
        }
        return count;
    }

    /** The time in the middle of when these rows failed, clocks that are far off put right. */
    private long middle(int[] numbers) {
        var times = Arrays.stream(numbers)
                .map(number -> seen.failed[number])
                .filter(row -> seen.index.changedAt[row] != RowReading.NO_TIME)
                .mapToLong(row -> seen.index.changedAt[row] - freshness.off(seen.index.hostOf[row]))
                .sorted()
                .toArray();
        return times.length == 0 ? RowReading.NO_TIME : times[times.length / 2];
    }
}
