package org.lunwarden.fleet.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.lunwarden.fleet.Contact;
import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.FleetSnapshot.FleetHost;
import org.lunwarden.fleet.FleetSnapshot.FleetNexus;
import org.lunwarden.fleet.diagnosis.Member;
import org.lunwarden.fleet.diagnosis.Observation;
import org.lunwarden.fleet.sitefile.SiteFile;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.NexusState;

/**
 * What is being worked on at a moment. Failures through it are explained, and are no evidence for anything; what is up
 * through it stays evidence, and what fails elsewhere needs another cause. A host that is worked on need not report.
 */
public record Maintenance(Set<Component> components) {

    public static final Maintenance NONE = new Maintenance(Set.of());

    public Maintenance {
        components = Set.copyOf(components);
    }

    public static Maintenance of(Collection<Window> windows, Instant now) {
        return of(windows, SiteFile.NONE, now);
    }

    /** @param site with a site or a group that is worked on, its hosts are */
    public static Maintenance of(Collection<Window> windows, SiteFile site, Instant now) {
        return of(windows, site, now, Duration.ZERO);
    }

    /** @param lately with what was worked on until so long ago */
    static Maintenance of(Collection<Window> windows, SiteFile site, Instant now, Duration lately) {
        var components = new HashSet<Component>();
        for (var window : windows) {
            if (window.kind() == Window.Kind.MAINTENANCE
                    && !now.isBefore(window.from())
                    && now.isBefore(window.until().plus(lately))) {
                components.addAll(window.components());
            }
        }
        for (var set : List.copyOf(components)) {
            site.sets().getOrDefault(set, List.of()).stream()
                    .filter(member -> member.kind() == ComponentClass.HOST)
                    .forEach(components::add);
        }
        return new Maintenance(components);
    }

    /** With failures that it explains as if an operator had taken the nexuses down. */
    public Collection<Observation> explain(Collection<Observation> rows) {
        return components.isEmpty() ? rows : rows.stream().map(this::explained).toList();
    }

    /** What is not known of a host that is worked on counts as young: it need not report. */
    private Observation explained(Observation row) {
        if (row.state() == NexusState.UNKNOWN && components.contains(host(row.host()))) {
            return new Observation(
                    row.host(),
                    row.nexus(),
                    row.components(),
                    row.state(),
                    row.paths(),
                    row.failed(),
                    row.changedAt(),
                    Duration.ZERO);
        }
        return isWorkedOn(row.host(), row.nexus(), row.components()) ? row.explained() : row;
    }

    private static boolean isFailed(NexusState state) {
        return state == NexusState.DOWN || state == NexusState.PARTIAL;
    }

    /** Whether an incident of these has ended only since what is still amiss with it is worked on. */
    boolean explains(Set<Member> members, FleetSnapshot fleet) {
        return !components.isEmpty()
                && fleet.hosts().stream()
                        .anyMatch(host -> host.nexuses().stream()
                                .anyMatch(nexus -> isAmiss(host, nexus)
                                        && members.contains(new Member(
                                                host.host(), nexus.row().nexus()))));
    }

    private boolean isAmiss(FleetHost host, FleetNexus nexus) {
        var row = nexus.row();
        return host.contact() == Contact.REPORTING
                ? isFailed(nexus.state()) && isWorkedOn(host.host(), row.nexus(), row.components())
                : components.contains(host(host.host()));
    }

    private static Component host(HostId host) {
        return new Component(ComponentClass.HOST, host.value());
    }

    /** A host, an initiator port and a target port are understood where no component of their class is named. */
    private boolean isWorkedOn(HostId host, Nexus nexus, List<Component> crossed) {
        return crossed.stream().anyMatch(components::contains)
                || components.contains(host(host))
                || components.contains(new Component(ComponentClass.HBA_PORT, nexus.initiatorPort()))
                || components.contains(new Component(ComponentClass.TARGET_PORT, nexus.targetPort()));
    }
}
