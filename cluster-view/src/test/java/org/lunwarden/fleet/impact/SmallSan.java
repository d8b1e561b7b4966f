package org.lunwarden.fleet.impact;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.lunwarden.fleet.Contact;
import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.FleetSnapshot.FleetHost;
import org.lunwarden.fleet.FleetSnapshot.FleetNexus;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Transport;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusRow;
import org.lunwarden.model.fleet.NexusState;
import org.lunwarden.model.fleet.PathCounts;

/** A host with one map over two fabrics, an HBA port and two target ports in each; states can be set by component. */
final class SmallSan {

    static final Wwid LUN = new Wwid("3600a0980000000000000000000000001");
    static final HostId HOST = new HostId("h1");
    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    static final Component FABRIC_A = new Component(ComponentClass.FABRIC, "A");
    static final Component FABRIC_B = new Component(ComponentClass.FABRIC, "B");
    static final Component CORE_A = new Component(ComponentClass.SWITCH, "A/1");
    static final Component CORE_B = new Component(ComponentClass.SWITCH, "B/1");
    static final Component EDGE_A = new Component(ComponentClass.SWITCH, "A/12");
    static final Component HBA_A = new Component(ComponentClass.HBA_PORT, "h1A");
    static final Component PORT_1 = new Component(ComponentClass.TARGET_PORT, "A1");

    Contact contact = Contact.REPORTING;
    int usablePaths = -1;
    int pathsThroughEach = 1;
    Instant changedAt = NOW.minusSeconds(3600);
    private final Map<Component, NexusState> states = new HashMap<>();
    private final List<ComponentClass> blind = new ArrayList<>();
    private final List<HostId> others = new ArrayList<>();
    private final List<HostId> unheard = new ArrayList<>();
    private final Map<HostId, Component> more = new HashMap<>();

    void isNow(NexusState state, Component component) {
        states.put(component, state);
    }

    /** The host does not see components of that class; the others do. */
    void blindFor(ComponentClass kind) {
        blind.add(kind);
    }

    void add(String host) {
        others.add(new HostId(host));
    }

    /** A nexus of that host crosses one more component. */
    void alsoSeenBy(String host, Component component) {
        more.put(new HostId(host), component);
    }

    /** Nothing was heard of that host yet. */
    void unheard(String host) {
        unheard.add(new HostId(host));
    }

    FleetSnapshot fleet() {
        var hosts = new ArrayList<FleetHost>();
        hosts.add(host(HOST, contact, blind));
        others.forEach(other -> hosts.add(host(other, Contact.REPORTING, List.of())));
        return new FleetSnapshot(new HostId("view"), NOW, 1, hosts, List.of());
    }

    /** An outage that is there already is none that a step would cause. */
    static Outlook causedByTheStep(Outlook outlook) {
        return outlook == Outlook.OUT_ALREADY ? Outlook.FINE : outlook;
    }

    private FleetHost host(HostId host, Contact heard, List<ComponentClass> unseen) {
        if (unheard.contains(host)) {
            return new FleetHost(
                    host, Contact.EXPECTED, NOW, Optional.empty(), 0, Duration.ZERO, "", List.of(), List.of());
        }
        var nexuses = new ArrayList<FleetNexus>();
        for (var fabric : List.of("A", "B")) {
            for (var port = 1; port <= 2; port++) {
                nexuses.add(nexus(host, fabric, fabric + port, heard, unseen));
            }
        }
        var up = nexuses.stream()
                .filter(nexus -> nexus.row().state() == NexusState.UP)
                .count();
        var usable = usablePaths < 0 ? (int) up * pathsThroughEach : usablePaths;
        var through = nexuses.stream().map(nexus -> nexus.row().nexus()).toList();
        var map = new MapSummary(LUN, "data", 2048, 4 * pathsThroughEach, usable, 1, 1, true, through, through);
        return new FleetHost(
                host, heard, NOW, Optional.empty(), 1, Duration.ofHours(2), "0.1.0", nexuses, List.of(map));
    }

    private FleetNexus nexus(HostId host, String fabric, String target, Contact heard, List<ComponentClass> unseen) {
        var initiator = host.value() + fabric;
        var components = Stream.concat(
                        Stream.of(
                                new Component(ComponentClass.HOST, host.value()),
                                new Component(ComponentClass.HBA_PORT, initiator),
                                new Component(ComponentClass.SWITCH, fabric + "/12"),
                                new Component(ComponentClass.SWITCH, fabric + "/1"),
                                new Component(ComponentClass.TARGET_PORT, target),
                                new Component(ComponentClass.FABRIC, fabric)),
                        Optional.ofNullable(more.get(host)).filter(any -> fabric.equals("A")).stream())
                .sorted()
                .toList();
        var state = components.stream()
                .flatMap(component -> Optional.ofNullable(states.get(component)).stream())
                .max(Comparator.naturalOrder())
                .orElse(NexusState.UP);
        var seen = components.stream()
                .filter(component -> !unseen.contains(component.kind()))
                .toList();
        var row = new NexusRow(new Nexus(initiator, target), Transport.FC, seen, counts(state), Duration.ofMinutes(5));
        return new FleetNexus(row, heard == Contact.REPORTING ? row.state() : NexusState.UNKNOWN, changedAt);
    }

    private static PathCounts counts(NexusState state) {
        return switch (state) {
            case UP -> new PathCounts(8, 8, 0, 0, 0, 0);
            case DOWN -> new PathCounts(8, 0, 8, 0, 0, 0);
            case PARTIAL -> new PathCounts(8, 4, 4, 0, 0, 0);
            case ADMIN -> new PathCounts(8, 0, 0, 0, 8, 0);
            case UNKNOWN -> new PathCounts(8, 0, 0, 0, 0, 8);
        };
    }
}
