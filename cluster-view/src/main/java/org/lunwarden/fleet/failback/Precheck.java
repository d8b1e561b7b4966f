package org.lunwarden.fleet.failback;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusRow;
import org.lunwarden.model.fleet.NexusState;

/** Says of each LUN why it must not be moved now, on whichever host. What is not known is a reason. */
final class Precheck {

    /** A host with its map of one LUN. */
    record Holder(HostState host, MapSummary map) {
        HostId id() {
            return host.host();
        }
    }

    private final Situation situation;
    private final FailbackSettings settings;
    private final SortedMap<Wwid, List<Holder>> holders = new TreeMap<>();
    private final Map<HostId, Map<Nexus, NexusRow>> rows = new HashMap<>();

    Precheck(Situation situation, FailbackSettings settings) {
        this.situation = situation;
        this.settings = settings;
        for (var host : situation.hosts().stream()
                .sorted(Comparator.comparing(HostState::host))
                .toList()) {
            var ofHost = new HashMap<Nexus, NexusRow>();
            host.nexuses().forEach(row -> ofHost.put(row.nexus(), row));
            rows.put(host.host(), ofHost);
            host.maps()
                    .forEach(map -> holders.computeIfAbsent(map.wwid(), wwid -> new ArrayList<>())
                            .add(new Holder(host, map)));
        }
    }

    /** All LUNs, each with all hosts that have it, sorted. */
    SortedMap<Wwid, List<Holder>> holders() {
        return holders;
    }

    List<Holder> holdersOf(Wwid map) {
        return holders.getOrDefault(map, List.of());
    }

    /** Nexuses that the host would rather use for the map, as far as it reports them. */
    List<NexusRow> preferred(Holder holder) {
        var ofHost = rows.getOrDefault(holder.id(), Map.of());
        return holder.map().preferred().stream()
                .flatMap(nexus -> Optional.ofNullable(ofHost.get(nexus)).stream())
                .toList();
    }

    /** Those that any host prefers for the LUN, sorted: through others none may use it. */
    List<String> targetPorts(Wwid map) {
        return holdersOf(map).stream()
                .flatMap(holder -> holder.map().preferred().stream())
                .map(Nexus::targetPort)
                .distinct()
                .sorted()
                .toList();
    }

    /** Controllers that a LUN is moved to. */
    Set<Component> controllers(Wwid map) {
        var all = new TreeSet<Component>();
        holdersOf(map).forEach(holder -> all.addAll(controllers(preferred(holder))));
        return all;
    }

    private List<NexusRow> all(Holder holder) {
        var ofHost = rows.getOrDefault(holder.id(), Map.of());
        return holder.map().nexuses().stream()
                .flatMap(nexus -> Optional.ofNullable(ofHost.get(nexus)).stream())
                .toList();
    }

    static Set<Component> controllers(List<NexusRow> rows) {
        var all = new TreeSet<Component>();
        rows.forEach(row -> row.components().stream()
                .filter(component -> component.kind() == ComponentClass.CONTROLLER)
                .forEach(all::add));
        return all;
    }

    /** Why no host may move this LUN, in words. */
    Optional<String> obstacle(Wwid map) {
        if (!situation.majority()) {
            return Optional.of("this view does not reach a majority of the views");
        }
        var disputed = situation.disputes().stream()
                .filter(dispute -> dispute.map().equals(map))
                .findFirst();
        if (disputed.isPresent()) {
            return disputed.map(Dispute::words);
        }
        var unheard = situation.hosts().stream()
                .filter(host -> host.run().isEmpty())
                .map(host -> host.host().value())
                .sorted()
                .findFirst()
                .or(() -> situation.unheard().stream().findFirst());
        if (unheard.isPresent()) {
            return Optional.of("host " + unheard.get() + " has not reported yet: it may have the LUN, too");
        }
        var sharers = holdersOf(map);
        return sharers.stream()
                .flatMap(holder -> obstacle(holder).stream())
                .findFirst()
                .or(() -> disagreement(sharers));
    }

