package org.lunwarden.deploy.twin;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.lunwarden.fleet.failback.HostState;
import org.lunwarden.fleet.failback.Situation;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.simulated.Part;
import org.lunwarden.io.simulated.SanBuilder.ArrayPort;
import org.lunwarden.io.simulated.SanBuilder.Plug;
import org.lunwarden.io.simulated.SimulatedIo;
import org.lunwarden.io.simulated.SimulatedSan;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.HostReport;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.settings.Ending;
import org.lunwarden.node.Node;
import org.lunwarden.node.NodeSettings;
import org.lunwarden.node.site.Site;

/**
 * Three hosts that share six LUNs through two fabrics, four paths each, with their map and path actors, and an application
 * that reads from each map and is told an error as soon as there is no path. A fleet half they have none.
 */
final class HostsOfFailback implements AutoCloseable {

    static final int PATHS = 4;
    static final int PATHS_OF_A_FABRIC = 2;
    static final List<String> FABRICS = List.of("A", "B");

    private static final int HOSTS = 3;
    private static final int MAPS = 6;

    private static final Site SITE = Site.parse("""
            defaults {
            	find_multipaths on
            	polling_interval 1
            	max_polling_interval 1
            	checker_timeout 30
            }
            overrides {
            	path_checker tur
            	prio alua
            	path_grouping_policy group_by_prio
            	failback manual
            	no_path_retry fail
            	skip_kpartx yes
            }
            """);

    private final SimulatedSan san;
    private final Map<HostId, Node> nodes = new LinkedHashMap<>();
    private final Map<HostId, Instant> booted = new LinkedHashMap<>();
    private final Map<HostId, HostReport> reports = new ConcurrentHashMap<>();
    private final List<SimulatedIo> reading = new ArrayList<>();

    HostsOfFailback() {
        var layout = SimulatedSan.builder().timeouts(Duration.ofMillis(300), Duration.ofMinutes(10));
        for (var fabric : FABRICS) {
            layout.fabric(fabric, 1, 2, 11).isl(fabric, 1, 11).isl(fabric, 2, 11);
        }
        layout.array("tiger", List.of(port(1, "A", 1), port(2, "A", 2), port(1, "B", 1), port(2, "B", 2)), 2, 2048);
        layout.array("lynx", List.of(port(1, "A", 1), port(1, "A", 2), port(2, "B", 1), port(2, "B", 2)), 4, 2048);
        for (var host = 1; host <= HOSTS; host++) {
            layout.host("h" + host, new Plug("A", 11), new Plug("B", 11));
        }
        san = layout.build();
        for (var name : san.hosts()) {
            var host = new HostId(name);
            var ports = san.host(name);
            booted.put(host, Instant.now().minus(ports.clock().uptime()));
            nodes.put(
                    host, Node.start(ports, NodeSettings.of(host, "0.1.0", SITE), report -> reports.put(host, report)));
        }
    }

    private static ArrayPort port(int controller, String fabric, int core) {
        return new ArrayPort(controller, new Plug(fabric, core));
    }

    /** From now on every map is read. */
    void read() {
        for (var host : List.copyOf(reports.values())) {
            for (var map : host.maps()) {
                switch (san.io(host.host().value(), map.name(), Duration.ofMillis(10))) {
                    case IoResult.Ok<SimulatedIo>(var io) -> reading.add(io);
                    case IoResult.Refused<SimulatedIo> refused -> throw new AssertionError(refused.toString());
                }
            }
        }
    }

    List<SimulatedIo> applications() {
        return List.copyOf(reading);
    }

    /** What carries paths through this fabric; the other one carries two paths of each map without it. */
    List<Part> partsOf(String fabric) {
        var first = fabric.equals("A");
        return san.parts().stream()
                .filter(part -> switch (part.kind()) {
                    case FABRIC, SWITCH, ISL -> part.label().endsWith("fabric " + fabric);
                    case HBA_PORT, TARGET_PORT -> isInFirst(part) == first;
                    case HOST, SUBNET, CONTROLLER, ARRAY, LUN -> false;
                })
                .toList();
    }

    /** Ports are counted as they were laid out: those of an array by halves, those of a host one by one. */
    private boolean isInFirst(Part port) {
        var siblings = san.parts().stream()
                .filter(part -> part.kind() == port.kind() && owner(part).equals(owner(port)))
                .toList();
        return siblings.indexOf(port) * 2 < siblings.size();
    }

    private static String owner(Part port) {
        return port.label().replaceFirst("^port \\d+ ", "");
    }

    void fail(Part part) {
        san.fail(part);
    }

    void restore(Part part) {
        san.restore(part);
    }

    Part fabric(String name) {
        return partsOf(name).stream()
                .filter(part -> part.kind() == Part.Kind.FABRIC)
                .findFirst()
                .orElseThrow();
    }

    CompletionStage<HostAnswer> carryOut(HostId host, HostCommand command) {
        return Optional.ofNullable(nodes.get(host)).orElseThrow().commands().carryOut(command);
    }

    Stream<MapSummary> maps() {
        return reports.values().stream().flatMap(report -> report.maps().stream());
    }

    boolean allHave(int usablePaths) {
        return maps().count() == HOSTS * MAPS && maps().allMatch(map -> map.usablePaths() == usablePaths);
    }

    long offBest() {
        return maps().filter(MapSummary::isOffBestGroup).count();
    }

    Situation situation() {
        var states = reports.values().stream()
                .map(report -> new HostState(
                        report.host(),
                        Optional.of(report.run()),
                        true,
                        Optional.ofNullable(booted.get(report.host())).orElseThrow(),
                        report.nexuses(),
                        report.maps()))
                .toList();
        return new Situation(Instant.now(), states, List.of());
    }

    @Override
    public void close() {
        reading.forEach(SimulatedIo::close);
        nodes.values()
                .forEach(node -> node.stop(Ending.DAEMON).toCompletableFuture().join());
        san.close();
    }
}
