package org.lunwarden.node;

import java.util.Optional;

import org.lunwarden.io.PortFacts;
import org.lunwarden.model.fc.FabricEvent;

/** What an event of a fabric says of a path through the adapter that heard it. Pure. */
final class FabricWarnings {

    private FabricWarnings() {}

    /** Whether the path is marginal now; empty when the event does not concern it. */
    static Optional<Boolean> of(FabricEvent event, PortFacts ports) {
        if (!(ports instanceof PortFacts.Fc fc)) {
            return Optional.empty();
        }
        return switch (event) {
            case FabricEvent.LinkErrors(var host, var named) ->
                named.contains(fc.remotePortName()) || named.contains(fc.hostPortName())
                        ? Optional.of(true)
                        : Optional.empty();
            case FabricEvent.LinkUp up -> Optional.of(false);
            case FabricEvent.FabricChanged changed -> Optional.of(false);
        };
    }
}
