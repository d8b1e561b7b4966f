package org.lunwarden.model.figures;

import java.util.List;

/**
 * Calls of one kind of thing since the start: how many, how they ended, how long they took.
 *
 * @param counts sorted by call and outcome
 */
public record CallFigures(List<Count> counts, Durations durations) {

    public static final CallFigures NONE = new CallTally().now();

    public CallFigures {
        counts = List.copyOf(counts);
    }

    /** So many calls of that name ended so. */
    public record Count(String call, String outcome, long count) {}
}
