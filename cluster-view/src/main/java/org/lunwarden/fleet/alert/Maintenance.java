package org.lunwarden.fleet.alert;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.lunwarden.fleet.diagnosis.Observation;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.fleet.NexusState;

/**
 * What is being worked on at a moment. Failures through it are explained, and are no evidence for anything; what is up
 * through it stays evidence, and what fails elsewhere needs another cause.
 */
public record Maintenance(Set<Component> components) {

    public static final Maintenance NONE = new Maintenance(Set.of());

    public Maintenance {
        components = Set.copyOf(components);
    }

    public static Maintenance of(Collection<Window> windows, Instant now) {
        var components = new HashSet<Component>();
        for (var window : windows) {
            if (window.kind() == Window.Kind.MAINTENANCE && window.isActive(now)) {
                components.addAll(window.components());
            }
        }
        return new Maintenance(components);
    }

    /** With failures that it explains as if an operator had taken the nexuses down. */
    public Collection<Observation> explain(Collection<Observation> rows) {
        return components.isEmpty() ? rows : rows.stream().map(this::explained).toList();
    }

    private Observation explained(Observation row) {
        var isFailed = row.state() == NexusState.DOWN || row.state() == NexusState.PARTIAL;
        return isFailed && isWorkedOn(row)
                ? new Observation(
                        row.host(),
                        row.nexus(),
                        row.components(),
                        NexusState.ADMIN,
                        row.paths(),
                        row.failed(),
                        row.changedAt(),
                        row.age())
                : row;
    }

    /** A host, an initiator port and a target port are understood where no component of their class is named. */
    private boolean isWorkedOn(Observation row) {
        return row.components().stream().anyMatch(components::contains)
                || List.of(
                                new Component(ComponentClass.HOST, row.host().value()),
                                new Component(
                                        ComponentClass.HBA_PORT, row.nexus().initiatorPort()),
                                new Component(
                                        ComponentClass.TARGET_PORT, row.nexus().targetPort()))
                        .stream()
                        .anyMatch(components::contains);
    }
}
