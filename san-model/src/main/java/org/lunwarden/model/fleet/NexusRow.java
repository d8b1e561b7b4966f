package org.lunwarden.model.fleet;

import java.time.Duration;
import java.util.List;

import org.lunwarden.model.Component;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Transport;

/**
 * One nexus of one host, all its LUN paths taken together.
 *
 * @param components what the nexus crosses, sorted; remembered from when it was up, since sysfs forgets it when it is
 *     down
 * @param uptimeOfChange when {@link PathCounts#state()} last changed, as the host's uptime: comparable within one boot,
 *     free of wall clocks
 */
public record NexusRow(
        Nexus nexus, Transport transport, List<Component> components, PathCounts paths, Duration uptimeOfChange) {

    public NexusRow {
        components = List.copyOf(components);
    }

    public NexusState state() {
        return paths.state();
    }
}
