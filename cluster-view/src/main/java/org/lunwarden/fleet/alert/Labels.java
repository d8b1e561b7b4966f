package org.lunwarden.fleet.alert;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.diagnosis.Finding;
import org.lunwarden.fleet.diagnosis.Names;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;

/** What an incident's notifications are routed by. */
final class Labels {

    private static final Set<ComponentClass> SHARED = Set.of(
            ComponentClass.SITE,
            ComponentClass.FABRIC,
            ComponentClass.SUBNET,
            ComponentClass.ARRAY,
            ComponentClass.HOST);

    private final Names names;
    private final SortedMap<String, String> labels = new TreeMap<>();

    private Labels(Names names) {
        this.names = names;
    }

    /**
     * Always {@code alertname}, {@code incident}, {@code severity} and {@code kind}; {@code class} and {@code component} of
     * the cause where one is named; {@code site}, {@code fabric}, {@code subnet}, {@code array}, {@code switch}, {@code controller}, {@code
     * port} and {@code host} where the cause is one, is part of one, or all of the incident crosses the same one.
     */
    static Map<String, String> of(String id, Severity severity, Incident incident, FleetSnapshot fleet, Names names) {
        var labels = new Labels(names);
        labels.labels.put("alertname", "LunwardenIncident");
        labels.labels.put("incident", id);
        labels.labels.put("severity", severity.word());
        labels.labels.put("kind", incident.kind() == Finding.Kind.FAULT ? "fault" : "silence");
        labels.shared(incident, fleet);
        if (incident.isNamed() && incident.kind() == Finding.Kind.FAULT) {
            labels.cause(incident.first().component());
        }
        return labels.labels;
    }

    private void cause(Component cause) {
        labels.put("class", cause.kind().word());
        labels.put("component", cause.id());
        put(cause);
    }

    private void put(Component component) {
        var name = name(component.id());
        switch (component.kind()) {
            case HOST -> labels.put("host", name);
            case HBA_PORT, TARGET_PORT -> labels.put("port", name);
            case SWITCH -> {
                labels.put("switch", name);
                whole(component.id()).ifPresent(fabric -> labels.put("fabric", name(fabric)));
            }
            case ISL -> whole(component.id()).ifPresent(fabric -> labels.put("fabric", name(fabric)));
            case SUBNET -> labels.put("subnet", name);
            case CONTROLLER -> {
                labels.put("controller", name);
                whole(component.id()).ifPresent(array -> labels.put("array", name(array)));
            }
            case ARRAY -> labels.put("array", name);
            case FABRIC -> labels.put("fabric", name);
            case SITE -> labels.merge("site", name, (one, other) -> one + "," + other);
            case HBA_FIRMWARE, EXPANDER, SHARED_RISK, GROUP -> {}
        }
    }

    /** What every member crosses, of the classes that people route by. */
    private void shared(Incident incident, FleetSnapshot fleet) {
        var members = new HashSet<>(incident.members());
        Optional<Set<Component>> common = Optional.empty();
        for (var host : fleet.hosts()) {
            for (var nexus : host.nexuses()) {
                if (members.contains(new org.lunwarden.fleet.diagnosis.Member(
                        host.host(), nexus.row().nexus()))) {
                    var crossed = new HashSet<Component>();
                    nexus.row().components().stream()
                            .filter(component -> SHARED.contains(component.kind()))
                            .forEach(crossed::add);
                    crossed.add(new Component(ComponentClass.HOST, host.host().value()));
                    common.ifPresent(crossed::retainAll);
                    common = Optional.of(crossed);
                }
            }
        }
        common.ifPresent(all -> new TreeSet<>(all).forEach(this::put));
    }

    private static Optional<String> whole(String id) {
        var slash = id.lastIndexOf('/');
        return slash < 0 ? Optional.empty() : Optional.of(id.substring(0, slash));
    }

    /** As people call it, or the part before the slash as people call it. */
    private String name(String id) {
        var whole = names.called().get(id);
        if (whole != null) {
            return whole;
        }
        var slash = id.lastIndexOf('/');
        return slash < 0
                ? id
                : names.called().getOrDefault(id.substring(0, slash), id.substring(0, slash)) + id.substring(slash);
    }
}
