package org.lunwarden.node;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.lunwarden.model.Nexus;

/**
 * Paces the calls to check a nexus: the first call is for now, those that follow within {@link #QUIET} come to one at
 * its end. So a flapping port costs one round of checks in that time, however many paths fail.
 */
final class NexusAlarms {

    static final Duration QUIET = Duration.ofSeconds(1);

    private final Map<Nexus, Duration> rung = new HashMap<>();
    private final Set<Nexus> due = new HashSet<>();

    /** How long to wait with the check that a failure calls for; empty when one is to come already. */
    Optional<Duration> raise(Nexus nexus, Duration now) {
        var last = rung.get(nexus);
        if (last == null || now.minus(last).compareTo(QUIET) >= 0) {
            rung.put(nexus, now);
            return Optional.of(Duration.ZERO);
        }
        return due.add(nexus) ? Optional.of(QUIET.minus(now.minus(last))) : Optional.empty();
    }

    /** The time of a delayed call has come. */
    void ring(Nexus nexus, Duration now) {
        due.remove(nexus);
        rung.put(nexus, now);
    }
}
