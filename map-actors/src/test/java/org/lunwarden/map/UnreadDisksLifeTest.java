package org.lunwarden.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.DeviceMapper.UdevFlags;
import org.lunwarden.map.plan.MapAction;
import org.lunwarden.model.DevT;
import org.lunwarden.model.PathState;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.MapSettings;
import org.lunwarden.model.settings.NoPathRetry;

/** A life whose kernel has paths that nobody tells of since their disks cannot be read. */
class UnreadDisksLifeTest {

    private static final long SEED = 20261122;
    private static final String NAME = Reports.WWID.value();
    private static final String TWO_PATHS = "1 queue_if_no_path 0 1 1 service-time 0 2 1 8:16 1 8:32 1";
    private static final Duration COUNTDOWN = Duration.ofSeconds(11);
    private static final MapSettings RETRYING =
            Settings.of(GroupingPolicy.MULTIBUS, new Failback.Manual(), new NoPathRetry.Retry(2));
    private static final Set<DevT> SECOND = Set.of(Reports.device(2));

    private final KernelDouble kernel = new KernelDouble();
    private final MapLife life = new MapLife(Reports.WWID, RETRYING);
    private Duration now = Duration.ofHours(1);

    @Test
    void suchAPathIsAwaitedBeforeTheTableIsChanged() {
        twoPathsOfWhichOneIsUnread();
        is(Reports.path(1, PathState.UP, 1), Reports.path(3, PathState.UP, 1));

        passes(UnreadPaths.PATIENCE.minusNanos(1));
        assertThat(kernel.acts()).isEmpty();
        passes(Duration.ofNanos(1));

        assertThat(kernel.tableText(NAME)).contains("8:16", "8:48").doesNotContain("8:32");
    }

    @Test
    void noTableIsLoadedForTheSakeOfDroppingIt() {
        twoPathsOfWhichOneIsUnread();
        is(Reports.path(1, PathState.UP, 1));
        passes(Duration.ofMinutes(5));
        assertThat(kernel.acts()).isEmpty();

        unread(Set.of());

        assertThat(kernel.tableText(NAME)).doesNotContain("8:32");
    }

    @Test
    void adoptedWhenItCanBeReadItCostsNoReload() {
        twoPathsOfWhichOneIsUnread();
        is(Reports.path(1, PathState.UP, 1));
        passes(Duration.ofMinutes(5));

        is(Reports.path(2, PathState.UP, 1));
        unread(Set.of());
        passes(Duration.ofMinutes(5));

        assertThat(kernel.acts()).isEmpty();
    }

    @Test
    void anUnreadDiskThatTheTableDoesNotHaveKeepsNothingWaiting() {
        kernel.has(NAME, "mpath-" + NAME, Reports.SECTORS, TWO_PATHS);
        unread(Set.of(Reports.device(7)));
        is(Reports.path(1, PathState.DOWN, 1));
        passes(COUNTDOWN);
        assertThat(kernel.acts()).contains("message fail_if_no_path");

        is(Reports.path(3, PathState.UP, 1));
        passes(Settling.PATIENCE);

        assertThat(kernel.tableText(NAME)).contains("8:16", "8:48").doesNotContain("8:32");
    }

    @Test
    void theCountdownOfAMapThatHangsWholeBeginsWhenItsPathsAreGivenUp() {
        kernel.has(NAME, "mpath-" + NAME, Reports.SECTORS, TWO_PATHS);
        unread(Set.of(Reports.device(1), Reports.device(2)));

        passes(UnreadPaths.PATIENCE);
        passes(COUNTDOWN.minusNanos(1));
        assertThat(kernel.acts()).isEmpty();
        passes(Duration.ofNanos(1));

        assertThat(kernel.acts()).containsExactly("message fail_if_no_path");
    }

