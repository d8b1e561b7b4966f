package org.lunwarden.io.linux;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for calls that may wait for a device. One does while calls come back at once; when none has come back for a
 * while and others are waiting, one more is added, up to a bound.
 */
final class CallPool {

    private static final long STUCK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final int bound;
    private final ThreadPoolExecutor threads;
    private volatile long progress = System.nanoTime();

    CallPool(int bound) {
        this.bound = bound;
        threads = new ThreadPoolExecutor(1, bound, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
        threads.allowCoreThreadTimeOut(true);
    }

    private Thread thread(Runnable work) {
        var thread = new Thread(work, "probe-calls");
        thread.setDaemon(true);
        return thread;
    }

    void execute(Runnable call) {
        threads.execute(() -> {
            progress = System.nanoTime();
            try {
                call.run();
            } finally {
                progress = System.nanoTime();
            }
        });
    }

    /** To be called now and then while {@link #isWaiting}: adds a thread when those there are stuck. */
    void relieve() {
        var size = threads.getCorePoolSize();
        if (!isWaiting()) {
            // each setting wakes the threads that rest
            if (size > 1 && threads.getActiveCount() == 0) {
                threads.setCorePoolSize(1);
            }
        } else if (size < bound && System.nanoTime() - progress > STUCK_NANOS) {
            threads.setCorePoolSize(size + 1);
            progress = System.nanoTime();
        }
    }

    /** Whether calls wait for a thread. */
    boolean isWaiting() {
        return !threads.getQueue().isEmpty();
    }

    int busy() {
        return threads.getActiveCount();
    }

    int bound() {
        return bound;
    }

    boolean isClosed() {
        return threads.isShutdown();
    }

    /** Takes no more calls; those it has are done. */
    void close() {
        threads.shutdown();
    }
}
