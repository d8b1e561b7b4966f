package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.io.HostClock;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.simulated.Part;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.fleet.HostReport;
import org.lunwarden.model.map.MapTopology;

/** What goes wrong around a node, and in it. */
class NodeFaultsTest extends OneHost {

    private static final Duration POLLING = Duration.ofSeconds(1);

    @Test
    void aMapWhosePathsWereGoneBeforeTheStartIsKeptAndItsIoFailsWhenItsTimeIsUp() {
        var node = startRetrying();
        awaitAllUp();
        var map = maps(node).getFirst();
        var other = maps(node).getLast();
        var io = io(map);
        stopNode();
        disks(map).forEach(disk -> san.remove(HOST, disk));

        var again = startRetrying();

        await(() -> dm.changes().contains("message " + map.name() + " fail_if_no_path"));
        await(() -> io.count().errors() > 0);
        assertThat(maps(again)).extracting(MapTopology::wwid).containsExactlyInAnyOrder(map.wwid(), other.wwid());
        await(() -> reports.last().maps().size() == LUNS);
        assertThat(summary(map.wwid()).usablePaths()).isZero();
        assertThat(dm.changes()).doesNotContain("remove " + map.name());

        san.rescan(HOST);
        await(() ->
                summary(map.wwid()).usablePaths() == 8 && summary(map.wwid()).queueing());
        io.close();
    }

    @Test
    void aDiskThatBecomesAnotherLunLeavesItsMapAndNothingGoesThroughIt() {
        var node = start(POLLING);
        awaitAllUp();
        var map = maps(node).getFirst();
        var other = maps(node).getLast();
        var disk = map.groups().getLast().paths().getLast();
        var lun = san.part(Part.Kind.LUN, other.wwid().value()).orElseThrow();

        san.replace(HOST, disk.name(), lun);
        await(() -> summary(map.wwid()).paths() == 7 && summary(other.wwid()).paths() == 9);
        disks(map).stream().filter(name -> !name.equals(disk.name())).forEach(name -> san.offline(HOST, name, true));
        await(() -> summary(map.wwid()).usablePaths() == 0);
        var io = io(map);
        await(() -> io.count().errors() > 0);

        assertThat(io.count().completed()).isZero();
        assertThat(summary(other.wwid()).usablePaths()).isEqualTo(9);
        io.close();
    }

    @Test
    void aPathThatWasRemovedWhileItWasFailedIsForgottenInTimeThoughNothingElseHappens() {
        var settings = settings(POLLING);
        var node = begin(
                ports(),
                new NodeSettings(
                        settings.host(),
                        settings.version(),
                        settings.site(),
                        settings.siteReader(),
                        settings.lookAgain(),
                        Duration.ofSeconds(2)));
        awaitAllUp();
        var path = maps(node).getFirst().groups().getFirst().paths().getFirst();

        san.offline(HOST, path.name(), true);
        await(() -> failed(reports.last()) == 1);
        san.remove(HOST, path.name());
        await(() -> status(node).paths() == PATHS - 1);

        assertThat(failed(reports.last())).as("removed is not repaired").isEqualTo(1);
        await(() -> failed(reports.last()) == 0);
    }

    @Test
    void aPathWhoseActorBreaksIsStartedAgainAndItsSiblingsNeverNotice() {
        var broken = new DeviceName("sdc");
        var breaks = new AtomicInteger(2);
        var host = ports();
        var node = begin(
                new HostPorts(
                        host.facts(),
                        dm,
                        host.blockDevices(),
                        new AlteredProbe(host.pathProbe(), broken, cdb -> breakOnce(breaks)),
                        host.uevents(),
                        host.clock(),
                        host.stateFiles(),
                        host.diskControl(),
                        host.fabricEvents()),
                settings(POLLING));

        await(() -> status(node).usablePaths() == PATHS - 1);
        assertThat(breaks.get()).isNotNegative();
        awaitAllUp();

        assertThat(breaks.get()).isNegative();
        assertThat(dm.changes()).noneMatch(change -> change.contains("fail_path"));
    }

    @Test
    void aRegistryThatBreaksTakesTheHostUpAgainAsItIsThenWithoutAGhost() {
        var armed = new AtomicBoolean();
        var host = ports();
        var node = begin(
                new HostPorts(
                        host.facts(),
                        dm,
                        host.blockDevices(),
                        host.pathProbe(),
                        host.uevents(),
                        new BreakingClock(host.clock(), armed),
                        host.stateFiles(),
                        host.diskControl(),
                        host.fabricEvents()),
                settings(POLLING));
        awaitAllUp();
        var map = maps(node).getFirst();
        var breaking = map.groups().getFirst().paths().getFirst();
        var removed = map.groups().getLast().paths().getLast();
        var before = dm.changes().size();

        armed.set(true);
        san.offline(HOST, breaking.name(), true);
        await(() -> !armed.get());
        san.remove(HOST, removed.name());
        san.offline(HOST, breaking.name(), false);

        await(() -> status(node).usablePaths() == PATHS - 1);
        await(() -> total(reports.last()) == PATHS - 1 && failed(reports.last()) == 0);
        await(() -> summary(map.wwid()).paths() == 7);
        assertThat(maps(node)).hasSize(LUNS);
        assertThat(dm.changes().subList(before, dm.changes().size()))
                .noneMatch(change -> change.startsWith("create") || change.startsWith("remove"));
    }

    @Test
    void aCallThatHangsIsSeenInTheStatusAndOthersGoOn() {
        var node = start(POLLING);
        awaitAllUp();
        var map = maps(node).getFirst();
        var other = maps(node).getLast();
        var answer = new CountDownLatch(1);

        dm.hang(map.name(), answer);
        san.remove(HOST, disks(map).getFirst());
        san.remove(HOST, disks(other).getFirst());
        await(() -> summary(other.wwid()).paths() == 7);
        await(() -> status(node).stuck().containsKey(map.wwid()));
        assertThat(status(node).stuck()).containsOnlyKeys(map.wwid());
        answer.countDown();

        await(() -> status(node).stuck().isEmpty());
        await(() -> summary(map.wwid()).paths() == 7);
    }

    private Node startRetrying() {
        return begin(ports(), settingsRetrying(POLLING, Duration.ofMillis(300)));
    }

    private Node begin(HostPorts ports, NodeSettings settings) {
        var node = Node.start(ports, settings, reports);
        running = Optional.of(node);
        return node;
    }

    private static List<DeviceName> disks(MapTopology map) {
        return map.groups().stream()
                .flatMap(group -> group.paths().stream())
                .map(MapTopology.Path::name)
                .toList();
    }

    private static int failed(HostReport report) {
        return report.nexuses().stream().mapToInt(row -> row.paths().failed()).sum();
    }

    private static int total(HostReport report) {
        return report.nexuses().stream().mapToInt(row -> row.paths().total()).sum();
    }

    private static Optional<CompletionStage<Answer<ScsiReply>>> breakOnce(AtomicInteger breaks) {
        if (breaks.getAndDecrement() > 0) {
            throw new IllegalStateException("a defect of the probe");
        }
        return Optional.empty();
    }

    /** Breaks once when it is armed and the registry looks at it. */
    private record BreakingClock(HostClock clock, AtomicBoolean armed) implements HostClock {

        @Override
        public Duration uptime() {
            var registryLooks = StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame -> frame.getClassName().equals(PathRegistry.class.getName())));
            if (registryLooks && armed.compareAndSet(true, false)) {
                throw new IllegalStateException("a defect of the registry");
            }
            return clock.uptime();
        }
    }
}
