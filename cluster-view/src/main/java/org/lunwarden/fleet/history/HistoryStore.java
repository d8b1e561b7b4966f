package org.lunwarden.fleet.history;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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

    /** What the hosts had observed when an incident was kept with it, as {@link Observed#lines}, compressed. */
    Optional<byte[]> observed(String incident) throws Failed;

    /** Forgets what is older, except open incidents. Gives how many incidents and happenings that were. */
    int forget(Instant before) throws Failed;

    @Override
    void close();

    /**
     * What hosts saw while an incident went from its first sign to its verdict: gzip of JSON lines as {@code lunwarden
     * diagnose} reads them. Whoever hands the bytes over does not change them any more.
     */
    final class Observed {

        private final String incident;
        private final byte[] lines;

        Observed(String incident, byte[] lines) {
            this.incident = incident;
            this.lines = lines;
        }

        String incident() {
            return incident;
        }

        byte[] lines() {
            return lines;
        }
    }

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
