package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.Disk;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.PortFacts;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.PathState;
import org.lunwarden.model.fc.FabricEvent;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.node.site.Site;

/** Paths that fail again and again, on a host as its multipath.conf would have it. */
class ShakyPathTest extends OneHost {

    private static final String COUNTED = """
            defaults {
                find_multipaths on
                polling_interval 1
                max_polling_interval 1
                san_path_err_threshold 1
                san_path_err_forget_rate 100
                san_path_err_recovery_time 600
            %s}
            """;

    @Test
    void aPathThatComesAndGoesIsHeldBackAndUsedWhenItIsTheLast() {
        var node = begin(COUNTED.formatted(""));
        var map = maps(node).getFirst();
        var shaky = disk(map, 0);

        flap(map, shaky);
        flap(map, shaky);

        await(() -> path(map, shaky).state() == PathState.DELAYED
                && !path(map, shaky).kernelActive().orElseThrow());
        assertThat(status(node).keptOut())
                .hasEntrySatisfying(
                        shaky,
                        reason -> assertThat(reason)
                                .contains("it came back 2 times, 1 are borne")
                                .contains("has not failed for more than 600 s"));

        for (var other = 1; other < 8; other++) {
            san.offline(HOST, disk(map, other), true);
        }
        await(() -> path(map, shaky).state() == PathState.UP
                && path(map, shaky).kernelActive().orElseThrow());
        await(() -> status(node).keptOut().isEmpty());
        var io = io(map);
        await(() -> io.count().completed() > 0);
        assertThat(io.count().errors()).isZero();
        io.close();
    }

    @Test
    void inMarginalGroupsSuchAPathStaysInUseBehindAllOthers() {
        var node = begin(COUNTED.formatted("    marginal_pathgroups on\n    path_grouping_policy multibus\n"));
        var map = maps(node).getFirst();
        var shaky = disk(map, 0);

        flap(map, shaky);
        flap(map, shaky);

        await(() -> topology(map).groups().size() > map.groups().size()
                && topology(map).groups().getLast().paths().stream()
                        .allMatch(path -> path.name().equals(shaky)));
        assertThat(path(map, shaky).state()).isEqualTo(PathState.UP);
        assertThat(path(map, shaky).kernelActive()).contains(true);
    }

    @Test
    void whatTheFabricWarnsOfComesBehindAllOthersUntilTheFabricChanges() {
        var node = begin("""
                defaults {
                    find_multipaths on
                    polling_interval 1
                    marginal_pathgroups fpin
                    path_grouping_policy multibus
                }
                """);
        var map = maps(node).getFirst();
        var shaky = disk(map, 0);
        var port = (PortFacts.Fc) fc(shaky);
        var host = path(map, shaky).hctl().host();

        san.hear(HOST, new FabricEvent.LinkErrors(host, Set.of(port.remotePortName())));

        await(() -> status(node).keptOut().containsKey(shaky));
        await(() -> topology(map).groups().size() > map.groups().size()
                && topology(map).groups().getLast().paths().stream()
                        .anyMatch(path -> path.name().equals(shaky)));
        assertThat(path(map, shaky).kernelActive()).contains(true);

        san.hear(HOST, new FabricEvent.FabricChanged(host));
        await(() -> status(node).keptOut().isEmpty());
        await(() -> topology(map).groups().size() == map.groups().size());
    }

    private PortFacts fc(DeviceName disk) {
        return switch (ports().blockDevices().disk(disk)) {
            case IoResult.Ok<Disk>(var found) -> found.ports();
            case IoResult.Refused<Disk> refused -> throw new AssertionError(refused.toString());
        };
    }

    private Node begin(String conf) {
        var node = Node.start(
                ports(), NodeSettings.of(settings(Duration.ofSeconds(1)).host(), "0.1.0", Site.parse(conf)), reports);
        running = Optional.of(node);
        awaitAllUp();
        return node;
    }

    private void flap(MapTopology map, DeviceName disk) {
        san.offline(HOST, disk, true);
        await(() -> path(map, disk).state() == PathState.DOWN);
        san.offline(HOST, disk, false);
        await(() -> path(map, disk).state() != PathState.DOWN);
    }

    private MapTopology topology(MapTopology map) {
        return maps(running.orElseThrow()).stream()
                .filter(now -> now.wwid().equals(map.wwid()))
                .findFirst()
                .orElseThrow();
    }

    private MapTopology.Path path(MapTopology map, DeviceName disk) {
        return topology(map).groups().stream()
                .flatMap(group -> group.paths().stream())
                .filter(path -> path.name().equals(disk))
                .findFirst()
                .orElseThrow();
    }

    private static DeviceName disk(MapTopology map, int index) {
        return map.groups().stream()
                .flatMap(group -> group.paths().stream())
                .map(MapTopology.Path::name)
                .sorted()
                .skip(index)
                .findFirst()
                .orElseThrow();
    }
}
