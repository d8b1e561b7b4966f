package org.lunwarden.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.lunwarden.fleet.HostEntry.Fact;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;

/**
 * Components that were changed lately, as reports of hosts show it: what changed is the likelier to be at fault. Firmware
 * that others ran already is not new, whoever gets it.
 */
final class RecentChanges {

    /** What goes wrong by a change mostly goes wrong within a day. */
    private static final Duration LATELY = Duration.ofDays(1);

    private final Map<Component, Instant> changed = new HashMap<>();

    void heard(Fact fact, Instant now) {
        if (fact instanceof Fact.FirmwareChanged(var host, var port, var before, var after, var isNewToFleet)
                && isNewToFleet) {
            changed.put(new Component(ComponentClass.HBA_FIRMWARE, after), now);
        }
    }

    Map<Component, Instant> lately(Instant now) {
        changed.values().removeIf(at -> at.plus(LATELY).isBefore(now));
        return Map.copyOf(changed);
    }
}
