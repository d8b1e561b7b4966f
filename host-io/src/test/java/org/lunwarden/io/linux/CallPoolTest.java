package org.lunwarden.io.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.io.linux.CallPool.Place;
import org.lunwarden.io.linux.CallPool.Quota;

class CallPoolTest {

    private static final Place HUNG = new Place("host3", "target3:0:0");

    private final CallPool pool = new CallPool(6, new Quota(2, 4));
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void close() {
        release.countDown();
        pool.close();
    }

    @Test
    void aStuckCallDoesNotKeepOthersWaiting() throws InterruptedException {
        var done = new CountDownLatch(1);
        pool.execute(new Place("host1", "target1:0:0"), this::hang);
        pool.execute(HUNG, this::hang);
        pool.execute(HUNG, done::countDown);

        await(done);
    }

    @Test
    void aTargetThatHangsLeavesTheOthersOfItsAdapterTheirThreads() throws InterruptedException {
        var others = new CountDownLatch(40);
        var own = new CountDownLatch(20);
        for (int i = 0; i < 20; i++) {
            pool.execute(HUNG, this::hang);
            pool.execute(HUNG, own::countDown);
            pool.execute(new Place("host3", "target3:0:1"), others::countDown);
            pool.execute(new Place("host4", "target3:0:0"), others::countDown);
        }

        await(others);

        awaitBusy(2);
        release.countDown();
        await(own);
    }

    @Test
    void anAdapterThatHangsWithAllItsTargetsLeavesTheOthersTheirThreads() throws InterruptedException {
        var others = new CountDownLatch(20);
        for (int target = 0; target < 10; target++) {
            for (int i = 0; i < 5; i++) {
                pool.execute(new Place("host3", "target3:0:" + target), this::hang);
            }
        }
        for (int i = 0; i < 20; i++) {
            pool.execute(new Place("host4", "target4:0:" + i), others::countDown);
        }

        await(others);

        awaitBusy(4);
    }

    @Test
    void whatHangsHoldsUpNothingElseWhateverTheOrder() throws InterruptedException {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        for (var round = 0; round < 20; round++) {
            var hosts = 1 + random.nextInt(3);
            var calls = new CallPool(hosts * 4 + 2, new Quota(2, 4));
            var end = new CountDownLatch(1);
            var work = new ArrayList<Runnable>();
            var healthy = new CountDownLatch(hosts * 3 * 8);
            var late = new CountDownLatch(hosts * 8);
            for (int host = 0; host < hosts; host++) {
                for (int target = 0; target < 4; target++) {
                    var place = new Place("host" + host, "target" + target);
                    for (int i = 0; i < 8; i++) {
                        Runnable call = target == 0 ? () -> wait(end, late) : healthy::countDown;
                        work.add(() -> calls.execute(place, call));
                    }
                }
            }
            Collections.shuffle(work, random);
            work.forEach(Runnable::run);

            assertThat(healthy.await(20, TimeUnit.SECONDS))
                    .as("seed %d, round %d", seed, round)
                    .isTrue();
            end.countDown();
            assertThat(late.await(20, TimeUnit.SECONDS))
                    .as("seed %d, round %d", seed, round)
                    .isTrue();
            calls.close();
        }
    }

