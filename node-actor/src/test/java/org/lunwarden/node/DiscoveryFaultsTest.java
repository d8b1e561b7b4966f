package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.Disk;
import org.lunwarden.io.HostClock;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.Subscription;
import org.lunwarden.io.UeventSource;
import org.lunwarden.io.UeventSource.Uevent;
import org.lunwarden.io.simulated.Part;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.map.MapTopology;

/** Disks that do not answer, events that do not come, disks that are not what they were. */
class DiscoveryFaultsTest extends OneHost {

    private static final Duration POLLING = Duration.ofSeconds(1);

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final UeventTap tap = new UeventTap();

    @Test
    void aDiskThatHangsKeepsNoOtherDiskFromItsMap() {
        var hung = new DeviceName("sdc");
        san.hang(HOST, hung, true);

        var node = begin();
        await(() -> maps(node).stream().mapToInt(OneHost::members).sum() == PATHS - 1);

        assertThat(maps(node)).hasSize(LUNS);
        assertThat(status(node).discovery().unread()).containsOnlyKeys(hung);
        assertThat(status(node).discovery().underWay()).isEmpty();

        san.hang(HOST, hung, false);
        await(() -> status(node).paths() == PATHS);
        await(() -> status(node).discovery().unread().isEmpty());
    }

    @Test
    void aDiskThatVanishesWhileItHangsIsAwaitedNoMore() {
        var hung = new DeviceName("sdc");
        san.hang(HOST, hung, true);
        var node = begin();
        await(() -> status(node).discovery().unread().containsKey(hung));

        san.remove(HOST, hung);
        tap.tell(Uevent.LOST);

        await(() -> status(node).discovery().unread().isEmpty());
    }

    @Test
    void disksLeftBehindThoseThatHangAreReadWhenTheyAnswerThoughOthersWereLookedAtMeanwhile() {
        var all = disksOfOneHost();
        all.forEach(disk -> san.hang(HOST, disk, true));
        var node = begin();
        await(() -> status(node).discovery().unread().size() == all.size());
        var looks = status(node).discovery().looks();

        san.change(HOST, all.getLast());
        await(() -> status(node).discovery().looks() > looks);
        assertThat(status(node).discovery().unread()).containsOnlyKeys(all);

        all.forEach(disk -> san.hang(HOST, disk, false));
        await(() -> status(node).paths() == PATHS);
        await(() -> status(node).discovery().unread().isEmpty());
    }

    @Test
    void afterAStartBesideAHungHostItsPathsAreAdoptedUnopenedAndNoMapIsReloaded() {
        var before = begin();
        awaitAllUp();
        var maps = maps(before);
        stopNode();
        var hung = disksOfOneHost();
        hung.forEach(disk -> san.hang(HOST, disk, true));
        var acts = dm.changes().size();

        var node = begin();
        await(() -> status(node).paths() == PATHS);
        await(() -> status(node).usablePaths() == PATHS - hung.size());

        assertThat(status(node).discovery().unread()).isEmpty();
        assertThat(dm.changes().subList(acts, dm.changes().size())).noneMatch(act -> act.startsWith("reload"));
        assertThat(maps(node)).allMatch(map -> members(map) == 8).hasSameSizeAs(maps);
        hung.forEach(disk -> san.hang(HOST, disk, false));
    }

    @Test
    void aDiskThatHangsBeyondTheDeadlineIsWrittenDownOnceAndSoIsItsAnswer() {
        var hung = new DeviceName("sdc");
        san.hang(HOST, hung, true);

        try (var audit = new RecordedAudit()) {
            var node = begin();
            await(() -> status(node).discovery().unread().containsKey(hung));
            ahead.set(Duration.ofSeconds(31));
            await(() -> audit.of(hung).size() == 1);
            ahead.set(Duration.ofSeconds(62));
            san.hang(HOST, hung, false);
            await(() -> status(node).paths() == PATHS);

            assertThat(audit.of(hung).get(0)).contains("stuck: a look at it has no answer for 3");
            assertThat(audit.of(hung).get(1)).contains("a look at it was answered");
        }
    }

