package org.lunwarden.fleet.impact;

import java.util.Collection;
import java.util.HashSet;

import org.lunwarden.fleet.Contact;
import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.model.Component;

/**
 * What goes through some components now.
 *
 * @param nexuses of hosts that report
 * @param upPaths LUN paths of these that are up
 */
public record Traffic(int nexuses, int upPaths) {

    public static Traffic of(FleetSnapshot fleet, Collection<Component> components) {
        var wanted = new HashSet<>(components);
        var nexuses = 0;
        var upPaths = 0;
        for (var host : fleet.hosts()) {
            if (host.contact() != Contact.REPORTING) {
                continue;
            }
            for (var nexus : host.nexuses()) {
                if (nexus.row().components().stream().anyMatch(wanted::contains)) {
                    nexuses++;
                    upPaths += nexus.row().paths().up();
                }
            }
        }
        return new Traffic(nexuses, upPaths);
    }

    boolean isLessThan(Traffic before) {
        return nexuses < before.nexuses || upPaths < before.upPaths;
    }
}
