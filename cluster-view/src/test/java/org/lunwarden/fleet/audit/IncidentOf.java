package org.lunwarden.fleet.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.lunwarden.fleet.diagnosis.Finding;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.model.fleet.HostId;

/** An open incident that concerns one host. */
final class IncidentOf {

    private IncidentOf() {}

    static Incident host(HostId host, Instant at) {
        return new Incident(
                "i1",
                List.of(),
                Incident.Phase.CONFIRMED,
                Finding.Kind.FAULT,
                List.of(),
                "",
                Optional.empty(),
                0,
                List.of(),
                List.of(host),
                0,
                at,
                at,
                at,
                Optional.of(at),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                "a port",
                "a port",
                List.of());
    }
}
