package org.lunwarden.fleet.impact;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

import org.lunwarden.fleet.Contact;
import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.FleetSnapshot.FleetNexus;
import org.lunwarden.model.Component;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.NexusState;

/**
 * Whether all that was up before a step is up again: the word to go on. What was not up a minute before {@code since} does
 * not count; what has changed since then and is not up does, also what an operator took down, and so does what a silent
 * host has. With what went through before the step, less than that keeps it shut, too: a port that never came back leaves
 * no nexus behind on a host that was booted meanwhile.
 *
 * @param through now
 * @param before the step; empty when it was not said
 * @param notBack nexuses that keep the gate shut, sorted
 * @param changed nexuses that have changed since the step began
 * @param isEarly whether it began so lately that not every path was checked since
 */
public record Gate(
        Instant since, Traffic through, Optional<Traffic> before, List<NotBack> notBack, int changed, boolean isEarly) {

    /** Clocks of an operator and of a view differ, and each path has its turn to be checked. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    public Gate {
        notBack = List.copyOf(notBack);
    }

    /** @param state as it counts now */
    public record NotBack(HostId host, Nexus nexus, NexusState state, Instant changedAt) {}

    /** @param since not after the time of the snapshot */
    public static Gate of(
            FleetSnapshot fleet, Collection<Component> components, Instant since, Optional<Traffic> before) {
        var wanted = new HashSet<>(components);
        var from = since.minus(MARGIN);
        var notBack = new ArrayList<NotBack>();
        var changed = 0;
        for (var host : fleet.hosts()) {
            var heard = host.contact() == Contact.REPORTING;
            for (var nexus : host.nexuses()) {
                if (nexus.row().components().stream().noneMatch(wanted::contains)) {
                    continue;
                }
                var changedSince = !nexus.changedAt().isBefore(from);
                changed += changedSince ? 1 : 0;
                if (nexus.state() != NexusState.UP && (changedSince || (!heard && wasUp(nexus)))) {
                    notBack.add(new NotBack(host.host(), nexus.row().nexus(), nexus.state(), nexus.changedAt()));
                }
            }
        }
        return new Gate(
                since,
                Traffic.of(fleet, wanted),
                before,
                notBack,
                changed,
                fleet.at().isBefore(since.plus(MARGIN)));
    }

    private static boolean wasUp(FleetNexus nexus) {
        return nexus.row().state() == NexusState.UP;
    }

    /** Whether less goes through than before the step. */
    public boolean isLess() {
        return before.filter(through::isLessThan).isPresent();
    }

    /** One that nothing goes through tells nothing: it stays shut. */
    public boolean isOpen() {
        return through.nexuses() > 0 && notBack.isEmpty() && !isLess() && !isEarly;
    }
}
