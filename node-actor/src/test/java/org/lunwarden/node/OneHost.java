package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

import org.lunwarden.io.HostPorts;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.simulated.CoreEdge;
import org.lunwarden.io.simulated.SimulatedIo;
import org.lunwarden.io.simulated.SimulatedSan;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.Epoch;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusRow;
import org.lunwarden.model.fleet.NexusState;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.model.settings.Ending;
import org.lunwarden.model.settings.MapSettings;
import org.lunwarden.model.settings.MapUpkeep;
import org.lunwarden.model.settings.NoPathRetry;
import org.lunwarden.model.settings.PathSettings;

/** A host of a simulated SAN, eight paths to each of two LUNs, on which a node is run. */
@Timeout(180)
abstract class OneHost {

    static final String HOST = "h001";
    static final int LUNS = 2;
    static final int PATHS = 8 * LUNS;
    static final Duration PATIENCE = Duration.ofSeconds(90);

    final SimulatedSan san = new CoreEdge(1, 1, 1, 1, LUNS, 2048)
            .layout()
            .timeouts(Duration.ofMillis(200), Duration.ofMinutes(10))
            .build();
    final RecordingReports reports = new RecordingReports();
    final CountingDeviceMapper dm = new CountingDeviceMapper(san.host(HOST).deviceMapper());
    Optional<Node> running = Optional.empty();

    @AfterEach
    void stop() {
        running.ifPresent(node -> node.stop(Ending.DAEMON).toCompletableFuture().join());
        san.close();
    }

    Node start(Duration polling) {
        var node = Node.start(ports(), settings(polling), reports);
        running = Optional.of(node);
        return node;
    }

    void stopNode() {
        running.orElseThrow().stop(Ending.DAEMON).toCompletableFuture().join();
        running = Optional.empty();
        reports.forget();
    }

    HostPorts ports() {
        var host = san.host(HOST);
        return new HostPorts(
                host.facts(),
                dm,
                host.blockDevices(),
                host.pathProbe(),
                host.uevents(),
                host.clock(),
                host.stateFiles(),
                host.diskControl(),
                host.fabricEvents());
    }

    NodeSettings settings(Duration polling) {
        var path = FixedSettings.DEFAULTS.path();
        return NodeSettings.of(
                new HostId(HOST),
                "0.1.0",
                new FixedSettings(
                        new PathSettings(
                                path.checker(),
                                path.detectChecker(),
                                path.prio(),
                                path.detectPrio(),
                                path.prioArgs(),
                                polling,
                                polling,
                                path.checkerTimeout(),
                                path.precautions()),
                        FixedSettings.DEFAULTS.map()));
    }

    /**
     * With no_path_retry 1.
     *
     * @param interval length of one poll of it
     */
    NodeSettings settingsRetrying(Duration polling, Duration interval) {
        return settingsRetrying(polling, interval, MapUpkeep.BUILT_IN);
    }

    NodeSettings settingsRetrying(Duration polling, Duration interval, MapUpkeep upkeep) {
        var settings = settings(polling);
        var map = FixedSettings.DEFAULTS.map();
        return NodeSettings.of(
                settings.host(),
                settings.version(),
                ((FixedSettings) settings.site())
                        .with(new MapSettings(
                                map.grouping(),
                                map.detectedGrouping(),
                                map.selector(),
                                map.failback(),
                                new NoPathRetry.Retry(1),
                                map.features(),
                                map.hardwareHandler(),
                                interval,
                                map.skipKpartx(),
                                upkeep)));
    }

    SimulatedIo io(MapTopology map) {
        return switch (san.io(HOST, map.name(), Duration.ofMillis(20))) {
            case IoResult.Ok<SimulatedIo>(var io) -> io;
            case IoResult.Refused<SimulatedIo> refused -> throw new AssertionError(refused.toString());
        };
    }

    List<MapTopology> surveyed() {
        return surveyed(ports());
    }

    List<MapTopology> surveyed(HostPorts ports) {
        var seen = survey(ports);
        assertThat(seen.unread()).isEmpty();
        return seen.maps();
    }

    HostSurvey.Surveyed survey() {
        return survey(ports());
    }

    private HostSurvey.Surveyed survey(HostPorts ports) {
        return switch (HostSurvey.survey(ports, settings(Duration.ofSeconds(5)))) {
            case IoResult.Ok<HostSurvey.Surveyed>(var seen) -> seen;
            case IoResult.Refused<HostSurvey.Surveyed> refused -> throw new AssertionError(refused.toString());
        };
    }

    Optional<NexusRow> row(Nexus nexus) {
        return reports.last().nexuses().stream()
                .filter(row -> row.nexus().equals(nexus))
                .findFirst();
    }

    MapSummary summary(Wwid wwid) {
        return reports.last().maps().stream()
                .filter(map -> map.wwid().equals(wwid))
                .findFirst()
                .orElseThrow();
    }

    void awaitAllUp() {
        await(() -> !reports.isEmpty()
                && reports.last().maps().size() == LUNS
                && reports.last().maps().stream().allMatch(map -> map.usablePaths() == 8)
                && reports.last().nexuses().stream().allMatch(row -> row.state() == NexusState.UP));
    }

    static int members(MapTopology map) {
        return map.groups().stream().mapToInt(group -> group.paths().size()).sum();
    }

    static List<MapTopology> maps(Node node) {
        return answer(node, new HostCommand.DescribeMaps(Optional.empty())) instanceof HostAnswer.Maps(var maps)
                ? maps
                : List.of();
    }

    static HostAnswer answer(Node node, HostCommand command) {
        return node.commands().carryOut(command).toCompletableFuture().join();
    }

    /** A step as a coordinator makes it of the newest report. */
    HostCommand.FailBack step(String plan, long term, List<Wwid> maps) {
        return new HostCommand.FailBack(
                plan,
                new Epoch(term, ""),
                reports.last().run(),
                maps.stream().map(this::way).toList(),
                san.host(HOST).clock().uptime().plus(PATIENCE),
                PATIENCE);
    }

    private HostCommand.Way way(Wwid wwid) {
        var preferred = reports.last().maps().stream()
                .filter(map -> map.wwid().equals(wwid))
                .flatMap(map -> map.preferred().stream())
                .map(Nexus::targetPort)
                .distinct()
                .toList();
        return new HostCommand.Way(wwid, preferred);
    }

    static NodeStatus status(Node node) {
        return node.status().toCompletableFuture().join();
    }

    static void await(BooleanSupplier condition) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still waiting").isLessThan(deadline);
            LockSupport.parkNanos(5_000_000);
        }
    }
}
