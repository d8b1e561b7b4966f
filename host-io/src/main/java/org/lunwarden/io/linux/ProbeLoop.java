package org.lunwarden.io.linux;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

import jnr.ffi.Pointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.io.DeviceProbe.Answer;

/**
 * The one thread that waits for the answers of all devices and keeps their deadlines. What may wait for a device is
 * done by the {@link CallPool}; everything else of a probe happens on this thread, so it needs no locks.
 */
final class ProbeLoop {

    private static final Logger log = LoggerFactory.getLogger(ProbeLoop.class);

    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLL_CTL_DEL = 2;
    private static final int EPOLLIN = 0x1;
    private static final int EVENTS = 64;
    private static final int EVENT_SIZE = System.getProperty("os.arch", "").equals("amd64") ? 12 : 16;
    private static final int EVENT_DATA = EVENT_SIZE - 8;

    private final CallPool pool;
    private final Wakeup wakeup = new Wakeup();
    private final AtomicBoolean awake = new AtomicBoolean();
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Map<Integer, Runnable> readers = new HashMap<>();
    private final NavigableSet<Pending<?>> deadlines = new TreeSet<>(Pending.BY_DEADLINE);
    private final Pointer events = LibC.allocate(EVENTS * EVENT_SIZE);
    private final Pointer change = LibC.allocate(EVENT_SIZE);
    private final int epoll;
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicInteger overdue = new AtomicInteger();
    private final AtomicLong lateAnswers = new AtomicLong();
    private final AtomicLong notAsked = new AtomicLong();
    private volatile boolean stopped;

    ProbeLoop(CallPool pool) {
        this.pool = pool;
        epoll = LibC.calls().epoll_create1(LibC.O_CLOEXEC);
        if (epoll < 0) {
            throw new IllegalStateException("epoll_create1: " + LibC.reason(LibC.errno()));
        }
        watch(wakeup.fd(), wakeup::drain);
    }

    void start() {
        var thread = new Thread(this::run, "probe-loop");
        thread.setDaemon(true);
        thread.start();
    }

    /** Does something on the loop's thread; callable from any thread. */
    void execute(Runnable task) {
        tasks.add(task);
        if (awake.compareAndSet(false, true)) {
            wakeup.wake();
        }
    }

    /** The same, but whenever the loop is awake next, which an answer or a deadline sees to. */
    void executeLater(Runnable task) {
        tasks.add(task);
    }

    /** A probe from now to the deadline, given in nanoseconds from now; callable from any thread. */
    <T> Pending<T> open(long nanos) {
        return new Pending<>(numbers.incrementAndGet(), System.nanoTime() + nanos);
    }

    /**
     * Keeps a probe's deadline.
     *
     * @param takingBack asked at the deadline: true when the device has not been asked and will not be
     */
    void await(Pending<?> probe, BooleanSupplier takingBack) {
        probe.keptBy(takingBack);
        pending.incrementAndGet();
        deadlines.add(probe);
    }

    /** Ends a probe that is awaited. */
    <T> void end(Pending<T> probe, Answer<T> with) {
        if (probe.isOverdue()) {
            overdue.decrementAndGet();
            lateAnswers.incrementAndGet();
        } else {
            pending.decrementAndGet();
            deadlines.remove(probe);
            if (with instanceof Answer.NotAsked<T>) {
                notAsked.incrementAndGet();
            }
        }
        probe.end(with);
    }

    /** Forgets overdue probes whose answers nobody will read. */
    void abandon(int count) {
        overdue.addAndGet(-count);
    }

    /** Calls the reader whenever the file has something to read, or has failed. False when the kernel refuses. */
    boolean watch(int fd, Runnable reader) {
        change.putInt(0, EPOLLIN);
        change.putLong(EVENT_DATA, fd);
        if (LibC.calls().epoll_ctl(epoll, EPOLL_CTL_ADD, fd, change) < 0) {
            return false;
        }
        readers.put(fd, reader);
        return true;
    }

    void unwatch(int fd) {
        if (readers.remove(fd) != null) {
            var unused = LibC.calls().epoll_ctl(epoll, EPOLL_CTL_DEL, fd, change);
        }
    }

    CallPool pool() {
        return pool;
    }

    int pending() {
        return pending.get();
    }

    int overdue() {
        return overdue.get();
    }

    long lateAnswers() {
        return lateAnswers.get();
    }

    long notAsked() {
        return notAsked.get();
    }

    /** Ends the loop, and its pool when the calls it has are done. */
    void stop() {
        execute(() -> stopped = true);
    }

    private void run() {
        while (!stopped) {
            var unused = takeEvents(patience());
            runTasks();
            if (isDue()) {
                takeAllEvents();
                runTasks();
                expire();
            }
        }
        pool.close();
        readers.keySet().forEach(fd -> LibC.calls().epoll_ctl(epoll, EPOLL_CTL_DEL, fd, change));
        wakeup.close();
        var unused = LibC.calls().close(epoll);
    }

    private int takeEvents(int patience) {
        var ready = LibC.calls().epoll_wait(epoll, events, EVENTS, patience);
        for (int i = 0; i < ready; i++) {
            var reader = readers.get((int) events.getLong((long) i * EVENT_SIZE + EVENT_DATA));
            if (reader != null) {
                guarded(reader);
            }
        }
        return ready;
    }

    /** What was answered while this process did not run was answered in time. Each file has its turn. */
    private void takeAllEvents() {
        for (int left = readers.size(); left > 0; left -= EVENTS) {
            if (takeEvents(0) < EVENTS) {
                return;
            }
        }
    }

    private void runTasks() {
        awake.set(false);
        for (var task = tasks.poll(); task != null; task = tasks.poll()) {
            guarded(task);
        }
    }

    /** A host that can make no thread, or has no memory, for a moment is no reason to ask no device ever again. */
    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | OutOfMemoryError broke) {
            log.error("the probe loop goes on after", broke);
        }
    }

    private boolean isDue() {
        return !deadlines.isEmpty() && deadlines.first().deadline() - System.nanoTime() <= 0;
    }

    private void expire() {
        while (isDue()) {
            var late = deadlines.first();
            if (late.wasTakenBack()) {
                end(late, new Answer.NotAsked<>("no thread was free to ask the device"));
            } else {
                deadlines.remove(late);
                pending.decrementAndGet();
                overdue.incrementAndGet();
                late.expire();
            }
        }
    }

    /** Milliseconds until there is something to do without an event; -1 for no limit. */
    private int patience() {
        if (!tasks.isEmpty()) {
            return 0;
        }
        if (deadlines.isEmpty()) {
            return -1;
        }
        var nanos = Math.max(0, deadlines.first().deadline() - System.nanoTime());
        return (int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(nanos + 999_999));
    }
}
