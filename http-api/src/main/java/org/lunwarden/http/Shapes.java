package org.lunwarden.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

import org.lunwarden.fleet.Contact;
import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.FleetSnapshot.ComponentState;
import org.lunwarden.fleet.FleetSnapshot.FleetHost;
import org.lunwarden.fleet.FleetSnapshot.FleetNexus;
import org.lunwarden.fleet.failback.Dispute;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.model.Component;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusState;
import org.lunwarden.model.map.MapTopology;

/** The JSON shapes of the API, as openapi.json describes them, and how each is made of what the fleet knows. */
final class Shapes {

    private Shapes() {}

    /**
     * A list, and how many there are in all.
     *
     * @param at when the view knew it so
     * @param member whether the view was in the fleet then; if not, it may long be otherwise
     */
    record Page<T>(List<T> items, int total, int offset, Instant at, boolean member) {
        static <T> Page<T> of(FleetSnapshot fleet, List<T> all, Paging paging) {
            var from = Math.min(paging.offset(), all.size());
            return new Page<>(
                    all.subList(from, Math.min(all.size(), from + paging.limit())),
                    all.size(),
                    from,
                    fleet.at(),
                    fleet.member());
        }
    }

    /** The fleet in a few figures, how old they are, and what the view could not tell. */
    record FleetJson(
            String view,
            Instant at,
            double ageSeconds,
            boolean member,
            boolean majority,
            long revision,
            int hosts,
            int hostsReporting,
            int openIncidents,
            int unexplainedNexuses,
            List<String> notObservable,
            List<Dispute> disputes,
            List<String> warnings) {

        /** @param warnings of this view and the others, in words */
        static FleetJson of(FleetSnapshot fleet, List<String> warnings, Instant now) {
            return new FleetJson(
                    fleet.view().value(),
                    fleet.at(),
                    seconds(Duration.between(fleet.at(), now)),
                    fleet.member(),
                    fleet.majority(),
                    fleet.revision(),
                    fleet.hosts().size(),
                    (int) fleet.hosts().stream()
                            .filter(host -> host.contact() == Contact.REPORTING)
                            .count(),
                    (int) fleet.incidents().stream().filter(Incident::isOpen).count(),
                    fleet.unexplained().size(),
                    fleet.notObservable(),
                    fleet.disputes(),
                    warnings);
        }
    }

    record HostJson(
            String host,
            String contact,
            Instant lastSeen,
            double silentSeconds,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<String> bootId,
            long revision,
            String version,
            Map<String, Integer> nexuses,
            int maps,
            int mapsWithoutPath,
            int mapsOffBestGroup) {

        static HostJson of(FleetHost host, Instant now) {
            return new HostJson(
                    host.host().value(),
                    host.contact().name().toLowerCase(java.util.Locale.ROOT),
                    host.lastSeen(),
                    seconds(Duration.between(host.lastSeen(), now)),
                    host.run().map(run -> run.bootId()),
                    host.revision(),
                    host.version(),
                    counts(host.nexuses()),
                    host.maps().size(),
                    (int) host.maps().stream()
                            .filter(map -> map.usablePaths() == 0)
                            .count(),
                    (int) host.maps().stream()
                            .filter(MapSummary::isOffBestGroup)
                            .count());
        }
    }

    /** One host in full. */
    record HostDetailJson(
            HostJson summary, List<NexusJson> nexuses, List<HostMapJson> maps, Instant at, boolean member) {
        static HostDetailJson of(FleetHost host, FleetSnapshot fleet) {
            return new HostDetailJson(
                    HostJson.of(host, fleet.at()),
                    host.nexuses().stream()
                            .map(nexus -> NexusJson.of(host.host(), nexus))
                            .toList(),
                    host.maps().stream()
                            .map(map -> HostMapJson.of(host.host(), map))
                            .toList(),
                    fleet.at(),
                    fleet.member());
        }
    }

