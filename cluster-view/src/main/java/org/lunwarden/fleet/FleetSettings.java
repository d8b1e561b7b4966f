package org.lunwarden.fleet;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.lunwarden.fleet.history.HistorySettings;
import org.lunwarden.model.fleet.HostId;

/**
 * What one member of the fleet is told.
 *
 * @param host unique in the fleet; a view that is no host has one too
 * @param roles at least one
 * @param cluster equal on all members
 * @param address where the others reach this member; port 0 takes a free one, which only a lone member can use
 * @param seeds members to join by; empty: this member is the first of a fleet of its own
 * @param tls required unless {@code address} is a loopback address
 * @param names what people call components: id or beginning of an id (a fabric's world-wide name, for example) to name
 * @param history where a view keeps what it saw
 * @param alerting who is told of incidents; of a view only
 * @param failbacks how maps are moved back; of a view only
 */
public record FleetSettings(
        HostId host,
        Set<FleetRole> roles,
        String cluster,
        MemberAddress address,
        List<MemberAddress> seeds,
        Optional<TlsFiles> tls,
        FleetTimings timings,
        Map<String, String> names,
        Optional<HistorySettings> history,
        Alerting alerting,
        Failbacks failbacks) {

    /** Of a member that keeps no history, and of which nobody is told anything. */
    public FleetSettings(
            HostId host,
            Set<FleetRole> roles,
            String cluster,
            MemberAddress address,
            List<MemberAddress> seeds,
            Optional<TlsFiles> tls,
            FleetTimings timings,
            Map<String, String> names) {
        this(
                host,
                roles,
                cluster,
                address,
                seeds,
                tls,
                timings,
                names,
                Optional.empty(),
                Alerting.NONE,
                Failbacks.DEFAULT);
    }

    /** @throws IllegalArgumentException when there is no role, a bad cluster name, or no TLS beyond loopback */
    public FleetSettings {
        roles = Set.copyOf(roles);
        seeds = List.copyOf(seeds);
        names = Map.copyOf(names);
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("a member needs a role: host, view or both");
        }
        if (!cluster.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,62}")) {
            throw new IllegalArgumentException("not a cluster name: '" + cluster + "'");
        }
        if (tls.isEmpty() && !address.isLoopback()) {
            throw new IllegalArgumentException("TLS is required unless the address is a loopback one: " + address);
        }
    }

    /** A member without TLS on this machine only, for tests and demonstrations. */
    public static FleetSettings onLoopback(String host, Set<FleetRole> roles, int port, List<MemberAddress> seeds) {
        return new FleetSettings(
                new HostId(host),
                roles,
                "lunwarden",
                new MemberAddress("127.0.0.1", port),
                seeds,
                Optional.empty(),
                FleetTimings.DEFAULT,
                Map.of());
    }

    public boolean isView() {
        return roles.contains(FleetRole.VIEW);
    }

    public boolean isHost() {
        return roles.contains(FleetRole.HOST);
    }

    public FleetSettings with(TlsFiles files) {
        return new FleetSettings(
                host, roles, cluster, address, seeds, Optional.of(files), timings, names, history, alerting, failbacks);
    }

    public FleetSettings with(FleetTimings newTimings) {
        return new FleetSettings(
                host, roles, cluster, address, seeds, tls, newTimings, names, history, alerting, failbacks);
    }

    public FleetSettings withNames(Map<String, String> newNames) {
        return new FleetSettings(
                host, roles, cluster, address, seeds, tls, timings, newNames, history, alerting, failbacks);
    }

    public FleetSettings with(HistorySettings newHistory) {
        return new FleetSettings(
                host,
                roles,
                cluster,
                address,
                seeds,
                tls,
                timings,
                names,
                Optional.of(newHistory),
                alerting,
                failbacks);
    }

    public FleetSettings with(Failbacks newFailbacks) {
        return new FleetSettings(
                host, roles, cluster, address, seeds, tls, timings, names, history, alerting, newFailbacks);
    }

    public FleetSettings with(Alerting newAlerting) {
        return new FleetSettings(
                host, roles, cluster, address, seeds, tls, timings, names, history, newAlerting, failbacks);
    }
}
