package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.Disk;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.map.MapTopology;

/** A daemon that starts while disks of the kernel's maps are there and cannot be read. */
class UnreadDisksTest extends OneHost {

    private static final Duration POLLING = Duration.ofSeconds(1);
    /** Three seconds: longer than the queueing of one poll, and than the settling of a map. */
    private static final int LOOKS = 3;

    private final AtomicInteger refusals = new AtomicInteger();
    private volatile Set<DeviceName> unreadable = Set.of();
    private int made;

    @Test
    void aMapOfWhichNoDiskCanBeReadGoesOnQueueing() {
        startsWithUnreadable(8);

        assertThat(changes()).noneMatch(change -> change.contains("fail_if_no_path"));
        allAreAdoptedWhenTheyCanBeRead();
    }

    @Test
    void aMapOfWhichSomeDisksCannotBeReadIsNotReloadedWithoutThem() {
        startsWithUnreadable(4);

        allAreAdoptedWhenTheyCanBeRead();
    }

    @Test
    void anUnreadDiskOfOneMapKeepsNoOtherFromDroppingAPathThatIsGone() {
        var before = begin();
        awaitAllUp();
        var maps = maps(before);
        stopNode();
        unreadable = Set.of(path(maps.getFirst()));
        san.remove(HOST, path(maps.getLast()));

        begin();

        await(() -> !reports.isEmpty() && reports.last().maps().size() == LUNS);
        await(() -> summary(maps.getLast().wwid()).paths() == 7
                && dm.changes().contains("reload " + maps.getLast().name()));
        assertThat(dm.changes()).doesNotContain("reload " + maps.getFirst().name());
        unreadable = Set.of();
    }

    private static DeviceName path(MapTopology map) {
        return map.groups().getFirst().paths().getFirst().name();
    }

    /** @param number disks of one map that cannot be read for several looks */
    private void startsWithUnreadable(int number) {
        var before = begin();
        awaitAllUp();
        var disks = maps(before).getFirst().groups().stream()
                .flatMap(group -> group.paths().stream())
                .map(MapTopology.Path::name)
                .limit(number)
                .toList();
        stopNode();
        made = dm.changes().size();
        unreadable = new HashSet<>(disks);
        var node = begin();
        await(() -> status(node).usablePaths() == PATHS - number);
        await(() -> refusals.get() >= LOOKS * number);
        assertThat(status(node).discovery().unread()).containsOnlyKeys(disks);
        assertThat(maps(node)).hasSize(LUNS);
    }

    private void allAreAdoptedWhenTheyCanBeRead() {
        unreadable = Set.of();
        awaitAllUp();
        assertThat(changes()).noneMatch(change -> change.startsWith("reload") || change.contains("fail_if_no_path"));
    }

    private List<String> changes() {
        var all = dm.changes();
        return all.subList(made, all.size());
    }

    private Node begin() {
        var host = ports();
        var node = Node.start(
                new HostPorts(
                        host.facts(),
                        dm,
                        new Unreadable(host.blockDevices()),
                        host.pathProbe(),
                        host.uevents(),
                        host.clock(),
                        host.stateFiles(),
                        host.diskControl(),
                        host.fabricEvents()),
                settingsRetrying(POLLING, POLLING),
                reports);
        running = Optional.of(node);
        return node;
    }

    /** Refuses to read some disks, and counts it. */
    private final class Unreadable extends AlteredDisks {

        private Unreadable(BlockDevices devices) {
            super(devices);
        }

        @Override
        IoResult<Disk> disk(Look look, DeviceName name) {
            if (unreadable.contains(name)) {
                refusals.incrementAndGet();
                return new IoResult.Refused<>(24, "read disk " + name, "Too many open files");
            }
            return look.disk(name);
        }
    }
}
