package org.lunwarden.fleet.history;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.diagnosis.Member;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.fleet.HostId;

/**
 * What belongs to an incident: its hosts, what is suspected, what its nexuses go through, and the incident itself; and so
 * which of all that happened stands beside it. Everything goes by one name: of a component {@code class id}, of an incident
 * {@code incident id}.
 */
public record Touched(Set<String> hosts, Set<String> names) {

    public static String name(Component component) {
        return component.toString();
    }

    public static String name(HostId host) {
        return name(new Component(ComponentClass.HOST, host.value()));
    }

    public static String ofIncident(String id) {
        return "incident " + id;
    }

    /** @param fleet of its nexuses that are no longer there it is not known what they went through */
    public static Touched by(Incident incident, FleetSnapshot fleet) {
        var hosts = new HashSet<String>();
        var names = new HashSet<String>();
        for (var host : incident.hosts()) {
            hosts.add(host.value());
            names.add(name(host));
        }
        names.add(ofIncident(incident.id()));
        incident.formerIds().forEach(id -> names.add(ofIncident(id)));
        incident.suspects().forEach(suspect -> suspect.components().forEach(each -> names.add(name(each))));
        var members = Set.copyOf(incident.members());
        for (var host : fleet.hosts()) {
            for (var nexus : host.nexuses()) {
                var row = nexus.row();
                if (members.contains(new Member(host.host(), row.nexus()))) {
                    names.addAll(named(row.components()));
                    names.add(name(
                            new Component(ComponentClass.HBA_PORT, row.nexus().initiatorPort())));
                    names.add(name(new Component(
                            ComponentClass.TARGET_PORT, row.nexus().targetPort())));
                }
            }
        }
        return new Touched(hosts, names);
    }

    /** Other than what the incidents themselves did. */
    public boolean holds(Happening happening) {
        return happening.incident().isEmpty()
                && happening.host().map(hosts::contains).orElse(true)
                && (happening.about().isEmpty() || happening.about().stream().anyMatch(names::contains));
    }

    static List<String> named(Collection<Component> components) {
        return components.stream().map(Touched::name).toList();
    }
}