    @Test
    void anUnreadPathThatTheKernelHasFailedIsNoHope() {
        kernel.has(NAME, "mpath-" + NAME, Reports.SECTORS, TWO_PATHS);
        kernel.ioFails(NAME, Reports.device(2));
        unread(SECOND);
        is(Reports.path(1, PathState.DOWN, 1));

        passes(COUNTDOWN);

        assertThat(kernel.acts()).contains("message fail_if_no_path");
    }

    @Test
    void aMapThatLostItsLastKnownPathIsKeptWhileOneIsUnread() {
        twoPathsOfWhichOneIsUnread();
        is(Reports.path(1, PathState.UP, 1));
        life.pathGone(Reports.device(1));
        passes(Duration.ofMinutes(5));
        assertThat(kernel.exists(NAME)).isTrue();

        unread(Set.of());

        assertThat(kernel.exists(NAME)).isFalse();
    }

    @Test
    void queueingEndsAtTheSameTimeWhicheverOfTwoNewsCameFirst() {
        var random = new Random(SEED);
        for (var round = 0; round < 200; round++) {
            var down = Duration.ofMillis(random.nextInt(10_000));
            var unread = random.nextInt(5) == 0 ? down : Duration.ofMillis(random.nextInt(10_000));
            var givenUp = unread.plus(UnreadPaths.PATIENCE);
            var end = (down.compareTo(givenUp) > 0 ? down : givenUp).plus(COUNTDOWN);

            assertThat(queueingEnds(down, unread, random.nextBoolean()))
                    .as("seed %d, round %d: down at %s, unread at %s", SEED, round, down, unread)
                    .contains(end);
        }
    }

    /** @param downFirst which news comes first when both come at once */
    private static Optional<Duration> queueingEnds(Duration down, Duration unread, boolean downFirst) {
        var dm = new KernelDouble();
        dm.has(NAME, "mpath-" + NAME, Reports.SECTORS, TWO_PATHS);
        var one = new MapLife(Reports.WWID, RETRYING);
        var news = new TreeMap<Duration, Runnable>();
        Runnable isDown = () -> one.pathIs(Reports.path(1, PathState.DOWN, 1), down);
        Runnable isUnread = () -> one.disksUnread(SECOND);
        if (down.equals(unread)) {
            news.put(down, () -> {
                (downFirst ? isDown : isUnread).run();
                run(one, dm, down);
                (downFirst ? isUnread : isDown).run();
            });
        } else {
            news.put(down, isDown);
            news.put(unread, isUnread);
        }
        var time = Duration.ZERO;
        run(one, dm, time);
        while (time.compareTo(Duration.ofMinutes(5)) < 0) {
            var wake = one.wakeAt(time).orElseThrow();
            var next = news.isEmpty() || wake.compareTo(news.firstKey()) < 0 ? wake : news.firstKey();
            Optional.ofNullable(news.remove(next)).ifPresent(Runnable::run);
            time = next;
            run(one, dm, time);
            if (dm.acts().contains("message fail_if_no_path")) {
                return Optional.of(time);
            }
        }
        return Optional.empty();
    }

    private void twoPathsOfWhichOneIsUnread() {
        kernel.has(NAME, "mpath-" + NAME, Reports.SECTORS, TWO_PATHS);
        unread(SECOND);
    }

    private void unread(Set<DevT> disks) {
        life.disksUnread(disks);
        passes(Duration.ZERO);
    }

    private void is(PathReport... reports) {
        for (var report : reports) {
            life.pathIs(report, now);
        }
        passes(Duration.ZERO);
    }

    private void passes(Duration time) {
        now = now.plus(time);
        run(life, kernel, now);
    }

    private static void run(MapLife life, KernelDouble dm, Duration now) {
        var operation = new DmOperation(dm, life.wwid(), UdevFlags.NONE);
        for (var acts = 0; acts < 50; acts++) {
            var action = life.next(now);
            if (action instanceof MapAction.Nothing || action instanceof MapAction.Reject) {
                return;
            }
            var outcome = operation.perform(action, life.name());
            life.kernelIs(outcome.view(), action, outcome.refusal(), now);
        }
        throw new AssertionError("no rest: " + life.next(now));
    }
}
