package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.simulated.Part;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.Epoch;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostReport;
import org.lunwarden.model.fleet.NexusState;
import org.lunwarden.model.map.MapTopology;

class NodeTest extends OneHost {

    @Test
    void mapsAreMadeOfAllPathsAndTheLocalDiskIsLeft() {
        var node = start(Duration.ofSeconds(5));
        awaitAllUp();

        var status = status(node);

        assertThat(status.maps()).isEqualTo(LUNS);
        assertThat(status.paths()).isEqualTo(PATHS);
        assertThat(status.discovery().left()).containsOnlyKeys(new DeviceName("sda"));
        assertThat(maps(node))
                .hasSize(LUNS)
                .allSatisfy(map -> assertThat(map.groups().getFirst().paths()).hasSize(4));
        assertThat(dm.changes())
                .filteredOn(change -> change.startsWith("create"))
                .hasSize(LUNS);
    }

    @Test
    void theReportNamesEveryPartOfTheSanByItsOwnId() {
        start(Duration.ofSeconds(5));
        awaitAllUp();

        var named = reports.last().nexuses().stream()
                .flatMap(row -> row.components().stream())
                .filter(component -> component.kind() != ComponentClass.HBA_FIRMWARE)
                .toList();

        var parts =
                san.parts().stream().flatMap(part -> part.component().stream()).toList();
        assertThat(named).containsAll(parts);
        assertThat(parts).containsAll(named);
        assertThat(reports.all())
                .extracting(HostReport::revision)
                .startsWith(1L)
                .isSorted();
    }

    @Test
    void aRestartAdoptsTheMapsAndTellsTheKernelNothing() {
        start(Duration.ofSeconds(5));
        awaitAllUp();
        stopNode();
        var before = dm.changes();

        var again = start(Duration.ofSeconds(5));
        awaitAllUp();

        assertThat(maps(again)).hasSize(LUNS);
        assertThat(dm.changes()).isEqualTo(before);
    }

    @Test
    void aPathThatIsDeletedLeavesItsMapAndComesBackWithARescan() {
        var node = start(Duration.ofSeconds(5));
        awaitAllUp();
        var path = maps(node).getFirst().groups().getFirst().paths().getFirst();

        san.remove(HOST, path.name());
        await(() -> members(maps(node).getFirst()) == 7);
        san.rescan(HOST);

        await(() -> members(maps(node).getFirst()) == 8);
        awaitAllUp();
    }

    @Test
    void whenTheKernelFailsOnePathAllPathsOfItsNexusAreCheckedAtOnce() {
        var node = start(Duration.ofMinutes(10));
        awaitAllUp();
        var map = maps(node).getFirst();
        var nexus = map.groups().get(map.bestGroup() - 1).paths().getFirst().nexus();
        var port = san.part(Part.Kind.TARGET_PORT, nexus.targetPort()).orElseThrow();

        san.fail(port);
        var io = io(map);
        await(() -> row(nexus).filter(row -> row.state() == NexusState.DOWN).isPresent());
        io.close();

        assertThat(row(nexus).orElseThrow().paths().failed()).isEqualTo(LUNS);
        assertThat(row(nexus).orElseThrow().components())
                .contains(new Component(ComponentClass.TARGET_PORT, nexus.targetPort()));
        assertThat(io.count().errors()).isZero();
    }

    @Test
    void aFailbackOfAnOlderEpochIsRefusedAndOneOfTheNewestIsDone() {
        var node = start(Duration.ofSeconds(1));
        awaitAllUp();
        var wwids = maps(node).stream().map(MapTopology::wwid).toList();
        var unknown = new Wwid("3600a098fffffffff");

        var first = answer(
                node,
                step(
                        "plan-7",
                        7,
                        Stream.concat(wwids.stream(), Stream.of(unknown)).toList()));
        var stale = answer(node, step("plan-6", 6, wwids));

        assertThat(first).isInstanceOfSatisfying(HostAnswer.FailedBack.class, done -> {
            assertThat(done.outcomes()).extracting(HostAnswer.Outcome::wwid).startsWith(wwids.getFirst());
            assertThat(done.outcomes().getLast())
                    .isEqualTo(new HostAnswer.Outcome(unknown, HostAnswer.Move.NOT_MOVED, "no such map"));
            assertThat(done.outcomes().subList(0, LUNS))
                    .allMatch(outcome -> outcome.move() != HostAnswer.Move.NOT_MOVED);
        });
        assertThat(stale)
                .isEqualTo(new HostAnswer.Refused(
                        "epoch 6 is older than 7, seen with plan plan-7", Optional.of(new Epoch(7, ""))));
        assertThat(status(node).epoch()).isEqualTo(7);
    }

