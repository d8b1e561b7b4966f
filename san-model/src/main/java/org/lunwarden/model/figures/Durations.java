package org.lunwarden.model.figures;

import java.util.List;

/**
 * How long something took, each time that it was done.
 *
 * @param bounds in seconds, ascending
 * @param counts how often it took no longer than the bound of the same place and longer than the one before; the last one,
 *     which has no bound, how often it took longer than all
 * @param sum of all, in seconds
 */
public record Durations(List<Double> bounds, List<Long> counts, double sum) {

    public Durations {
        bounds = List.copyOf(bounds);
        counts = List.copyOf(counts);
        if (counts.size() != bounds.size() + 1) {
            throw new IllegalArgumentException(bounds.size() + " bounds need one count more, not " + counts.size());
        }
    }

    /** How often it was done. */
    public long total() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
