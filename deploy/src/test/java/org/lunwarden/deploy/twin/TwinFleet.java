package org.lunwarden.deploy.twin;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.lunwarden.cli.config.DaemonSettings;
import org.lunwarden.cli.config.DaemonSettings.Listen;
import org.lunwarden.deploy.daemon.Daemon;
import org.lunwarden.fleet.FleetRole;
import org.lunwarden.fleet.FleetSettings;
import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.FleetView;
import org.lunwarden.fleet.MemberAddress;
import org.lunwarden.fleet.audit.AuditSettings;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.simulated.SimulatedIo;
import org.lunwarden.io.simulated.SimulatedSan;
import org.lunwarden.kit.FreePorts;
import org.lunwarden.node.site.Site;
import org.lunwarden.node.site.SiteReader;

/** One view and all hosts of a simulated SAN, each a whole daemon, with the settings of the fleet on real kernels. */
final class TwinFleet implements AutoCloseable {

    private static final Site SITE = Site.parse("""
            defaults {
            	find_multipaths on
            	polling_interval 1
            	max_polling_interval 1
            	checker_timeout 5
            }
            overrides {
            	path_checker tur
            	prio alua
            	path_grouping_policy group_by_prio
            	path_selector "service-time 0"
            	failback manual
            	no_path_retry queue
            	skip_kpartx yes
            }
            """);

    private final SimulatedSan san;
    private final Daemon view;
    private final List<Daemon> hosts = new ArrayList<>();
    private final List<SimulatedIo> io = new ArrayList<>();

    private TwinFleet(SimulatedSan san, Daemon view) {
        this.san = san;
        this.view = view;
    }

    static TwinFleet start(SimulatedSan san) throws IOException {
        return start(san, member -> member);
    }

    /** @param told what the view is told otherwise */
    static TwinFleet start(SimulatedSan san, UnaryOperator<FleetSettings> told) throws IOException {
        var ports = FreePorts.of(san.hosts().size() + 1);
        var seed = new MemberAddress("127.0.0.1", ports.getFirst());
        var fleet = new TwinFleet(
                san, Daemon.ofView(settings(told.apply(member("view", FleetRole.VIEW, seed, seed))), Optional.empty()));
        var names = san.hosts();
        for (var i = 0; i < names.size(); i++) {
            var address = new MemberAddress("127.0.0.1", ports.get(i + 1));
            var member = member(names.get(i), FleetRole.HOST, address, seed);
            fleet.hosts.add(Daemon.ofHost(san.host(names.get(i)), settings(member)));
        }
        return fleet;
    }

    static FleetSettings member(String name, FleetRole role, MemberAddress address, MemberAddress seed) {
        return FleetSettings.onLoopback(name, Set.of(role), address.port(), List.of(seed));
    }

    static DaemonSettings settings(FleetSettings member) {
        return new DaemonSettings(
                member.host(),
                SITE,
                SiteReader.of(SITE),
                List.of(),
                Duration.ofMinutes(5),
                Duration.ofDays(1),
                false,
                false,
                Optional.of(member),
                Optional.empty(),
                new Listen("127.0.0.1", 0),
                Optional.of(new Listen("127.0.0.1", 0)),
                AuditSettings.DEFAULT);
    }

    /** Where the view answers. */
    int httpPort() {
        return view.http().orElseThrow().port();
    }

    /** Where the daemons of the hosts tell their metrics. */
    List<Integer> metricsPorts() {
        return hosts.stream().map(host -> host.metrics().orElseThrow().port()).toList();
    }

    FleetView view() {
        return view.fleet().flatMap(member -> member.view()).orElseThrow();
    }

    FleetSnapshot snapshot() {
        return view().snapshot().toCompletableFuture().join();
    }

    /** From now on every map of every host is read, all the time. */
    void startApplications(Duration interval) {
        for (var host : snapshot().hosts()) {
            for (var map : host.maps()) {
                switch (san.io(host.host().value(), map.name(), interval)) {
                    case IoResult.Ok<SimulatedIo>(var reading) -> io.add(reading);
                    case IoResult.Refused<SimulatedIo> refused -> throw new AssertionError(refused.toString());
                }
            }
        }
    }

    List<SimulatedIo> applications() {
        return List.copyOf(io);
    }

    @Override
    public void close() {
        io.forEach(SimulatedIo::close);
        hosts.parallelStream().forEach(Daemon::close);
        view.close();
    }
}