    @Test
    void afterLostEventsAllDisksAreLookedAt() {
        var node = begin();
        awaitAllUp();
        var path = maps(node).getFirst().groups().getFirst().paths().getFirst().name();
        tap.deaf = true;
        var heard = tap.dropped.size();
        san.remove(HOST, path);
        await(() -> tap.dropped.size() > heard);
        assertThat(status(node).paths()).isEqualTo(PATHS);

        tap.tell(Uevent.LOST);

        await(() -> status(node).paths() == PATHS - 1);
    }

    @Test
    void aDiskThatBecameAnotherLunWhileNobodyWatchedIsInNoSecondMap() {
        var node = begin();
        awaitAllUp();
        var maps = maps(node);
        var map = maps.getFirst();
        var other = maps.getLast();
        var disk = map.groups().getLast().paths().getLast();
        stopNode();
        san.replace(
                HOST, disk.name(), san.part(Part.Kind.LUN, other.wwid().value()).orElseThrow());
        var before = dm.changes().size();

        var again = begin();
        await(() -> !reports.isEmpty() && reports.last().maps().size() == LUNS);
        await(() -> summary(map.wwid()).paths() == 7 && summary(other.wwid()).paths() == 9);

        var reloads = dm.changes().subList(before, dm.changes().size()).stream()
                .filter(change -> change.startsWith("reload"))
                .toList();
        assertThat(reloads.indexOf("reload " + map.name()))
                .as("its map lets go of it before the other takes it: %s", reloads)
                .isBetween(0, reloads.indexOf("reload " + other.name()) - 1);
        assertThat(status(again).discovery().left()).doesNotContainKey(disk.name());
    }

    @Test
    void aDiskThatItsOldMapDoesNotLetGoIsLeftThereForAllToSee() {
        var node = begin();
        awaitAllUp();
        var maps = maps(node).stream()
                .sorted(Comparator.comparing(MapTopology::wwid))
                .toList();
        var map = maps.getFirst();
        var other = maps.getLast();
        stopNode();
        var disks = map.groups().stream()
                .flatMap(group -> group.paths().stream())
                .map(MapTopology.Path::name)
                .toList();
        var kept = disks.getFirst();
        disks.stream().filter(name -> !name.equals(kept)).forEach(name -> san.remove(HOST, name));
        san.replace(HOST, kept, san.part(Part.Kind.LUN, other.wwid().value()).orElseThrow());

        var again = begin();
        await(() -> status(again).paths() == 8);

        assertThat(status(again).discovery().left().get(kept))
                .isEqualTo("held-by-map: held by the map of WWID " + map.wwid() + ", though it tells WWID "
                        + other.wwid());
        await(() -> maps(again).stream().anyMatch(found -> found.wwid().equals(other.wwid()) && members(found) == 8));
    }

    @Test
    void disksWhoseSisterHangsAndIsMountedAreLeft() {
        var map = survey().maps();
        assertThat(map).isEmpty();
        var hung = new DeviceName("sdc");
        san.hang(HOST, hung, true);
        try (var mounted = san.mount(HOST, hung, "/srv")) {
            assertThat(mounted).isNotNull();
            var node = begin();
            await(() -> maps(node).size() == 1);
            await(() -> status(node).discovery().left().size() == 9);

            assertThat(status(node).discovery().unread()).isEmpty();
            assertThat(status(node).discovery().left().get(hung)).isEqualTo("held: held by mounted on /srv");
        }
        san.hang(HOST, hung, false);
    }

    @Test
    void aRestartedDiscoveryAsksNoDiskAgainThatHangs() {
        var hung = new DeviceName("sdc");
        san.hang(HOST, hung, true);
        var opened = new AtomicInteger();
        var breaks = new AtomicBoolean();
        var node = begin(new AlteredDisks(ports().blockDevices()) {
            @Override
            public Look look() {
                if (breaks.getAndSet(false)) {
                    throw new IllegalStateException("a fault in our own code");
                }
                return super.look();
            }

            @Override
            public IoResult<Holders> holders(DeviceName name) {
                if (name.equals(hung)) {
                    opened.incrementAndGet();
                }
                return super.holders(name);
            }
        });
        await(() -> status(node).discovery().hanging() == 1);

        breaks.set(true);
        tap.tell(Uevent.LOST);
        await(() -> !breaks.get());
        await(() -> uevents(node) == 0 && status(node).discovery().unread().containsKey(hung));

        assertThat(status(node).discovery().hanging()).isEqualTo(1);
        assertThat(opened).hasValue(1);
        san.hang(HOST, hung, false);
        await(() -> status(node).paths() == PATHS);
        await(() -> status(node).discovery().hanging() == 0);
    }

