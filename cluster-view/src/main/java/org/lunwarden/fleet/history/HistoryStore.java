package org.lunwarden.fleet.history;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.lunwarden.fleet.incident.Incident;

/** One view's history in a database. Every call blocks, and is of one thread. After a failure it is closed and opened anew. */
interface HistoryStore extends AutoCloseable {

    /** All or nothing. An incident that was kept before is replaced; happenings get their numbers in this order. */
    void keep(List<Incident> incidents, List<Happening> happenings, List<Observed> observed) throws Failed;

    /** Open ones, and those that changed at that moment or later; the newest first. */
    List<Incident> incidents(Instant changedSince) throws Failed;

    /** @param id also a former one that it was kept under */
    Optional<Incident> incident(String id) throws Failed;

    HistoryPage happenings(HistoryQuery query) throws Failed;

    /** All moments that were kept of an incident, oldest first: gzip of JSON lines. */
    Optional<byte[]> observed(String incident) throws Failed;

    /** Whether these are what was kept last, in this order. */
    boolean endsWith(List<Happening> happenings) throws Failed;

    /** Forgets some of what is older, except open incidents. Gives how many entries that were: 0 when nothing is left to forget. */
    int forget(Instant before) throws Failed;

    @Override
    void close();

    /**
     * What a view knew of all hosts at a moment of an incident.
     *
     * @param lines gives gzip of JSON lines as {@code lunwarden diagnose} reads them; asked once, where it may take long
     */
    record Observed(String incident, Instant at, Supplier<byte[]> lines) {}

    /** The store could not do it. */
    final class Failed extends IOException {
        private static final long serialVersionUID = 1;
        private final boolean refused;

        /** @param refused whether the same would fail again and again: what was written is at fault */
        Failed(String message, boolean refused, Throwable cause) {
            super(message, cause);
            this.refused = refused;
        }

        boolean isRefused() {
            return refused;
        }
    }
}
