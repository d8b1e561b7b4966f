package org.lunwarden.io.linux;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for calls that may wait for a device. One does while calls come back at once; when others are waiting and none
 * has come back for a while, or they have been waiting for long, one more is added, up to a bound. The calls of one adapter have a few of them at most, so
 * that one that hangs with all its devices leaves the others theirs.
 */
final class CallPool {

    private static final long STUCK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONG_QUEUE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final int bound;
    private final int quota;
    private final ThreadPoolExecutor threads;
    /** The calls of each adapter that has any. */
    private final Map<String, Line> lines = new HashMap<>();

    private volatile long progress = System.nanoTime();
    /** Since when calls have been waiting at each {@link #relieve}. */
    private Optional<Long> waitingSince = Optional.empty();

    private boolean closing;

    /** Calls of one adapter: those that wait, of them those that have a place among the next, and those at work. */
    private static final class Line {
        private final Deque<Runnable> waiting = new ArrayDeque<>();
        private int placed;
        private int atWork;
    }

    /**
     * @param bound threads at most
     * @param quota threads for the calls of one adapter at most
     */
    CallPool(int bound, int quota) {
        this.bound = bound;
        this.quota = quota;
        threads = new ThreadPoolExecutor(1, bound, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
        threads.allowCoreThreadTimeOut(true);
    }

    private Thread thread(Runnable work) {
        var thread = new Thread(work, "probe-calls");
        thread.setDaemon(true);
        return thread;
    }

    void execute(String adapter, Runnable call) {
        synchronized (lines) {
            if (closing) {
                throw new RejectedExecutionException("closed");
            }
            var line = lines.computeIfAbsent(adapter, first -> new Line());
            line.waiting.add(call);
            place(adapter, line);
        }
    }

    private void place(String adapter, Line line) {
        if (line.waiting.size() > line.placed && line.placed + line.atWork < quota) {
            threads.execute(() -> perform(adapter, line));
            line.placed++;
        }
    }

    /** One call of the adapter; the next one goes behind those of the others. */
    private void perform(String adapter, Line line) {
        progress = System.nanoTime();
        try {
            begin(line).run();
        } finally {
            progress = System.nanoTime();
            end(adapter, line);
        }
    }

    private Runnable begin(Line line) {
        synchronized (lines) {
            line.placed--;
            line.atWork++;
            return line.waiting.remove();
        }
    }

    private void end(String adapter, Line line) {
        synchronized (lines) {
            line.atWork--;
            place(adapter, line);
            if (line.placed + line.atWork == 0) {
                lines.remove(adapter);
                closeWhenIdle();
            }
        }
    }

    /** To be called now and then while {@link #isWaiting}: adds a thread when those there are stuck. */
    void relieve() {
        var size = threads.getCorePoolSize();
        var now = System.nanoTime();
        if (!isWaiting()) {
            waitingSince = Optional.empty();
            // each setting wakes the threads that rest
            if (size > 1 && threads.getActiveCount() == 0) {
                threads.setCorePoolSize(1);
            }
            return;
        }
        var since = waitingSince.orElse(now);
        waitingSince = Optional.of(since);
        if (size < bound && (now - progress > STUCK_NANOS || now - since > LONG_QUEUE_NANOS)) {
            threads.setCorePoolSize(size + 1);
            progress = now;
            waitingSince = Optional.of(now);
        }
    }

    /** Takes back a call that waits; false when it has a place among the next already, and will be made. */
    boolean withdraw(String adapter, Runnable call) {
        synchronized (lines) {
            var line = lines.get(adapter);
            return line != null && line.waiting.size() > line.placed && line.waiting.remove(call);
        }
    }

    /** Whether calls wait for a thread that they may have. */
    boolean isWaiting() {
        return !threads.getQueue().isEmpty();
    }

    int busy() {
        return threads.getActiveCount();
    }

    int bound() {
        return bound;
    }

    /** Whether it takes no more calls and has done all. */
    boolean isClosed() {
        return threads.isShutdown();
    }

    /** Takes no more calls; those it has are done. */
    void close() {
        synchronized (lines) {
            closing = true;
            closeWhenIdle();
        }
    }

    private void closeWhenIdle() {
        if (closing && lines.isEmpty()) {
            threads.shutdown();
        }
    }
}
