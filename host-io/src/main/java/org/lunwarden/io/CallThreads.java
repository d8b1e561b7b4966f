package org.lunwarden.io;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Threads for calls that as a rule come back at once, and may hang. A burst is done by one; they are doubled, up to a
 * bound, each time that others are waiting and none has come back for a while, or they have waited for long. Those that are
 * not needed any more end.
 */
public final class CallThreads implements Executor {

    private static final Duration STUCK = Duration.ofMillis(50);

    private static final int FIRST = 1;
    /** Calls that have been waiting for so many looks have waited for long, though some came back. */
    private static final int LONG_QUEUE = 5;

    private static final Duration IDLE = Duration.ofSeconds(10);

    private final int most;
    private final Executor later;
    private final ThreadPoolExecutor threads;
    private final AtomicBoolean watched = new AtomicBoolean();
    private volatile long progress;
    private volatile long resized;
    /** How often in a row calls were found waiting. Used by one at a time. */
    private volatile int spells;

    /** @param most how many calls may hang before the next one waits for one of them */
    public CallThreads(String name, int most) {
        this(
                most,
                work -> {
                    var thread = new Thread(work, name);
                    thread.setDaemon(true);
                    return thread;
                },
                CompletableFuture.delayedExecutor(STUCK.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** @param later looks after a while whether calls are stuck */
    CallThreads(int most, ThreadFactory factory, Executor later) {
        this.most = most;
        this.later = later;
        this.threads = new ThreadPoolExecutor(
                FIRST, most, IDLE.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        threads.allowCoreThreadTimeOut(true);
    }

    /** Where it fails, for lack of a thread, the call is not made. */
    @Override
    public void execute(Runnable call) {
        shrink();
        var taken = new Call(call);
        try {
            threads.execute(taken);
        } catch (RuntimeException | Error noThread) {
            if (taken.takeBack()) {
                threads.remove(taken);
                throw noThread;
            }
        }
        watch();
    }

    /** The pool may fail with a call in its queue, where a thread finds it later. */
    private final class Call implements Runnable {

        private final Runnable call;
        private final AtomicBoolean gone = new AtomicBoolean();

        private Call(Runnable call) {
            this.call = call;
        }

        /** False when it is being made. */
        boolean takeBack() {
            return gone.compareAndSet(false, true);
        }

        @Override
        public void run() {
            if (gone.compareAndSet(false, true)) {
                progress = System.nanoTime();
                try {
                    call.run();
                } finally {
                    progress = System.nanoTime();
                }
            }
        }
    }

    /** Where that fails, the next call that waits is looked after; those that have been taken are made all the same. */
    private void watch() {
        if (isWaiting() && watched.compareAndSet(false, true)) {
            try {
                later.execute(this::relieve);
            } catch (OutOfMemoryError noThread) {
                watched.set(false);
            }
        }
    }

    private void relieve() {
        try {
            spells = isWaiting() ? spells + 1 : 0;
            var size = threads.getCorePoolSize();
            if (isWaiting()
                    && size < most
                    && (System.nanoTime() - progress >= STUCK.toNanos() || spells >= LONG_QUEUE)) {
                resize(Math.min(most, 2 * size));
                spells = 0;
            }
        } finally {
            watched.set(false);
            watch();
        }
    }

    /** A call goes to the thread that has been idle for longest, so that of many none is idle for long. */
    private void shrink() {
        var size = threads.getCorePoolSize();
        if (size > FIRST && System.nanoTime() - resized >= IDLE.toNanos()) {
            resize(Math.min(size, Math.max(FIRST, 2 * threads.getActiveCount())));
        }
    }

    private synchronized void resize(int size) {
        resized = System.nanoTime();
        threads.setMaximumPoolSize(Math.max(size, threads.getCorePoolSize()));
        threads.setCorePoolSize(size);
        threads.setMaximumPoolSize(size);
    }

    private boolean isWaiting() {
        return !threads.getQueue().isEmpty();
    }

    /** How many calls are at work. */
    public int busy() {
        return threads.getActiveCount();
    }

    /** How many calls can be at work. */
    public int bound() {
        return most;
    }

    /** Takes no more calls; those it has are made. */
    public void close() {
        threads.shutdown();
    }

    public boolean isClosed() {
        return threads.isShutdown();
    }

    int size() {
        return threads.getPoolSize();
    }
}
