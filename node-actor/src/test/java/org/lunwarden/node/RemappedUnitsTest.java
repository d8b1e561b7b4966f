package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.simulated.Part;
import org.lunwarden.io.simulated.SimulatedIo;
import org.lunwarden.model.DevT;
import org.lunwarden.model.dm.MultipathStatus;
import org.lunwarden.model.dm.MultipathStatusCodec;
import org.lunwarden.model.dm.Parsed;
import org.lunwarden.model.map.MapTopology;

/** An array gives all numbers of a LUN to another one, and both udev and the kernel's pages follow. */
class RemappedUnitsTest extends OneHost {

    private static final Duration POLLING = Duration.ofSeconds(1);

    @Test
    void allPathsOfAMapThatAreAnotherUnitNowAreFailedAtOnce() {
        var node = start(POLLING);
        awaitAllUp();
        var map = mapsInOrder(node).getFirst();
        var other = mapsInOrder(node).getLast();
        var io = io(map);

        remap(devices(map), other);
        await(() -> usedBy(map).isEmpty());
        await(() -> status(node).usablePaths() == 8);
        await(() -> io.count().errors() > 0);

        assertThat(dm.changes()).noneMatch(change -> change.contains("reinstate_path"));
        whenClosedTheOtherMapHasThemAll(io, map, other);
    }

    @Test
    void theLastWorkingPathThatIsAnotherUnitNowIsFailedAtOnceAndComesBackWithItsUnit() {
        var node = start(POLLING);
        awaitAllUp();
        var map = mapsInOrder(node).getFirst();
        var other = mapsInOrder(node).getLast();
        var last = devices(map).getLast();
        var io = io(map);
        devices(map).stream().filter(path -> !path.equals(last)).forEach(path -> san.offline(HOST, path.name(), true));
        await(() -> summary(map.wwid()).usablePaths() == 1);

        remap(List.of(last), other);
        await(() -> usedBy(map).isEmpty());
        await(() -> io.count().errors() > 0);
        var before = dm.changes().size();
        remap(List.of(last), map);

        await(() -> summary(map.wwid()).usablePaths() == 1);
        await(() -> usedBy(map).equals(List.of(last.device())));
        assertThat(dm.changes().subList(before, dm.changes().size()))
                .contains("message " + map.name() + " reinstate_path " + last.device());
        io.close();
    }

    @Test
    void aDaemonThatStartsWhenAllPathsOfAMapHaveBecomeAnotherUnitFailsThem() {
        var node = start(POLLING);
        awaitAllUp();
        var map = mapsInOrder(node).getFirst();
        var other = mapsInOrder(node).getLast();
        var io = io(map);
        stopNode();
        remap(devices(map), other);
        assertThat(usedBy(map)).hasSize(8);

        start(POLLING);
        await(() -> usedBy(map).isEmpty());

        await(() -> io.count().errors() > 0);
        assertThat(dm.changes()).doesNotContain("remove " + map.name());
        io.close();
    }

    @Test
    void pathsThatWereFailedAsAnotherUnitWhileTheirMapHadNoneAreUsedAgainWhenTheyAreItsUnit() {
        var node = start(POLLING);
        awaitAllUp();
        var map = mapsInOrder(node).getFirst();
        var other = mapsInOrder(node).getLast();
        var io = io(map);
        stopNode();
        remap(devices(map), other);
        start(POLLING);
        await(() -> usedBy(map).isEmpty());

        remap(devices(map), map);

        await(() -> usedBy(map).size() == 8);
        io.close();
    }

    private void whenClosedTheOtherMapHasThemAll(SimulatedIo io, MapTopology map, MapTopology other) {
        io.close();
        await(() -> dm.changes().contains("remove " + map.name()));
        await(() -> reports.last().maps().size() == 1 && summary(other.wwid()).usablePaths() == 16);
    }

    private static List<MapTopology> mapsInOrder(Node node) {
        return maps(node).stream()
                .sorted(Comparator.comparing(MapTopology::wwid))
                .toList();
    }

    private static List<MapTopology.Path> devices(MapTopology map) {
        return map.groups().stream().flatMap(group -> group.paths().stream()).toList();
    }

    private void remap(List<MapTopology.Path> paths, MapTopology unit) {
        var lun = san.part(Part.Kind.LUN, unit.wwid().value()).orElseThrow();
        paths.forEach(path -> san.replace(HOST, path.name(), lun));
    }

    /** The paths that the kernel would send I/O of the map to. */
    private List<DevT> usedBy(MapTopology map) {
        var status = san.host(HOST).deviceMapper().status(map.name());
        return switch (status) {
            case IoResult.Ok<List<DeviceMapper.Target>>(var targets) ->
                switch (MultipathStatusCodec.parse(targets.getFirst().parameters())) {
                    case Parsed.Ok<MultipathStatus>(var found) ->
                        found.groups().stream()
                                .flatMap(group -> group.paths().stream())
                                .filter(MultipathStatus.Path::active)
                                .map(MultipathStatus.Path::device)
                                .toList();
                    case Parsed.Malformed<MultipathStatus> malformed -> throw new AssertionError(malformed.toString());
                };
            case IoResult.Refused<List<DeviceMapper.Target>> refused -> throw new AssertionError(refused.toString());
        };
    }
}
