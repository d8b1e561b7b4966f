package org.lunwarden.fleet.impact;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

import org.lunwarden.fleet.Contact;
import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.model.Component;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.NexusState;

/**
 * Whether all that was up before a step is up again: the word to go on. What was not up at {@code since} already does not
 * count; what has changed since then and is not up does, and so does what a silent host has.
 *
 * @param checked nexuses through the components
 * @param notBack those that keep the gate shut, sorted
 */
public record Gate(Instant since, int checked, List<NotBack> notBack) {

    public Gate {
        notBack = List.copyOf(notBack);
    }

    /** @param state as it counts now */
    public record NotBack(HostId host, Nexus nexus, NexusState state, Instant changedAt) {}

    public static Gate of(FleetSnapshot fleet, Collection<Component> components, Instant since) {
        var wanted = new HashSet<>(components);
        var notBack = new ArrayList<NotBack>();
        var checked = 0;
        for (var host : fleet.hosts()) {
            var heard = host.contact() == Contact.REPORTING;
            for (var nexus : host.nexuses()) {
                if (nexus.row().components().stream().noneMatch(wanted::contains)) {
                    continue;
                }
                checked++;
                var changedSince = !nexus.changedAt().isBefore(since);
                var wasUp = heard ? changedSince : changedSince || nexus.row().state() == NexusState.UP;
                if (nexus.state() != NexusState.UP && nexus.state() != NexusState.ADMIN && wasUp) {
                    notBack.add(new NotBack(host.host(), nexus.row().nexus(), nexus.state(), nexus.changedAt()));
                }
            }
        }
        return new Gate(since, checked, notBack);
    }

    /** One that nothing went through tells nothing: it stays shut. */
    public boolean isOpen() {
        return checked > 0 && notBack.isEmpty();
    }
}
