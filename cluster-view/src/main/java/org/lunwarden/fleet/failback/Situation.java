package org.lunwarden.fleet.failback;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.model.Component;

/**
 * The fleet at a moment, as far as a failback is concerned.
 *
 * @param majority whether who looks reaches more than half of the views; if not, others may know more
 * @param maintained what is being worked on
 * @param disputes LUNs that hosts take from each other
 * @param unheard hosts that are there and of which nothing was heard yet, in words: they may have any LUN
 */
public record Situation(
        Instant at,
        boolean majority,
        List<HostState> hosts,
        List<Incident> incidents,
        Set<Component> maintained,
        List<Dispute> disputes,
        List<String> unheard) {

    public Situation {
        hosts = List.copyOf(hosts);
        incidents = List.copyOf(incidents);
        maintained = Set.copyOf(maintained);
        disputes = List.copyOf(disputes);
        unheard = List.copyOf(unheard);
    }

    /** With all hosts heard. */
    public Situation(
            Instant at,
            boolean majority,
            List<HostState> hosts,
            List<Incident> incidents,
            Set<Component> maintained,
            List<Dispute> disputes) {
        this(at, majority, hosts, incidents, maintained, disputes, List.of());
    }

    /** Among a majority, with nothing worked on and nothing disputed. */
    public Situation(Instant at, List<HostState> hosts, List<Incident> incidents) {
        this(at, true, hosts, incidents, Set.of(), List.of());
    }
}