    @Test
    void aLockOfOneDiskDelaysItsMapUntilItEndsThoughNoEventTellsIt() {
        var locked = new DeviceName("sdc");
        Node node;
        try (var lock = san.lock(HOST, locked)) {
            assertThat(lock).isNotNull();
            node = begin();
            await(() -> maps(node).size() == LUNS - 1);
            await(() -> status(node).discovery().left().size() == PATHS / LUNS + 1);
            assertThat(status(node).discovery().left().get(locked))
                    .isEqualTo("locked: held by an exclusive lock of its node");
            tap.deaf = true;
        }

        await(() -> status(node).paths() == PATHS);
    }

    @Test
    void aPathComesBackIntoItsMapThoughSomebodyLocksIt() {
        var node = begin();
        awaitAllUp();
        var disk = maps(node).getFirst().groups().getFirst().paths().getFirst().name();
        san.remove(HOST, disk);
        await(() -> status(node).paths() == PATHS - 1);
        var known = ok(ports().blockDevices().look().list());
        tap.deaf = true;
        var heard = tap.dropped.size();
        san.rescan(HOST);
        await(() -> tap.dropped.size() > heard);
        var back = ok(ports().blockDevices().look().list()).stream()
                .filter(listed -> !known.contains(listed))
                .findFirst()
                .orElseThrow()
                .name();

        try (var lock = san.lock(HOST, back)) {
            assertThat(lock).isNotNull();
            tap.deaf = false;
            tap.tell(Uevent.LOST);
            await(() -> status(node).paths() == PATHS);
        }
    }

    /** Those that discovery has heard since it was started; -1 while it does not answer. */
    private static long uevents(Node node) {
        return node.status()
                .thenApply(status -> status.discovery().uevents())
                .exceptionally(late -> -1L)
                .toCompletableFuture()
                .join();
    }

    @Test
    void aSurveyTellsWhatItCouldNotRead() {
        var hung = new DeviceName("sdc");
        san.hang(HOST, hung, true);

        var seen = survey();

        assertThat(seen.unread()).containsOnlyKeys(hung);
        san.hang(HOST, hung, false);
        assertThat(survey().unread()).isEmpty();
    }

    private static <T> T ok(IoResult<T> result) {
        return switch (result) {
            case IoResult.Ok<T>(var value) -> value;
            case IoResult.Refused<T> refused -> throw new AssertionError(refused.toString());
        };
    }

    private List<DeviceName> disksOfOneHost() {
        var look = ports().blockDevices().look();
        var disks = ok(look.list()).stream()
                .map(listed -> ok(look.disk(listed.name())))
                .toList();
        var host = disks.getLast().hctl().orElseThrow().host();
        return disks.stream()
                .filter(disk -> disk.hctl().orElseThrow().host() == host)
                .map(Disk::name)
                .toList();
    }

    private Node begin() {
        return begin(ports().blockDevices());
    }

    private Node begin(BlockDevices disks) {
        var host = ports();
        HostClock clock = () -> host.clock().uptime().plus(ahead.get());
        tap.from(host.uevents());
        var node = Node.start(
                new HostPorts(
                        host.facts(),
                        dm,
                        disks,
                        host.pathProbe(),
                        tap,
                        clock,
                        host.stateFiles(),
                        host.diskControl(),
                        host.fabricEvents()),
                settings(POLLING),
                reports);
        running = Optional.of(node);
        return node;
    }

    /** Passes events on, until it is deaf. */
    private static final class UeventTap implements UeventSource {

        private final List<Consumer<Uevent>> listeners = new CopyOnWriteArrayList<>();
        private final List<Uevent> dropped = new CopyOnWriteArrayList<>();
        private volatile boolean deaf;
        private Optional<Subscription> source = Optional.empty();

        private void from(UeventSource events) {
            source.ifPresent(Subscription::close);
            source = Optional.of(events.onUevent(event -> {
                if (deaf) {
                    dropped.add(event);
                } else {
                    tell(event);
                }
            }));
        }

        private void tell(Uevent event) {
            listeners.forEach(listener -> listener.accept(event));
        }

        @Override
        public Subscription onUevent(Consumer<Uevent> listener) {
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }
    }
}
