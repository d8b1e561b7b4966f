package org.lunwarden.fleet.history;

import java.time.Instant;
import java.util.Optional;

/**
 * What is asked of a history.
 *
 * @param since this moment or later
 * @param until earlier than this
 * @param before only what has a smaller {@link Happening#number}: the next page
 * @param limit of how many, from 1 to {@link #MOST}
 */
public record HistoryQuery(
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<String> kind,
        Optional<String> host,
        Optional<String> incident,
        Optional<Long> before,
        int limit) {

    public static final int MOST = 1000;

    /** @throws IllegalArgumentException when the limit is out of range */
    public HistoryQuery {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit is from 1 to " + MOST + ", not " + limit);
        }
    }

    public static HistoryQuery last(int limit) {
        return new HistoryQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limit);
    }
}
