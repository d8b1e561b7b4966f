package org.lunwarden.io.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;

class CallPoolTest {

    private final CallPool pool = new CallPool(3, 2);
    private final CountDownLatch release = new CountDownLatch(1);

    @Test
    void aStuckCallDoesNotKeepOthersWaiting() throws InterruptedException {
        var done = new CountDownLatch(1);
        pool.execute("one", this::hang);
        pool.execute("another", this::hang);
        pool.execute("one", done::countDown);

        relieveUntil(done);

        // the thread of the call that is done becomes idle a moment later
        awaitBusy(2);
        release.countDown();
        pool.close();
    }

    @Test
    void noMoreThreadsAreStuckThanTheBoundSays() throws InterruptedException {
        var done = new CountDownLatch(1);
        for (int i = 0; i < 6; i++) {
            pool.execute("adapter " + i, this::hang);
        }
        pool.execute("adapter 0", done::countDown);
        awaitBusy(pool.bound());
        for (int i = 0; i < 20; i++) {
            pool.relieve();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }

        assertThat(pool.busy()).isEqualTo(pool.bound());
        assertThat(done.getCount()).isEqualTo(1);
        release.countDown();
        relieveUntil(done);
        pool.close();
    }

    @Test
    void anAdapterThatHangsLeavesTheOthersTheirThreads() throws InterruptedException {
        var others = new CountDownLatch(40);
        var own = new CountDownLatch(20);
        for (int i = 0; i < 20; i++) {
            pool.execute("hangs", this::hang);
            pool.execute("hangs", own::countDown);
            pool.execute("one", others::countDown);
            pool.execute("another", others::countDown);
        }

        relieveUntil(others);

        awaitBusy(2);
        assertThat(pool.isWaiting()).isFalse();
        release.countDown();
        relieveUntil(own);
        pool.close();
    }

    @Test
    void aPoolThatIsClosedDoesWhatItHas() throws InterruptedException {
        var own = new CountDownLatch(5);
        pool.execute("one", this::hang);
        for (int i = 0; i < 5; i++) {
            pool.execute("one", own::countDown);
        }

        pool.close();
        release.countDown();

        relieveUntil(own);
        assertThatThrownBy(() -> pool.execute("one", own::countDown)).isInstanceOf(RejectedExecutionException.class);
    }

    private void hang() {
        try {
            release.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitBusy(int threads) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (pool.busy() != threads && System.nanoTime() - end < 0) {
            pool.relieve();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        assertThat(pool.busy()).isEqualTo(threads);
    }

    private void relieveUntil(CountDownLatch done) throws InterruptedException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!done.await(10, TimeUnit.MILLISECONDS) && System.nanoTime() - end < 0) {
            pool.relieve();
        }
        assertThat(done.getCount()).isZero();
    }
}