    private Optional<String> obstacle(Holder holder) {
        var host = holder.id();
        if (!holder.host().reporting()) {
            return Optional.of("host " + host + " is silent");
        }
        if (holder.map().bestGroup() == 0) {
            return Optional.of("host " + host + " has no usable group");
        }
        if (holder.map().preferred().isEmpty()) {
            return Optional.of("host " + host + " does not tell which nexuses it prefers");
        }
        var ofHost = rows.getOrDefault(host, Map.of());
        for (var nexus : holder.map().preferred()) {
            var row = Optional.ofNullable(ofHost.get(nexus));
            var obstacle = row.isEmpty()
                    ? Optional.of("preferred nexus " + nexus + " of host " + host + " is unknown")
                    : obstacle(holder.host(), row.get());
            if (obstacle.isPresent()) {
                return obstacle;
            }
        }
        return all(holder).stream()
                .filter(row -> row.state() == NexusState.UNKNOWN)
                .findFirst()
                .map(row ->
                        "nexus " + row.nexus() + " of host " + host + " is unknown: the array may be in transition");
    }

    private Optional<String> obstacle(HostState host, NexusRow row) {
        var words = "preferred nexus " + row.nexus() + " of host " + host.host();
        if (row.state() != NexusState.UP) {
            return Optional.of(words + " is " + row.state().word());
        }
        var crossed = crossed(host, row);
        var incident = situation.incidents().stream()
                .filter(Incident::isOpen)
                .filter(open -> open.suspects().stream()
                        .anyMatch(suspect -> suspect.components().stream().anyMatch(crossed::contains)))
                .findFirst();
        if (incident.isPresent()) {
            return Optional.of("incident " + incident.get().id() + " is open: "
                    + incident.get().title());
        }
        var maintained = situation.maintained().stream()
                .filter(crossed::contains)
                .sorted()
                .findFirst();
        if (maintained.isPresent()) {
            return Optional.of(maintained.get() + " is in maintenance");
        }
        var well = Duration.between(host.since(row), situation.at());
        return well.compareTo(settings.hold()) < 0
                ? Optional.of(words + " is up for " + Math.max(0, well.toMillis()) + " ms only, "
                        + settings.hold().toMillis() + " ms are wanted")
                : Optional.empty();
    }

    /** A host, an initiator port and a target port are understood where no component of their class is named. */
    private static Set<Component> crossed(HostState host, NexusRow row) {
        var crossed = new HashSet<>(row.components());
        crossed.add(new Component(ComponentClass.HOST, host.host().value()));
        crossed.add(new Component(ComponentClass.HBA_PORT, row.nexus().initiatorPort()));
        crossed.add(new Component(ComponentClass.TARGET_PORT, row.nexus().targetPort()));
        return crossed;
    }

    /**
     * Where controllers own a LUN by turns, hosts that prefer different ones would take it from each other. Which controller a
     * target port belongs to is not known of every array; hosts that prefer a port in common prefer its controller, too.
     */
    private Optional<String> disagreement(List<Holder> sharers) {
        var preferences = new LinkedHashMap<Set<Component>, HostId>();
        sharers.forEach(holder -> preferences.putIfAbsent(controllers(preferred(holder)), holder.id()));
        var isKnown = !preferences.keySet().equals(Set.of(Set.<Component>of()));
        if (!isKnown) {
            preferences.clear();
            sharers.forEach(holder -> preferences.putIfAbsent(ports(holder), holder.id()));
        }
        for (var one : preferences.entrySet()) {
            for (var other : preferences.entrySet()) {
                if (!one.equals(other) && Collections.disjoint(one.getKey(), other.getKey())) {
                    return Optional.of("hosts " + one.getValue() + " and " + other.getValue() + " prefer "
                            + (isKnown ? "different controllers: " : "different ports of unknown controllers: ")
                            + named(one.getKey()) + ", " + named(other.getKey()));
                }
            }
        }
        return Optional.empty();
    }

    private Set<Component> ports(Holder holder) {
        var all = new TreeSet<Component>();
        holder.map()
                .preferred()
                .forEach(nexus -> all.add(new Component(ComponentClass.TARGET_PORT, nexus.targetPort())));
        return all;
    }

    private static String named(Set<Component> components) {
        return components.isEmpty() ? "unknown" : components.toString();
    }
}
