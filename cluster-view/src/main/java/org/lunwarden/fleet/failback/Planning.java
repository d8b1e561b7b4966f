package org.lunwarden.fleet.failback;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.lunwarden.fleet.failback.FailbackPlan.LeftOut;
import org.lunwarden.fleet.failback.FailbackPlan.Step;
import org.lunwarden.fleet.failback.FailbackPlan.Wave;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.model.Component;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusRow;
import org.lunwarden.model.fleet.NexusState;

/** Works a plan out: LUN by LUN, with all hosts that have it. */
final class Planning {

    /** A host with its map of one LUN. */
    private record Holder(HostState host, MapSummary map) {}

    /** A LUN, and the hosts that have to move it, sorted. */
    private record Move(Wwid map, List<HostId> hosts) {}

    private final Optional<Component> component;
    private final Collection<Incident> incidents;
    private final FailbackSettings settings;
    private final SortedMap<Wwid, List<Holder>> holders = new TreeMap<>();
    private final Map<HostId, Map<Nexus, NexusRow>> rows = new HashMap<>();

    Planning(
            Optional<Component> component,
            Collection<HostState> hosts,
            Collection<Incident> incidents,
            FailbackSettings settings) {
        this.component = component;
        this.incidents = incidents.stream().filter(Planning::isActive).toList();
        this.settings = settings;
        for (var host :
                hosts.stream().sorted(Comparator.comparing(HostState::host)).toList()) {
            var ofHost = new HashMap<Nexus, NexusRow>();
            host.nexuses().forEach(row -> ofHost.put(row.nexus(), row));
            rows.put(host.host(), ofHost);
            host.maps()
                    .forEach(map -> holders.computeIfAbsent(map.wwid(), wwid -> new ArrayList<>())
                            .add(new Holder(host, map)));
        }
    }

    /** One whose members are back, and which only has to prove it, is no obstacle: the nexuses are looked at anyway. */
    private static boolean isActive(Incident incident) {
        return incident.isOpen() && incident.backSince().isEmpty();
    }

    FailbackPlan plan() {
        var moves = new ArrayList<Move>();
        var leftOut = new ArrayList<LeftOut>();
        holders.forEach((wwid, sharers) -> {
            var wanted = sharers.stream().filter(this::isToMove).toList();
            if (wanted.isEmpty()) {
                return;
            }
            var obstacle = sharers.stream()
                    .flatMap(holder -> obstacle(holder).stream())
                    .findFirst();
            if (obstacle.isPresent()) {
                wanted.forEach(holder -> leftOut.add(new LeftOut(holder.host().host(), wwid, obstacle.get())));
            } else {
                moves.add(new Move(
                        wwid,
                        wanted.stream().map(holder -> holder.host().host()).toList()));
            }
        });
        return new FailbackPlan(component, waves(moves), leftOut);
    }

    private boolean isToMove(Holder holder) {
        return holder.map().isOffBestGroup()
                && (component.isEmpty()
                        || holder.map().preferred().stream()
                                .flatMap(nexus -> row(holder, nexus).stream())
                                .anyMatch(row -> row.components().contains(component.get())));
    }

    private Optional<NexusRow> row(Holder holder, Nexus nexus) {
        return Optional.ofNullable(
                rows.getOrDefault(holder.host().host(), Map.of()).get(nexus));
    }

    /** Why no host may move a LUN that this one shares, in words. */
    private Optional<String> obstacle(Holder holder) {
        var host = holder.host().host();
        if (!holder.host().reporting()) {
            return Optional.of("host " + host + " is silent");
        }
        if (holder.map().bestGroup() == 0) {
            return Optional.of("host " + host + " has no usable group");
        }
        for (var nexus : holder.map().preferred()) {
            var row = row(holder, nexus);
            var state = row.map(NexusRow::state).orElse(NexusState.UNKNOWN);
            if (state != NexusState.UP) {
                return Optional.of("preferred nexus " + nexus + " of host " + host + " is " + state.word());
            }
            var incident = row.flatMap(this::incidentOn);
            if (incident.isPresent()) {
                return Optional.of("incident " + incident.get().id() + " is open: "
                        + incident.get().title());
            }
        }
        return Optional.empty();
    }

    private Optional<Incident> incidentOn(NexusRow row) {
        Set<Component> crossed = new HashSet<>(row.components());
        return incidents.stream()
                .filter(incident -> incident.suspects().stream()
                        .anyMatch(suspect -> suspect.components().stream().anyMatch(crossed::contains)))
                .findFirst();
    }

    /** The first wave is one LUN, the one that touches the fewest hosts. */
    private List<Wave> waves(List<Move> moves) {
        if (moves.isEmpty()) {
            return List.of();
        }
        var canary = moves.stream()
                .min(Comparator.comparingInt((Move move) -> move.hosts().size()).thenComparing(Move::map))
                .orElseThrow();
        var waves = new ArrayList<Wave>();
        waves.add(wave(List.of(canary)));
        var rest = moves.stream().filter(move -> !move.equals(canary)).toList();
        var size = Math.max(1, (int) Math.ceil(settings.waveShare() * moves.size()));
        for (var from = 0; from < rest.size(); from += size) {
            waves.add(wave(rest.subList(from, Math.min(rest.size(), from + size))));
        }
        return waves;
    }

    private static Wave wave(List<Move> moves) {
        var byHost = new TreeMap<HostId, List<Wwid>>();
        for (var move : moves) {
            for (var host : move.hosts()) {
                byHost.computeIfAbsent(host, one -> new ArrayList<>()).add(move.map());
            }
        }
        return new Wave(byHost.entrySet().stream()
                .map(entry -> new Step(entry.getKey(), entry.getValue()))
                .toList());
    }
}
