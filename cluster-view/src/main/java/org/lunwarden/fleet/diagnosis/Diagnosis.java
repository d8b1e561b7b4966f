package org.lunwarden.fleet.diagnosis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import org.lunwarden.model.fleet.NexusState;

/**
 * Finds the components that most likely took nexuses down.
 *
 * <p>A bipartite risk model: a nexus with the components {@code C} is down with probability
 * {@code 1 - (1 - noise) * product over faulty c in C of (1 - fraction(c))}. Sought is the set of faulty components with
 * the greatest posterior likelihood. Greedy search, hard faults first and partial ones after them, under several notions of
 * hard; each set is pruned and refitted, and the likeliest one is kept. The result does not depend on the order of the
 * observations.
 */
public final class Diagnosis {

    private Diagnosis() {}

    /** When a nexus is observed twice, the freshest observation counts. */
    public static Verdict of(Collection<Observation> observations, DiagnosisSettings settings) {
        var rows = canonical(observations, settings);
        var model = RiskModel.of(rows);
        var faults = new FaultSearch(model, settings).likeliest();
        return new Judgement(model, settings, faults, observations).verdict();
    }

    private static List<Observation> canonical(Collection<Observation> observations, DiagnosisSettings settings) {
        var sorted = new ArrayList<Observation>(observations.size());
        for (var row : observations) {
            sorted.add(isSilent(row, settings) ? row.unknown() : row);
        }
        if (areInOrder(sorted)) {
            return sorted;
        }
        sorted.sort(Observation.ORDER
                .thenComparing(Observation::age)
                .thenComparing(Observation::state)
                .thenComparing(Comparator.comparingInt(Observation::failed)));
        var distinct = new ArrayList<Observation>(sorted.size());
        for (var row : sorted) {
            if (distinct.isEmpty() || Observation.ORDER.compare(distinct.getLast(), row) != 0) {
                distinct.add(row);
            }
        }
        return distinct;
    }

    /** Rows come from reports that are sorted and have each nexus once. */
    private static boolean areInOrder(List<Observation> rows) {
        for (var at = 1; at < rows.size(); at++) {
            if (Observation.ORDER.compare(rows.get(at - 1), rows.get(at)) >= 0) {
                return false;
            }
        }
        return true;
    }

    static boolean isSilent(Observation row, DiagnosisSettings settings) {
        return row.age().compareTo(settings.silentAfter()) > 0;
    }

    /** Whether the row says something about the hardware. */
    static boolean isKnown(Observation row) {
        return switch (row.state()) {
            case UP, DOWN, PARTIAL -> true;
            case ADMIN, UNKNOWN -> false;
        };
    }

    static boolean isFailed(Observation row) {
        return row.state() == NexusState.DOWN || row.state() == NexusState.PARTIAL;
    }
}
