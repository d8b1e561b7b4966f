package org.lunwarden.fleet.alert;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.diagnosis.Finding;
import org.lunwarden.fleet.diagnosis.Member;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;

/** Which incidents are silenced at a moment. */
record Quiet(Set<String> incidents, Set<Component> components) {

    static Quiet of(Collection<Window> windows, Instant now) {
        var incidents = new HashSet<String>();
        var components = new HashSet<Component>();
        for (var window : windows) {
            if (window.kind() == Window.Kind.SILENCE && window.isActive(now)) {
                incidents.addAll(window.incidents());
                components.addAll(window.components());
            }
        }
        return new Quiet(incidents, components);
    }

    /** Whether it is silenced by its id, by its cause, or since all of it crosses what is silenced. */
    boolean covers(Incident incident, FleetSnapshot fleet) {
        return names(incident) || coversCause(incident, fleet);
    }

    /** Whoever silenced it by its id knew how bad it was then. */
    boolean names(Incident incident) {
        return incidents.stream().anyMatch(incident::isKnownAs);
    }

    /** What is said of hosts that are silent names one of them first, which is not its cause: all of them must be meant. */
    boolean coversCause(Incident incident, FleetSnapshot fleet) {
        if (components.isEmpty() || incident.members().isEmpty()) {
            return false;
        }
        if (incident.kind() == Finding.Kind.FAULT
                && incident.isNamed()
                && components.contains(incident.first().component())) {
            return true;
        }
        var crossed = crossed(fleet, Set.copyOf(incident.members()));
        return incident.members().stream()
                .allMatch(member -> components.contains(
                                new Component(ComponentClass.HOST, member.host().value()))
                        || crossed.getOrDefault(member, List.of()).stream().anyMatch(components::contains));
    }

    private static Map<Member, List<Component>> crossed(FleetSnapshot fleet, Set<Member> members) {
        var crossed = new HashMap<Member, List<Component>>();
        for (var host : fleet.hosts()) {
            for (var nexus : host.nexuses()) {
                var member = new Member(host.host(), nexus.row().nexus());
                if (members.contains(member)) {
                    crossed.put(member, nexus.row().components());
                }
            }
        }
        return crossed;
    }
}
