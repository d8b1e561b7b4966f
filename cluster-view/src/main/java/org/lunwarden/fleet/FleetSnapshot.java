package org.lunwarden.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.lunwarden.fleet.diagnosis.Member;
import org.lunwarden.fleet.failback.Dispute;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.model.Component;
import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusRow;
import org.lunwarden.model.fleet.NexusState;

/**
 * The fleet as one view knows it at one moment.
 *
 * @param view the member that says so
 * @param revision counts up with every change of what this view knows
 * @param hosts sorted by id
 * @param at when it was taken; long ago when the view's fleet system has ended and is not back yet
 * @param incidents newest first; resolved ones are kept for a while
 * @param unexplained failed nexuses that no incident explains, sorted
 * @param notObservable what could not be told, and why, in words
 * @param member whether the view is a member of the fleet; if not, hosts may long be otherwise
 * @param majority whether it reaches more than half of the fleet's views, itself included; if not, the others may know more
 * @param disputes LUNs that hosts take from each other, sorted
 * @param unheard addresses of members that are hosts of which the view has heard nothing yet, sorted
 */
public record FleetSnapshot(
        HostId view,
        Instant at,
        long revision,
        List<FleetHost> hosts,
        List<Incident> incidents,
        List<Member> unexplained,
        List<String> notObservable,
        boolean member,
        boolean majority,
        List<Dispute> disputes,
        List<String> unheard) {

    public FleetSnapshot {
        unheard = List.copyOf(unheard);
        disputes = List.copyOf(disputes);
        hosts = List.copyOf(hosts);
        incidents = List.copyOf(incidents);
        unexplained = List.copyOf(unexplained);
        notObservable = List.copyOf(notObservable);
    }

    /** With nothing disputed. */
    public FleetSnapshot(
            HostId view,
            Instant at,
            long revision,
            List<FleetHost> hosts,
            List<Incident> incidents,
            List<Member> unexplained,
            List<String> notObservable,
            boolean member,
            boolean majority) {
        this(view, at, revision, hosts, incidents, unexplained, notObservable, member, majority, List.of(), List.of());
    }

    /** Of a member among a majority, with nothing left unexplained. */
    public FleetSnapshot(HostId view, Instant at, long revision, List<FleetHost> hosts, List<Incident> incidents) {
        this(view, at, revision, hosts, incidents, List.of(), List.of(), true, true);
    }

    /** The same, from a view that is no member now. */
    FleetSnapshot old() {
        return new FleetSnapshot(
                view, at, revision, hosts, incidents, unexplained, notObservable, false, false, disputes, unheard);
    }

    /**
     * One host.
     *
     * @param lastSeen when it was last heard
     * @param run empty before its first report
     * @param revision of the report that is held; 0 before the first one
     * @param uptime of the host when it was last heard, by its own clock
     * @param maps as last reported, whether or not the host is still heard
     */
    public record FleetHost(
            HostId host,
            Contact contact,
            Instant lastSeen,
            Optional<DaemonRun> run,
            long revision,
            Duration uptime,
            String version,
            List<FleetNexus> nexuses,
            List<MapSummary> maps) {

        public FleetHost {
            nexuses = List.copyOf(nexuses);
            maps = List.copyOf(maps);
        }
    }

    /**
     * One nexus of one host.
     *
     * @param row as last reported
     * @param state {@link NexusState#UNKNOWN} unless the host is reporting
     * @param changedAt when the reported state began, by this view's clock
     */
    public record FleetNexus(NexusRow row, NexusState state, Instant changedAt) {}

    /** How the nexuses through a component are. */
    public record ComponentState(Component component, int hosts, Map<NexusState, Integer> nexuses) {
        public ComponentState {
            nexuses = Map.copyOf(nexuses);
        }

        public int count(NexusState state) {
            return nexuses.getOrDefault(state, 0);
        }

        public int total() {
            return nexuses.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    public Optional<FleetHost> host(HostId id) {
        return hosts.stream().filter(host -> host.host().equals(id)).findFirst();
    }

    /** @param id also one that it had before the views agreed */
    public Optional<Incident> incident(String id) {
        return incidents.stream().filter(incident -> incident.isKnownAs(id)).findFirst();
    }

    /** Every component that a reported nexus crosses, sorted. Walks all rows: some milliseconds for a thousand hosts. */
    public List<ComponentState> components() {
        var tallies = new TreeMap<Component, Tally>();
        for (var host : hosts) {
            for (var nexus : host.nexuses()) {
                for (var component : nexus.row().components()) {
                    tallies.computeIfAbsent(component, any -> new Tally()).add(host.host(), nexus.state());
                }
            }
        }
        return tallies.entrySet().stream()
                .map(tally -> new ComponentState(
                        tally.getKey(), tally.getValue().hosts.size(), tally.getValue().nexuses))
                .toList();
    }

    private static final class Tally {
        final Set<HostId> hosts = new HashSet<>();
        final Map<NexusState, Integer> nexuses = new EnumMap<>(NexusState.class);

        void add(HostId host, NexusState state) {
            hosts.add(host);
            nexuses.merge(state, 1, Integer::sum);
        }
    }
}