    @Test
    void aStepThatWasMeantForTheDaemonBeforeIsRefused() {
        start(Duration.ofSeconds(1));
        awaitAllUp();
        var before = step("plan-8", 8, List.of());
        stopNode();

        var node = start(Duration.ofSeconds(1));
        awaitAllUp();

        assertThat(answer(node, before))
                .isEqualTo(new HostAnswer.Refused("the step is for another run of this host's daemon"));
        assertThat(answer(node, step("plan-8", 8, List.of()))).isEqualTo(new HostAnswer.FailedBack(List.of()));
    }

    @Test
    void aMapThatLeftItsBestGroupIsMovedBackWhenTheFleetAsks() {
        var node = start(Duration.ofSeconds(1));
        awaitAllUp();
        var map = maps(node).getFirst();
        var best = map.groups().get(map.bestGroup() - 1).paths().stream()
                .map(path -> path.nexus().targetPort())
                .distinct()
                .map(port -> san.part(Part.Kind.TARGET_PORT, port).orElseThrow())
                .toList();
        var io = io(map);

        best.forEach(san::fail);
        await(() ->
                summary(map.wwid()).usablePaths() == 4 && summary(map.wwid()).nextGroup() != map.bestGroup());
        best.forEach(san::restore);
        await(() -> summary(map.wwid()).usablePaths() == 8);
        assertThat(summary(map.wwid()).isOffBestGroup()).isTrue();

        var answer = answer(node, step("plan-1", 1, List.of(map.wwid())));

        assertThat(answer)
                .isEqualTo(new HostAnswer.FailedBack(
                        List.of(new HostAnswer.Outcome(map.wwid(), HostAnswer.Move.SWITCHED, ""))));
        await(() -> !summary(map.wwid()).isOffBestGroup());
        io.close();
        assertThat(io.count().errors()).isZero();
    }

    @Test
    void disksThatCannotBeListedAtTheStartAreFoundLater() {
        var refusals = new AtomicInteger(1);
        var host = san.host(HOST);
        var devices = new Refusing(host.blockDevices(), refusals);

        var node = Node.start(
                new HostPorts(
                        host.facts(),
                        dm,
                        devices,
                        host.pathProbe(),
                        host.uevents(),
                        host.clock(),
                        host.stateFiles(),
                        host.diskControl(),
                        host.fabricEvents()),
                settings(Duration.ofSeconds(5)),
                reports);
        running = Optional.of(node);

        awaitAllUp();
        assertThat(refusals.get()).isNegative();
        assertThat(status(node).discovery().failure()).isEmpty();
    }

    @Test
    void aStormOfEventsCostsAFewLooksAndNoReload() {
        var node = start(Duration.ofSeconds(5));
        awaitAllUp();
        var before = dm.changes();
        var disks = maps(node).getFirst().groups().getFirst().paths();

        for (var event = 0; event < 10_000; event++) {
            san.change(HOST, disks.get(event % disks.size()).name());
        }

        await(() -> status(node).discovery().uevents() >= 10_000);
        await(() -> status(node).discovery().underWay().isEmpty());
        assertThat(status(node).discovery().looks()).isLessThan(500);
        assertThat(status(node).usablePaths()).isEqualTo(PATHS);
        assertThat(dm.changes()).isEqualTo(before);
    }

    @Test
    void aHeldDiskKeepsItsWwidFromBeingTaken() {
        var path = new DeviceName("sdb");
        var held = san.hold(HOST, path, "a mount");

        var node = start(Duration.ofSeconds(5));
        await(() -> status(node).maps() == LUNS - 1);

        assertThat(status(node).discovery().left()).hasSize(9).containsKey(path);
        held.close();
    }

    @Test
    void aStoppedNodeRefusesAndItsMapsStay() {
        var node = start(Duration.ofSeconds(5));
        awaitAllUp();
        stopNode();

        assertThat(answer(node, new HostCommand.DescribeMaps(Optional.empty()))).isInstanceOf(HostAnswer.Refused.class);
        assertThat(surveyed()).hasSize(LUNS);
    }

    @Test
    void aSurveyShowsWhatTheDaemonShows() {
        var node = start(Duration.ofSeconds(5));
        awaitAllUp();

        assertThat(surveyed()).isEqualTo(maps(node));
    }

    /** Refuses to list disks so many times, then lists them. */
    private static final class Refusing extends AlteredDisks {

        private final AtomicInteger refusals;

        private Refusing(BlockDevices devices, AtomicInteger refusals) {
            super(devices);
            this.refusals = refusals;
        }

        @Override
        IoResult<List<Listed>> list(Look look) {
            return refusals.getAndDecrement() > 0
                    ? new IoResult.Refused<>(5, "list disks", "Input/output error")
                    : look.list();
        }
    }
}
