package org.lunwarden.fleet;

import java.time.Instant;
import java.util.Collection;

import org.lunwarden.fleet.FleetSnapshot.FleetHost;
import org.lunwarden.fleet.alert.Maintenance;
import org.lunwarden.fleet.alert.Window;
import org.lunwarden.fleet.failback.HostState;
import org.lunwarden.fleet.failback.Situation;

/** What a failback rests on, taken from what a view knows. */
final class FailbackFacts {

    private FailbackFacts() {}

    static Situation situation(FleetSnapshot fleet, Collection<Window> windows, Instant now) {
        return new Situation(
                now,
                fleet.majority(),
                fleet.hosts().stream().map(FailbackFacts::state).toList(),
                fleet.incidents(),
                Maintenance.of(windows, now).components(),
                fleet.disputes(),
                fleet.unheard());
    }

    private static HostState state(FleetHost host) {
        return new HostState(
                host.host(),
                host.run().filter(known -> host.contact() != Contact.EXPECTED),
                host.contact() == Contact.REPORTING,
                bootedAt(host),
                host.nexuses().stream().map(FleetSnapshot.FleetNexus::row).toList(),
                host.maps());
    }

    /** By its newest message: over months two clocks drift apart by more than what a failback waits for. */
    private static Instant bootedAt(FleetHost host) {
        return host.lastSeen().minus(host.uptime());
    }
}
