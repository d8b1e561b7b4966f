package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.model.settings.AutoResize;
import org.lunwarden.model.settings.Ending;
import org.lunwarden.model.settings.FlushOnLastDel;
import org.lunwarden.model.settings.MapUpkeep;
import org.lunwarden.model.settings.QueueWithoutDaemon;

/** A node that is stopped in the middle of an operation. */
class StopTest extends OneHost {

    private static final Duration POLLING = Duration.ofSeconds(1);

    @Test
    void aStopWaitsForTheReloadThatIsUnderWayAndLeavesNoMapInTheMiddle() {
        var node = start(POLLING);
        awaitAllUp();
        var map = maps(node).getFirst();
        var answer = new CountDownLatch(1);
        hangInReload(map, answer);

        var stopped = node.stop(Ending.DAEMON).toCompletableFuture();

        await(() -> answer(node, new HostCommand.DescribeMaps(Optional.empty()))
                .equals(new HostAnswer.Refused("the daemon stops")));
        assertThat(stopped).isNotDone();
        answer.countDown();
        assertThat(stopped.join()).isEmpty();
        assertThat(dm.changes()).last().isEqualTo("reload " + map.name());
        assertThat(surveyed())
                .filteredOn(one -> one.wwid().equals(map.wwid()))
                .singleElement()
                .satisfies(one -> assertThat(members(one)).isEqualTo(7));
    }

    @Test
    void aStopEndsQueueingUnlessItMayGoOnWithoutTheDaemon() {
        var upkeep = new MapUpkeep(
                AutoResize.NEVER,
                FlushOnLastDel.UNUSED,
                false,
                QueueWithoutDaemon.NO,
                Optional.empty(),
                Duration.ofSeconds(30),
                false,
                Optional.empty(),
                0);
        running = Optional.of(Node.start(ports(), settingsRetrying(POLLING, Duration.ofMinutes(5), upkeep), reports));
        awaitAllUp();
        await(() -> surveyed().stream().allMatch(MapTopology::queueing));

        stopNode();

        assertThat(surveyed()).hasSize(LUNS).noneMatch(MapTopology::queueing);
    }

    @Test
    void ioThatWaitsForAPathGoesOnToWaitWhenTheDaemonAloneEndsAndFailsWhenTheHostGoesDown() {
        var upkeep = MapUpkeep.BUILT_IN;
        running = Optional.of(Node.start(ports(), settingsRetrying(POLLING, Duration.ofMinutes(5), upkeep), reports));
        awaitAllUp();
        await(() -> surveyed().stream().allMatch(MapTopology::queueing));
        stopNode();
        assertThat(surveyed()).hasSize(LUNS).allMatch(MapTopology::queueing);

        running = Optional.of(Node.start(ports(), settingsRetrying(POLLING, Duration.ofMinutes(5), upkeep), reports));
        awaitAllUp();
        running.orElseThrow().stop(Ending.HOST).toCompletableFuture().join();

        assertThat(surveyed()).hasSize(LUNS).noneMatch(MapTopology::queueing);
    }

    @Test
    void aStopResumesTheMapWhoseReloadLeftItSuspended() {
        var node = start(POLLING);
        awaitAllUp();
        var map = maps(node).getFirst();
        var answer = new CountDownLatch(1);
        dm.refuseResumes(map.name(), 2);
        hangInReload(map, answer);

        var stopped = node.stop(Ending.DAEMON).toCompletableFuture();

        await(() -> answer(node, new HostCommand.DescribeMaps(Optional.empty()))
                .equals(new HostAnswer.Refused("the daemon stops")));
        answer.countDown();
        assertThat(stopped.join()).isEmpty();
        assertThat(dm.changes()).endsWith("reload " + map.name(), "resume " + map.name(), "resume " + map.name());
        assertThat(isSuspended(map)).isFalse();
    }

    @Test
    void aMapThatAnOperatorSuspendedStaysSoWhateverHappensToItsPathsAndAtAStop() {
        var node = start(POLLING);
        awaitAllUp();
        var map = maps(node).getFirst();
        assertThat(san.host(HOST).deviceMapper().suspend(map.name(), DeviceMapper.SuspendMode.KEEP_IO))
                .isInstanceOf(IoResult.Ok.class);
        var acts = dm.changes().size();
        var path = map.groups().getFirst().paths().getFirst().name();
        san.remove(HOST, path);
        await(() -> status(node).paths() == PATHS - 1);

        assertThat(node.stop(Ending.DAEMON).toCompletableFuture().join()).isEmpty();

        assertThat(dm.changes().subList(acts, dm.changes().size()))
                .noneMatch(act -> act.equals("reload " + map.name()) || act.equals("resume " + map.name()));
        assertThat(isSuspended(map)).isTrue();
    }

    @Test
    void aStopThatWaitsInVainNamesTheMap() {
        var node = start(POLLING);
        awaitAllUp();
        var map = maps(node).getFirst();
        var answer = new CountDownLatch(1);
        hangInReload(map, answer);

        assertThat(node.stop(Ending.DAEMON).toCompletableFuture().join())
                .containsExactly(Map.entry(map.wwid(), "reload"));

        answer.countDown();
    }

    private boolean isSuspended(MapTopology map) {
        return switch (dm.info(map.name())) {
            case IoResult.Ok<DeviceMapper.Info>(var info) -> info.suspended();
            case IoResult.Refused<DeviceMapper.Info> refused -> throw new AssertionError(refused.toString());
        };
    }

    private void hangInReload(MapTopology map, CountDownLatch answer) {
        dm.hangReload(map.name(), answer);
        san.remove(HOST, map.groups().getFirst().paths().getFirst().name());
        await(() -> dm.isHung(map.name()));
    }
}