    record NexusJson(
            String host,
            String initiatorPort,
            String targetPort,
            String transport,
            NexusState state,
            int paths,
            int up,
            int failed,
            int marginal,
            int admin,
            int unknown,
            Instant changedAt,
            List<Component> components) {

        static NexusJson of(HostId host, FleetNexus nexus) {
            var row = nexus.row();
            var paths = row.paths();
            return new NexusJson(
                    host.value(),
                    row.nexus().initiatorPort(),
                    row.nexus().targetPort(),
                    row.transport().name().toLowerCase(java.util.Locale.ROOT),
                    nexus.state(),
                    paths.total(),
                    paths.up(),
                    paths.failed(),
                    paths.marginal(),
                    paths.admin(),
                    paths.unknown(),
                    nexus.changedAt(),
                    row.components());
        }
    }

    /** A map as one host has it. */
    record HostMapJson(
            String host,
            String wwid,
            String name,
            long sizeBytes,
            int paths,
            int usablePaths,
            int bestGroup,
            int currentGroup,
            boolean offBestGroup,
            boolean queueing) {

        static HostMapJson of(HostId host, MapSummary map) {
            return new HostMapJson(
                    host.value(),
                    map.wwid().value(),
                    map.name(),
                    map.sizeSectors() * 512,
                    map.paths(),
                    map.usablePaths(),
                    map.bestGroup(),
                    map.nextGroup(),
                    map.isOffBestGroup(),
                    map.queueing());
        }
    }

    /** A LUN over all hosts that have a map of it. */
    record LunJson(
            String wwid, long sizeBytes, int hosts, int leastUsablePaths, int hostsWithoutPath, int hostsOffBestGroup) {

        static List<LunJson> all(FleetSnapshot fleet) {
            var byWwid = new TreeMap<Wwid, List<MapSummary>>();
            for (var host : fleet.hosts()) {
                for (var map : host.maps()) {
                    byWwid.computeIfAbsent(map.wwid(), any -> new java.util.ArrayList<>())
                            .add(map);
                }
            }
            return byWwid.entrySet().stream()
                    .map(lun -> of(lun.getKey(), lun.getValue()))
                    .toList();
        }

        private static LunJson of(Wwid wwid, List<MapSummary> maps) {
            return new LunJson(
                    wwid.value(),
                    maps.stream().mapToLong(MapSummary::sizeSectors).max().orElse(0) * 512,
                    maps.size(),
                    maps.stream().mapToInt(MapSummary::usablePaths).min().orElse(0),
                    (int) maps.stream().filter(map -> map.usablePaths() == 0).count(),
                    (int) maps.stream().filter(MapSummary::isOffBestGroup).count());
        }
    }

    /** A LUN on each host: what the host reported, and its map in full where the host answered. */
    record LunDetailJson(String wwid, List<LunOnHostJson> hosts, Instant at, boolean member) {}

    /** @param refused why there is no topology; empty when there is one */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record LunOnHostJson(HostMapJson summary, Optional<MapTopology> topology, String refused) {}

    record ComponentJson(
            @JsonProperty("class") String kind, String id, String label, int hosts, Map<String, Integer> nexuses) {

        static ComponentJson of(ComponentState state, String label) {
            var counts = new TreeMap<String, Integer>();
            state.nexuses().forEach((nexusState, count) -> counts.put(nexusState.word(), count));
            return new ComponentJson(
                    state.component().kind().word(), state.component().id(), label, state.hosts(), counts);
        }
    }

    static Map<String, Integer> counts(List<FleetNexus> nexuses) {
        var counts = new TreeMap<String, Integer>();
        for (var state : NexusState.values()) {
            counts.put(state.word(), 0);
        }
        nexuses.forEach(nexus -> counts.merge(nexus.state().word(), 1, Integer::sum));
        return counts;
    }

    private static double seconds(Duration duration) {
        return Math.max(0, duration.toMillis()) / 1000.0;
    }
}
