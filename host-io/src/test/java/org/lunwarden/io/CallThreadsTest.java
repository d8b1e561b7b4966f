package org.lunwarden.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;

class CallThreadsTest {

    @Test
    void aBurstOfCallsThatComeBackIsDoneByAFew() throws InterruptedException {
        var threads = new CallThreads("burst", 64);
        var by = Collections.synchronizedSet(new HashSet<Thread>());
        var done = new CountDownLatch(1000);
        for (int i = 0; i < 1000; i++) {
            threads.execute(() -> {
                by.add(Thread.currentThread());
                done.countDown();
            });
        }
        assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
        // a machine that stands still for a while makes them look stuck
        assertThat(by.size()).isLessThan(64);
    }

    @Test
    void callsThatHangKeepNoOtherFromBeingMadeUpToTheBound() throws InterruptedException {
        var threads = new CallThreads("hanging", 32);
        var released = new CountDownLatch(1);
        var hanging = new CountDownLatch(31);
        for (int i = 0; i < 31; i++) {
            threads.execute(() -> {
                hanging.countDown();
                await(released);
            });
        }
        var made = new CountDownLatch(1);
        threads.execute(made::countDown);

        assertThat(made.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(hanging.getCount()).isZero();
        assertThat(threads.size()).isLessThanOrEqualTo(32);
        released.countDown();
    }

    @Test
    void threadsThatWereNeededOnceEndThoughCallsGoOn() throws InterruptedException {
        var threads = new CallThreads("once", 32);
        var released = new CountDownLatch(1);
        var hanging = new CountDownLatch(16);
        for (int i = 0; i < 16; i++) {
            threads.execute(() -> {
                hanging.countDown();
                await(released);
            });
        }
        assertThat(hanging.await(1, TimeUnit.MINUTES)).isTrue();
        released.countDown();

        var until = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (threads.size() > 2 && System.nanoTime() < until) {
            var made = new CountDownLatch(1);
            threads.execute(made::countDown);
            assertThat(made.await(1, TimeUnit.MINUTES)).isTrue();
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }

        assertThat(threads.size()).isLessThanOrEqualTo(2);
    }

    @Test
    void beyondTheBoundACallWaitsForOneThatHangs() throws InterruptedException {
        var threads = new CallThreads("bound", 4);
        var released = new ArrayList<CountDownLatch>();
        var hanging = new CountDownLatch(4);
        for (int i = 0; i < 4; i++) {
            var release = new CountDownLatch(1);
            released.add(release);
            threads.execute(() -> {
                hanging.countDown();
                await(release);
            });
        }
        assertThat(hanging.await(1, TimeUnit.MINUTES)).isTrue();
        var made = new CountDownLatch(1);
        threads.execute(made::countDown);
        assertThat(made.getCount()).isOne();

        released.getFirst().countDown();
        assertThat(made.await(1, TimeUnit.MINUTES)).isTrue();
        released.forEach(CountDownLatch::countDown);
    }

    @Test
    void aCallIsTakenThoughThereIsNoThreadToLookAfterTheQueue() throws InterruptedException {
        var looks = new AtomicInteger();
        var threads = new CallThreads(4, Thread::new, look -> {
            looks.incrementAndGet();
            throw new OutOfMemoryError("unable to create native thread");
        });
        var released = new CountDownLatch(1);
        var begun = new CountDownLatch(1);
        threads.execute(() -> {
            begun.countDown();
            await(released);
        });
        begun.await();
        var made = new CountDownLatch(2);

        threads.execute(made::countDown);
        threads.execute(made::countDown);

        assertThat(looks).hasValue(2);
        released.countDown();
        assertThat(made.await(1, TimeUnit.MINUTES)).isTrue();
        threads.close();
    }

    @Test
    void aCallThatIsRefusedForLackOfAThreadIsNotMadeLater() throws InterruptedException {
        var none = new AtomicBoolean(true);
        var threads = new CallThreads(
                4,
                work -> {
                    if (none.get()) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    return new Thread(work);
                },
                look -> {});
        var made = new CountDownLatch(1);
        var refused = new AtomicBoolean();

        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> threads.execute(() -> refused.set(true)));
        none.set(false);
        threads.execute(made::countDown);

        assertThat(made.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(refused).isFalse();
        threads.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
