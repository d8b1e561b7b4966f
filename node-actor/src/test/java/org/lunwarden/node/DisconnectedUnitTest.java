package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.PathProbe;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.model.settings.Precautions;

/** Disks of which the array says that it maps no such unit any more, with purge_disconnected. */
class DisconnectedUnitTest extends OneHost {

    private static final Duration POLLING = Duration.ofMillis(100);

    /** Descriptor format: logical unit not supported. */
    private static final List<Byte> NOT_SUPPORTED = List.of((byte) 0x72, (byte) 0x05, (byte) 0x25, (byte) 0x00);

    private final Set<DeviceName> disconnected = ConcurrentHashMap.newKeySet();
    private final Map<DeviceName, AtomicInteger> checks = new ConcurrentHashMap<>();

    @Test
    void oneThatItsMapCanSpareIsShownFirstAndRemovedThen() {
        var node = begin();
        var map = maps(node).getFirst();
        var disk = map.groups().getFirst().paths().getFirst().name();

        try (var audit = new RecordedAudit()) {
            disconnected.add(disk);
            await(() -> status(node).paths() == PATHS - 1);

            var told = audit.lines().stream()
                    .filter(line -> line.contains(disk.value()))
                    .toList();
            assertThat(told).anyMatch(line -> line.contains("quarantined"));
        }
        await(() -> maps(node).stream()
                .filter(other -> other.wwid().equals(map.wwid()))
                .allMatch(other -> other.usablePaths() == 7));
    }

    @Test
    void thoseOfAMapThatHasNoOtherStayForAsLongAsThatHolds() {
        var node = begin();
        var all = disks(maps(node).getFirst());
        checks.clear();

        disconnected.addAll(all);
        await(() -> all.stream().allMatch(disk -> checks(disk) >= 12));

        assertThat(status(node).paths()).isEqualTo(PATHS);
        assertThat(status(node).keptOut())
                .containsOnlyKeys(all)
                .allSatisfy((disk, word) -> assertThat(word).contains("quarantined"));
        disconnected.clear();
        awaitAllUp();
    }

    private Node begin() {
        var node = Node.start(answering(), purging(), reports);
        running = Optional.of(node);
        awaitAllUp();
        return node;
    }

    private int checks(DeviceName disk) {
        return Optional.ofNullable(checks.get(disk)).map(AtomicInteger::get).orElse(0);
    }

    private static List<DeviceName> disks(MapTopology map) {
        return map.groups().stream()
                .flatMap(group -> group.paths().stream())
                .map(MapTopology.Path::name)
                .toList();
    }

    private HostPorts answering() {
        var host = ports();
        var probe = host.pathProbe();
        for (var disk : OldArrayTest.disks(host)) {
            probe = counting(probe, disk.name());
        }
        return new HostPorts(
                host.facts(),
                dm,
                host.blockDevices(),
                probe,
                host.uevents(),
                host.clock(),
                host.stateFiles(),
                host.diskControl(),
                host.fabricEvents());
    }

    private PathProbe counting(PathProbe probe, DeviceName disk) {
        return new AlteredProbe(probe, disk, cdb -> cdb[0] == 0 ? check(disk) : Optional.empty());
    }

    private Optional<CompletionStage<Answer<ScsiReply>>> check(DeviceName disk) {
        checks.computeIfAbsent(disk, first -> new AtomicInteger()).incrementAndGet();
        return disconnected.contains(disk)
                ? Optional.of(CompletableFuture.completedStage(
                        new Answer.Answered<>(new ScsiReply(2, 0, 8, NOT_SUPPORTED, List.of()))))
                : Optional.empty();
    }

    private static NodeSettings purging() {
        var plain = FixedSettings.DEFAULTS.path();
        var precautions = plain.precautions();
        return NodeSettings.of(
                new HostId(HOST),
                "0.1.0",
                new FixedSettings(
                        new PathSettings(
                                plain.checker(),
                                plain.detectChecker(),
                                plain.prio(),
                                plain.detectPrio(),
                                plain.prioArgs(),
                                POLLING,
                                POLLING,
                                plain.checkerTimeout(),
                                new Precautions(
                                        precautions.shaky(), false, precautions.transport(), true, false, false)),
                        FixedSettings.DEFAULTS.map()));
    }
}
