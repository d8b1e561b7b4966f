package org.lunwarden.fleet.history;

import java.util.List;
import java.util.Optional;

/**
 * A part of a history.
 *
 * @param items newest first
 * @param next what to ask for as {@link HistoryQuery#before} to get the part that follows; empty at the end
 */
public record HistoryPage(List<Happening> items, Optional<Long> next) {
    public HistoryPage {
        items = List.copyOf(items);
    }
}
