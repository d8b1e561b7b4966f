package org.lunwarden.fleet.impact;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Transport;
import org.lunwarden.model.fleet.NexusRow;

/**
 * Whether nexuses cross any of some components.
 *
 * @param transports by component, those of the nexuses that are known to cross it
 */
record Crossings(List<Component> down, Map<Component, Set<Transport>> transports) {

    /** A nexus without one of these may well have none: both its ends may be on one switch. */
    private static final Set<ComponentClass> NOT_OF_ALL = EnumSet.of(ComponentClass.ISL, ComponentClass.EXPANDER);

    enum Crosses {
        YES,
        NO,
        /** The host does not see what of that class the nexus crosses. */
        NOT_KNOWN
    }

    static Crossings of(FleetSnapshot fleet, List<Component> down) {
        var wanted = new HashSet<>(down);
        var transports = new HashMap<Component, Set<Transport>>();
        for (var host : fleet.hosts()) {
            for (var nexus : host.nexuses()) {
                for (var component : nexus.row().components()) {
                    if (wanted.contains(component)) {
                        transports
                                .computeIfAbsent(component, any -> EnumSet.noneOf(Transport.class))
                                .add(nexus.row().transport());
                    }
                }
            }
        }
        return new Crossings(down, transports);
    }

    List<Component> unseen() {
        return down.stream()
                .filter(component -> !transports.containsKey(component))
                .toList();
    }

    Crosses by(NexusRow row) {
        var answer = Crosses.NO;
        for (var component : down) {
            if (row.components().contains(component)) {
                return Crosses.YES;
            }
            if (mayCross(row, component)) {
                answer = Crosses.NOT_KNOWN;
            }
        }
        return answer;
    }

    private boolean mayCross(NexusRow row, Component component) {
        return !NOT_OF_ALL.contains(component.kind())
                && transports.getOrDefault(component, Set.of()).contains(row.transport())
                && row.components().stream().noneMatch(crossed -> crossed.kind() == component.kind());
    }
}
