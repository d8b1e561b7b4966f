package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.io.Disk;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.PathState;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.map.MapTopology;

/** An array gives the number of a LUN that is away to another one. */
class SwappedUnitTest extends OneHost {

    private static final Duration POLLING = Duration.ofSeconds(1);
    private static final DeviceName SWAPPED = new DeviceName("sdc");

    private final Swap swap = new Swap(SWAPPED);

    private Node startSwappable(Duration polling) {
        return startSwappable(settings(polling));
    }

    private Node startSwappable(NodeSettings settings) {
        var node = Node.start(swappable(), settings, reports);
        running = Optional.of(node);
        return node;
    }

    private HostPorts swappable() {
        var host = ports();
        return new HostPorts(
                host.facts(),
                dm,
                new SwappingDevices(host.blockDevices(), swap),
                new AlteredProbe(host.pathProbe(), swap.disk, swap::answer),
                host.uevents(),
                host.clock(),
                host.stateFiles(),
                host.diskControl(),
                host.fabricEvents());
    }

    @Test
    void aDiskThatIsAnotherUnitWhenItsMapIsMadeIsInItsTableOnlyOnceItIsTheUnitItWasTakenFor() {
        swap.unit.set(true);
        var node = startSwappable(POLLING);
        await(() -> status(node).keptOut().containsKey(SWAPPED) && status(node).usablePaths() == PATHS - 1);
        await(() -> members(node) == PATHS - 1);
        assertThat(dm.changes()).noneMatch(change -> change.contains("fail_path"));

        swap.unit.set(false);
        await(() -> members(node) == PATHS);

        assertThat(status(node).usablePaths()).isEqualTo(PATHS);
    }

    @Test
    void aTableThatIsLoadedForAnotherReasonLeavesOutTheDiskThatIsAnotherUnit() {
        var node = startSwappable(POLLING);
        awaitAllUp();
        var path = swapped(node);
        swap.unit.set(true);
        failInKernel(path);
        await(() -> status(node).keptOut().containsKey(SWAPPED) && status(node).usablePaths() == PATHS - 1);
        assertThat(members(node)).isEqualTo(PATHS);

        san.remove(HOST, siblingOfTheSwapped(node));
        await(() -> members(node) == PATHS - 2);
        assertThat(dm.changes().getLast()).startsWith("reload");
        swap.unit.set(false);

        await(() -> members(node) == PATHS - 1 && status(node).usablePaths() == PATHS - 1);
    }

    @Test
    void aSurveyShowsADiskThatIsAnotherUnitAsTheDaemonWouldTakeIt() {
        startSwappable(POLLING);
        awaitAllUp();
        swap.unit.set(true);

        var down = surveyed(swappable()).stream()
                .flatMap(map -> paths(List.of(map)))
                .filter(path -> path.state() == PathState.DOWN);

        assertThat(down.map(MapTopology.Path::name)).containsExactly(SWAPPED);
    }

    private static Stream<MapTopology.Path> paths(List<MapTopology> maps) {
        return maps.stream().flatMap(map -> map.groups().stream()).flatMap(group -> group.paths().stream());
    }

    private static long members(Node node) {
        return paths(maps(node)).count();
    }

