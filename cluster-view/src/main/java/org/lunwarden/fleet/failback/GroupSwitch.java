package org.lunwarden.fleet.failback;

import java.time.Instant;
import java.util.Set;

import org.lunwarden.model.Component;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;

/**
 * A host used another path group of a map, 1-based, though nothing had failed of what it prefers.
 *
 * @param preferred controllers that the host would rather use
 */
public record GroupSwitch(Instant at, HostId host, Wwid map, int from, int to, Set<Component> preferred) {
    public GroupSwitch {
        preferred = Set.copyOf(preferred);
    }
}
