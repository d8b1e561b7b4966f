package org.lunwarden.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import org.lunwarden.fleet.alert.Window;
import org.lunwarden.fleet.history.History;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.fleet.incident.Incidents;

/** What a view keeps while its fleet system is downed and started anew. Written by its one view actor. */
final class ViewMemory {

    private static final int EVENTS = 4096;

    final EventRing events;
    final Optional<History> history;
    private final AtomicReference<List<Incident>> restored = new AtomicReference<>(List.of());
    private volatile Incidents incidents = Incidents.NONE;
    private volatile Optional<FleetSnapshot> lastSnapshot = Optional.empty();
    private volatile List<Window> windows = List.of();

    ViewMemory(String view, String run, Optional<History> history) {
        this.events = new EventRing(view, run, EVENTS);
        this.history = history;
        history.ifPresent(kept -> {
            events.subscribe(Optional.empty(), Instant.EPOCH, new Happenings(kept)::heard);
            kept.restored().thenAccept(restored::set);
        });
    }

    /** What an earlier run of this view knew; given once. Empty as long as the history has not answered. */
    List<Incident> takeRestored() {
        return restored.getAndSet(List.of());
    }

    Incidents incidents() {
        return incidents;
    }

    void keep(Incidents current) {
        incidents = current;
    }

    Optional<FleetSnapshot> lastSnapshot() {
        return lastSnapshot;
    }

    void keep(FleetSnapshot snapshot) {
        lastSnapshot = Optional.of(snapshot);
    }

    /** Silences and maintenance of any time, newest first. */
    List<Window> windows() {
        return windows;
    }

    void keep(List<Window> agreed) {
        windows = List.copyOf(agreed);
    }
}