    private static DeviceName siblingOfTheSwapped(Node node) {
        return maps(node).stream()
                .filter(map -> paths(List.of(map)).anyMatch(path -> path.name().equals(SWAPPED)))
                .flatMap(map -> paths(List.of(map)))
                .map(MapTopology.Path::name)
                .filter(name -> !name.equals(SWAPPED))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aDiskThatComesBackAsAnotherLunUnseenByTheKernelIsNotUsedAndTheDisksAreLookedAt() {
        var node = startSwappable(POLLING);
        awaitAllUp();
        san.offline(HOST, SWAPPED, true);
        await(() -> status(node).usablePaths() == PATHS - 1);
        var looks = status(node).discovery().looks();
        var before = dm.changes().size();

        swap.unit.set(true);
        san.offline(HOST, SWAPPED, false);
        await(() -> swap.denied.get() > 2 && status(node).discovery().looks() > looks);

        assertThat(status(node).usablePaths()).isEqualTo(PATHS - 1);
        assertThat(reinstated(before)).isEmpty();
        swap.unit.set(false);
        await(() -> status(node).usablePaths() == PATHS);
        assertThat(status(node).keptOut()).isEmpty();
    }

    @Test
    void aDiskWhoseNewPageTheKernelHasReadWhileUdevKeepsTheOldNameIsTakenOutAndStaysOut() {
        var node = startSwappable(POLLING);
        awaitAllUp();
        var before = dm.changes().size();

        swap.unit.set(true);
        swap.page.set(true);
        san.change(HOST, SWAPPED);
        await(() -> status(node).keptOut().containsKey(SWAPPED) && status(node).usablePaths() == PATHS - 1);
        await(() -> dm.changes().stream().skip(before).anyMatch(change -> change.contains("fail_path")));
        var looks = status(node).discovery().looks();
        san.offline(HOST, SWAPPED, true);
        san.change(HOST, SWAPPED);
        await(() -> status(node).discovery().looks() > looks);
        san.offline(HOST, SWAPPED, false);
        var denied = swap.denied.get();
        await(() -> swap.denied.get() > denied + 2);

        assertThat(status(node).usablePaths()).isEqualTo(PATHS - 1);
        assertThat(status(node).keptOut()).containsOnlyKeys(SWAPPED);
        stopNode();
        var again = startSwappable(POLLING);
        await(() ->
                status(again).keptOut().containsKey(SWAPPED) && status(again).usablePaths() == PATHS - 1);
        assertThat(reinstated(before)).isEmpty();
    }

    @Test
    void aPathThatTheKernelFailedIsNotReinstatedBeforeItSaysThatItIsTheUnitItWas() {
        var node = startSwappable(Duration.ofMinutes(10));
        awaitAllUp();
        var before = dm.changes().size();

        var path = swapped(node);

        swap.unit.set(true);
        failInKernel(path);
        await(() -> status(node).keptOut().containsKey(SWAPPED));

        assertThat(status(node).usablePaths()).isEqualTo(PATHS - 1);
        assertThat(reinstated(before)).isEmpty();
        swap.unit.set(false);
        answer(node, new HostCommand.CheckNexuses(List.of(path.nexus())));
        await(() -> reinstated(before).size() == 1);
    }

    @Test
    void aPathThatIsFailedInTheKernelWhenTheDaemonStartsIsAskedBeforeItIsReinstated() {
        var first = startSwappable(POLLING);
        awaitAllUp();
        var path = swapped(first);
        stopNode();
        swap.unit.set(true);
        failInKernel(path);
        var before = dm.changes().size();

        var node = startSwappable(POLLING);
        await(() -> status(node).keptOut().containsKey(SWAPPED) && status(node).usablePaths() == PATHS - 1);

        assertThat(reinstated(before)).isEmpty();
        swap.unit.set(false);
        await(() -> reinstated(before).size() == 1);
    }

    @Test
    void aPathOfTheKernelsTableWhosePageNamesAnotherUnitWhenTheDaemonStartsIsFailedBeforeItsCheckHasEnded() {
        var first = startSwappable(POLLING);
        awaitAllUp();
        var path = swapped(first);
        stopNode();
        var before = dm.changes().size();
        swap.page.set(true);
        swap.mute.set(true);

        var node = startSwappable(POLLING);
        await(() ->
                dm.changes().stream().skip(before).anyMatch(change -> change.contains("fail_path " + path.device())));

        san.remove(HOST, siblingOfTheSwapped(node));
        await(() -> members(node) == PATHS - 2);
        assertThat(dm.changes().getLast()).startsWith("reload");
        assertThat(paths(maps(node)).map(MapTopology.Path::name)).doesNotContain(SWAPPED);
    }

    @Test
    void aPathThatTheKernelFailsAgainAndAgainIsAskedAtTheEndOfItsRestBeforeItIsReinstated() {
        var node = startSwappable(settingsRetrying(Duration.ofMinutes(10), Duration.ofSeconds(3)));
        awaitAllUp();
        var before = dm.changes().size();
        var path = swapped(node);
        failInKernel(path);
        await(() -> reinstated(before).size() == 1);
        var asked = swap.asked.get();
        failInKernel(path);
        await(() -> swap.asked.get() > asked && status(node).usablePaths() == PATHS);

        swap.unit.set(true);
        await(() -> status(node).keptOut().containsKey(SWAPPED));

        assertThat(reinstated(before)).hasSize(1);
    }

    private static MapTopology.Path swapped(Node node) {
        return paths(maps(node))
                .filter(path -> path.name().equals(SWAPPED))
                .findFirst()
                .orElseThrow();
    }

    private void failInKernel(MapTopology.Path path) {
        var map = surveyed().stream()
                .filter(one -> one.groups().stream()
                        .anyMatch(group -> group.paths().stream()
                                .anyMatch(member -> member.name().equals(SWAPPED))))
                .findFirst()
                .orElseThrow();
        san.host(HOST).deviceMapper().message(map.name(), "fail_path " + path.device());
    }

    /** Since so many changes. */
    private List<String> reinstated(int before) {
        return dm.changes().stream()
                .skip(before)
                .filter(change -> change.contains("reinstate_path"))
                .toList();
    }

    /** One of the disks, in whose place another unit answers as long as it is told to. */
    private static final class Swap {

        private static final List<Byte> OTHER_UNIT = bytes("0083000c" + "010300085001020304050607");

        final DeviceName disk;
        /** The disk answers as the other unit. */
        final AtomicBoolean unit = new AtomicBoolean();
        /** The kernel has read the other unit's page. */
        final AtomicBoolean page = new AtomicBoolean();
        /** The disk answers nothing. */
        final AtomicBoolean mute = new AtomicBoolean();
        /** How often the disk was asked for its name. */
        final AtomicInteger asked = new AtomicInteger();
        /** How often the disk named the other unit. */
        final AtomicInteger denied = new AtomicInteger();

        Swap(DeviceName disk) {
            this.disk = disk;
        }

        private static List<Byte> bytes(String hex) {
            var bytes = new ArrayList<Byte>();
            for (var each : HexFormat.of().parseHex(hex)) {
                bytes.add(each);
            }
            return List.copyOf(bytes);
        }

        private Optional<CompletionStage<Answer<ScsiReply>>> answer(byte[] cdb) {
            if (mute.get()) {
                return Optional.of(new CompletableFuture<>());
            }
            if (cdb[0] != 0x12 || cdb[1] != 1) {
                return Optional.empty();
            }
            asked.incrementAndGet();
            if (!unit.get()) {
                return Optional.empty();
            }
            denied.incrementAndGet();
            return Optional.of(CompletableFuture.completedStage(
                    new Answer.Answered<>(new ScsiReply(0, 0, 0, List.of(), OTHER_UNIT))));
        }
    }

    /** sysfs, where the page changes and udev's properties do not. */
    private static final class SwappingDevices extends AlteredDisks {

        private final Swap swap;

        private SwappingDevices(BlockDevices devices, Swap swap) {
            super(devices);
            this.swap = swap;
        }

        @Override
        IoResult<Disk> disk(Look look, DeviceName name) {
            var read = look.disk(name);
            return swap.page.get() && name.equals(swap.disk)
                    ? read.then(disk -> new IoResult.Ok<>(telling(disk, disk.vpd80(), Swap.OTHER_UNIT, disk.udev())))
                    : read;
        }
    }
}
