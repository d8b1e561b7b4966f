package org.lunwarden.fleet.failback;

import java.time.Instant;
import java.util.Set;

import org.lunwarden.model.Component;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;

/**
 * A host used other target ports for a map, or those of another controller, though nothing had failed of what it prefers.
 *
 * @param preferred controllers that the host would rather use
 */
public record GroupSwitch(Instant at, HostId host, Wwid map, Set<Component> preferred) {
    public GroupSwitch {
        preferred = Set.copyOf(preferred);
    }
}