    @Test
    void aTargetThatWaitedForItsAdapterHasAllItsThreadsWhenOthersGiveTheirsBack() throws InterruptedException {
        var own = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            pool.execute(HUNG, this::hang);
            pool.execute(new Place("host3", "target3:0:1"), () -> wait(own, new CountDownLatch(0)));
        }
        awaitBusy(4);
        var late = new Place("host3", "target3:0:2");
        var together = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            pool.execute(late, () -> {
                together.countDown();
                hang();
            });
        }

        own.countDown();
        own.countDown();

        await(together);
    }

    @Test
    void everyCallIsMadeAsSoonAsThereIsAThreadForItWhateverHangs() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        for (var round = 0; round < 5; round++) {
            var quota = new Quota(1 + random.nextInt(3), 2 + random.nextInt(4));
            var calls = new CallPool(2 * quota.ofAdapter(), quota);
            var hanging = new ConcurrentHashMap<CountDownLatch, Place>();
            var unfinished = new HashMap<Place, Integer>();
            for (var step = 0; step < 100; step++) {
                if (random.nextInt(5) < 3) {
                    var place = new Place("host" + random.nextInt(2), "target" + random.nextInt(4));
                    var end = new CountDownLatch(1);
                    unfinished.merge(place, 1, Integer::sum);
                    calls.execute(place, () -> {
                        hanging.put(end, place);
                        wait(end, new CountDownLatch(0));
                    });
                } else if (!hanging.isEmpty()) {
                    var all = List.copyOf(hanging.keySet());
                    end(all.get(random.nextInt(all.size())), hanging, unfinished);
                }
                var due = due(unfinished, quota);
                assertThat(becomes(() -> hanging.size() == due))
                        .as("seed %d, round %d, step %d: %d of %d at work", seed, round, step, hanging.size(), due)
                        .isTrue();
            }
            while (due(unfinished, quota) > 0) {
                List.copyOf(hanging.keySet()).forEach(end -> end(end, hanging, unfinished));
                var due = due(unfinished, quota);
                assertThat(becomes(() -> hanging.size() == due))
                        .as("seed %d, round %d", seed, round)
                        .isTrue();
            }
            calls.close();
        }
    }

    private static void end(CountDownLatch end, Map<CountDownLatch, Place> hanging, Map<Place, Integer> unfinished) {
        var place = Objects.requireNonNull(hanging.remove(end));
        unfinished.merge(place, -1, Integer::sum);
        end.countDown();
    }

    /** How many calls the quota lets be made at once. */
    private static int due(Map<Place, Integer> unfinished, Quota quota) {
        var ofAdapters = new HashMap<String, Integer>();
        unfinished.forEach(
                (place, calls) -> ofAdapters.merge(place.adapter(), Math.min(calls, quota.ofTarget()), Integer::sum));
        return ofAdapters.values().stream()
                .mapToInt(calls -> Math.min(calls, quota.ofAdapter()))
                .sum();
    }

    @Test
    void aCallThatWasTakenBackIsNotMadeAndTheOthersAre() throws InterruptedException {
        var own = new CountDownLatch(1);
        Runnable takenBack = () -> {
            throw new AssertionError("it was taken back");
        };
        pool.execute(HUNG, this::hang);
        pool.execute(HUNG, this::hang);
        pool.execute(HUNG, takenBack);
        pool.execute(HUNG, own::countDown);

        assertThat(pool.withdraw(HUNG, takenBack)).isTrue();
        assertThat(pool.withdraw(HUNG, takenBack)).isFalse();
        release.countDown();

        await(own);
    }

    @Test
    void noMoreThreadsAreStuckThanTheBoundSays() throws InterruptedException {
        var done = new CountDownLatch(1);
        for (int i = 0; i < 12; i++) {
            pool.execute(new Place("host" + i, ""), this::hang);
        }
        pool.execute(new Place("host0", ""), done::countDown);
        awaitBusy(pool.bound());

        assertThat(done.getCount()).isEqualTo(1);
        release.countDown();
        await(done);
    }

    @Test
    void aPoolThatIsClosedDoesWhatItHas() throws InterruptedException {
        var own = new CountDownLatch(5);
        pool.execute(HUNG, this::hang);
        for (int i = 0; i < 5; i++) {
            pool.execute(HUNG, own::countDown);
        }

        pool.close();
        release.countDown();

        await(own);
        assertThatThrownBy(() -> pool.execute(HUNG, own::countDown)).isInstanceOf(RejectedExecutionException.class);
    }

    private void hang() {
        wait(release, new CountDownLatch(0));
    }

    private static void wait(CountDownLatch end, CountDownLatch done) {
        try {
            end.await();
            done.countDown();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitBusy(int threads) {
        becomes(() -> pool.busy() == threads);
        assertThat(pool.busy()).isEqualTo(threads);
    }

    private static boolean becomes(BooleanSupplier so) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!so.getAsBoolean() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        return so.getAsBoolean();
    }

    private static void await(CountDownLatch done) throws InterruptedException {
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }
}
