package org.lunwarden.fleet.localization;

import java.util.List;
import java.util.Optional;

/**
 * One cause, and what it explains.
 *
 * @param runnerUp the best explanation of the same rows that was not taken
 * @param gap how much likelier the first one is than the runner-up, or than chance, as a natural logarithm
 * @param doubt why the evidence does not suffice to name the first one, in words; empty when it does
 * @param members the failed rows that it explains, ascending; those of its wake included
 * @param hosts how many hosts these are of
 * @param wake components of which little was lost within minutes after it, close to it: taken for what it drew after it
 * @param onset when it began, Unix milliseconds; {@link RowReading#NO_TIME} when no row tells
 */
public record Cause(
        Suspicion first,
        Optional<Suspicion> runnerUp,
        double gap,
        String doubt,
        List<Integer> members,
        int hosts,
        List<Integer> wake,
        long onset) {

    public Cause {
        wake = List.copyOf(wake);
    }

    /** Those to look at: the first one alone when it is named, else the runner-up too. */
    public List<Suspicion> suspects() {
        return doubt.isEmpty() || runnerUp.isEmpty() ? List.of(first) : List.of(first, runnerUp.get());
    }
}
