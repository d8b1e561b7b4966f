package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;

import org.lunwarden.conf.load.MultipathConf;
import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.BlockDevices.Holders;
import org.lunwarden.io.Disk;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.node.discovery.Candidates;
import org.lunwarden.node.discovery.Sighting;
import org.lunwarden.node.site.SiteDisk;

/** Disks of which udev's rules say something else than what is made of them. */
class UdevClaimsTest extends OneHost {

    private static final String WORD = "DM_MULTIPATH_DEVICE_PATH";
    private static final String PATH = "1";

    private final List<DeviceName> asked = new CopyOnWriteArrayList<>();

    @Test
    void udevIsAskedOnceForEachPathThatItCallsNone() {
        var node = begin("0");
        awaitAllUp();
        await(() -> asked.size() == PATHS);
        lookAgain(node);

        assertThat(asked).hasSize(PATHS).doesNotHaveDuplicates();
    }

    @Test
    void nobodyIsAskedWhereUdevSaysThatTheyArePaths() {
        var node = begin(PATH);
        awaitAllUp();
        lookAgain(node);

        assertThat(asked).isEmpty();
    }

    @Test
    void nobodyIsAskedWhereUdevHasNoRulesForThem() {
        var node = begin("");
        awaitAllUp();
        lookAgain(node);

        assertThat(asked).isEmpty();
    }

    @Test
    void aDiskThatLeftItsMapAndIsNoPathAnyMoreIsJudgedAnewOnce() {
        var node = begin(PATH);
        awaitAllUp();
        var map = maps(node).getFirst();
        var left = map.groups().getFirst().paths().getFirst();
        var claims = new UdevClaims(new PathTable(), new AskedUdev(ports().diskControl(), asked), Runnable::run);
        claims.found(seen(left.name(), map.wwid()));

        claims.mapIs(Optional.of(map), without(map, left));
        claims.mapIs(Optional.of(map), without(map, left));

        assertThat(asked).containsExactly(left.name());
    }

    private void lookAgain(Node node) {
        var looks = status(node).discovery().looks();
        san.change(HOST, new DeviceName("sdb"));
        await(() -> status(node).discovery().looks() > looks);
    }

    /** @param word what udev says of all disks; empty when it has no rules for them */
    private Node begin(String word) {
        var host = ports();
        var node = Node.start(
                new HostPorts(
                        host.facts(),
                        dm,
                        new Judged(host.blockDevices(), word),
                        host.pathProbe(),
                        host.uevents(),
                        host.clock(),
                        host.stateFiles(),
                        new AskedUdev(host.diskControl(), asked),
                        host.fabricEvents()),
                settings(Duration.ofSeconds(1)),
                reports);
        running = Optional.of(node);
        return node;
    }

    private Candidates seen(DeviceName name, Wwid wwid) {
        var disk = switch (new Judged(ports().blockDevices(), PATH).look().disk(name)) {
            case IoResult.Ok<Disk>(var read) -> read;
            case IoResult.Refused<Disk> refused -> throw new AssertionError(refused.toString());
        };
        var judgement = SiteDisk.of(MultipathConf.builtIn(false), disk).judgement();
        return new Candidates(
                new TreeMap<>(Map.of(name, new Sighting(disk, Optional.of(wwid), judgement, Holders.NONE))),
                new TreeMap<>(),
                Set.of(),
                Map.of());
    }

    private static MapTopology without(MapTopology map, MapTopology.Path path) {
        return new MapTopology(
                map.wwid(),
                map.name(),
                map.device(),
                map.vendor(),
                map.product(),
                map.sizeSectors(),
                map.readOnly(),
                map.features(),
                map.hardwareHandler(),
                map.bestGroup(),
                map.nextGroup(),
                map.queueing(),
                map.groups().stream()
                        .map(group -> new MapTopology.Group(
                                group.selector(),
                                group.priority(),
                                group.state(),
                                group.paths().stream()
                                        .filter(other -> !other.equals(path))
                                        .toList()))
                        .toList());
    }

    /** Disks that udev's rules have judged. */
    private static final class Judged extends AlteredDisks {

        private final String word;

        private Judged(BlockDevices devices, String word) {
            super(devices);
            this.word = word;
        }

        @Override
        IoResult<Disk> disk(Look look, DeviceName name) {
            return super.disk(look, name).then(disk -> {
                var udev = new HashMap<>(disk.udev());
                if (!word.isEmpty()) {
                    udev.put(WORD, word);
                }
                return new IoResult.Ok<>(telling(disk, disk.vpd80(), disk.vpd83(), udev));
            });
        }
    }
}
