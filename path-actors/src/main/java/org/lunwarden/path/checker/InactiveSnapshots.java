package org.lunwarden.path.checker;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.lunwarden.model.Wwid;

/**
 * The units of a host that are inactive snapshots of a CLARiiON: they can be seen and not be read. Only a path on the
 * processor that owns the unit can tell, and tells it to all others of the unit here. Safe for use by several threads.
 */
public final class InactiveSnapshots {

    private final Set<Wwid> units = ConcurrentHashMap.newKeySet();

    boolean has(Wwid unit) {
        return units.contains(unit);
    }

    void add(Wwid unit) {
        units.add(unit);
    }

    void remove(Wwid unit) {
        units.remove(unit);
    }
}
