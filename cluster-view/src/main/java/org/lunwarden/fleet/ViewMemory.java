package org.lunwarden.fleet;

import java.util.Optional;

import org.lunwarden.fleet.incident.Incidents;

/** What a view keeps while its fleet system is downed and started anew. Written by its one view actor. */
final class ViewMemory {

    private static final int EVENTS = 4096;

    final EventRing events;
    private volatile Incidents incidents = Incidents.NONE;
    private volatile Optional<FleetSnapshot> lastSnapshot = Optional.empty();

    ViewMemory(String view, String run) {
        this.events = new EventRing(view, run, EVENTS);
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
}
