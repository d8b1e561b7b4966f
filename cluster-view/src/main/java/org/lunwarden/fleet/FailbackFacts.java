package org.lunwarden.fleet;

import java.util.List;
import java.util.Optional;

import org.lunwarden.fleet.failback.FailbackPlan;
import org.lunwarden.fleet.failback.FailbackSettings;
import org.lunwarden.fleet.failback.HostState;
import org.lunwarden.model.Component;

/** What a failback rests on, taken from what a view knows. */
final class FailbackFacts {

    static final FailbackSettings SETTINGS = FailbackSettings.DEFAULTS;

    private FailbackFacts() {}

    static FailbackPlan plan(FleetSnapshot fleet, Optional<Component> component) {
        return FailbackPlan.of(component, hosts(fleet), fleet.incidents(), SETTINGS);
    }

    static List<HostState> hosts(FleetSnapshot fleet) {
        return fleet.hosts().stream()
                .map(host -> new HostState(
                        host.host(),
                        host.run(),
                        host.contact() == Contact.REPORTING,
                        host.nexuses().stream()
                                .map(FleetSnapshot.FleetNexus::row)
                                .toList(),
                        host.maps()))
                .toList();
    }
}
