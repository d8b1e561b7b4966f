package org.lunwarden.io;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
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
    private final ThreadPoolExecutor threads;
    private final AtomicBoolean watched = new AtomicBoolean();
    private volatile long progress;
    private volatile long resized;
    /** How often in a row calls were found waiting. Used by one at a time. */
    private volatile int spells;

    /** @param most how many calls may hang before the next one waits for one of them */
    public CallThreads(String name, int most) {
        this.most = most;
        this.threads = new ThreadPoolExecutor(
                FIRST, most, IDLE.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    var thread = new Thread(work, name);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable call) {
        shrink();
        threads.execute(() -> {
            progress = System.nanoTime();
            try {
                call.run();
            } finally {
                progress = System.nanoTime();
            }
        });
        watch();
    }

    private void watch() {
        if (isWaiting() && watched.compareAndSet(false, true)) {
            CompletableFuture.delayedExecutor(STUCK.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::relieve);
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
