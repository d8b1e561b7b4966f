package org.lunwarden.io.linux;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import jnr.ffi.Pointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.io.DeviceMapper.UdevFlags;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.IoResult.Done;

/**
 * Runs requests that udev has to follow, and watches whether it has, no longer than a patience: what udev has not done by
 * then is logged and not waited for. Nobody has to wait: udev may be reading from a map whose last path just failed, and
 * waits itself for what its caller has to do next. Without udev, the library makes and removes the nodes.
 */
final class UdevCookies {

    private static final Logger log = LoggerFactory.getLogger(UdevCookies.class);

    private static final int DISABLE_LIBRARY_FALLBACK = 0x0020;
    private static final int SUBSYSTEM_FLAG0 = 0x0100;
    private static final int SUBSYSTEM_FLAG1 = 0x0200;
    private static final int SUBSYSTEM_FLAG2 = 0x0400;

    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
    /** A start makes hundreds of maps at once: who asks for them all keeps udev from its work. */
    private static final long PAUSE_FOR_EACH = TimeUnit.MILLISECONDS.toNanos(2);

    private static final long LONGEST_PAUSE_OF_MANY = TimeUnit.MILLISECONDS.toNanos(500);

    /** A start makes hundreds of maps at once: to wait for udev must cost no thread of the machine's. */
    private static final Executor FOLLOWERS =
            waiting -> Thread.ofVirtual().name("udev").start(waiting);

    /** Old kernels had 128 semaphore sets. */
    private static final int FEWEST_SETS = 128;

    private final AtomicInteger awaited = new AtomicInteger();

    /**
     * What came of a request.
     *
     * @param udev ends when udev has dealt with it, or its patience is over
     */
    record Ran(IoResult<Done> answer, CompletionStage<Void> udev) {

        /** The same, when udev has dealt with it. */
        IoResult<Done> followed() {
            udev.toCompletableFuture().join();
            return answer;
        }
    }

    /**
     * How many may be awaited at once: each is a set of semaphores, and half of the host's are left to others.
     *
     * @param limits {@code /proc/sys/kernel/sem}, of which the fourth number is that of all sets; see proc_sys_kernel(5)
     */
    static int most(String limits) {
        var sets = limits.strip().split("\\s+", -1);
        try {
            return Math.max(1, Integer.parseInt(sets.length == 4 ? sets[3] : "") / 2);
        } catch (NumberFormatException unknown) {
            return FEWEST_SETS / 2;
        }
    }

    Ran run(DmTask task, UdevFlags flags) {
        var dm = LibDevmapper.calls();
        var cookie = LibC.allocate(4);
        IoResult<DmTask> ran;
        synchronized (LibDevmapper.NODES) {
            var word = word(flags, dm.dm_udev_get_sync_support() != 0);
            ran = task.with(changed -> dm.dm_task_set_cookie(changed, cookie, (short) word))
                    .run();
        }
        var subject = task.toString();
        var number = cookie.getInt(0);
        if (number == 0) {
            follow(dm, number, subject, flags.patience());
            return new Ran(ran.then(answer -> IoResult.done()), CompletableFuture.completedFuture(null));
        }
        return new Ran(
                ran.then(answer -> IoResult.done()),
                CompletableFuture.runAsync(() -> follow(dm, number, subject, flags.patience()), FOLLOWERS));
    }

    private void follow(LibDevmapper.Calls dm, int cookie, String subject, Duration patience) {
        if (!await(dm, cookie, patience)) {
            log.warn("{}: udev has not dealt with it for {} s", subject, patience.toSeconds());
        }
    }

    /** udev alone makes the nodes when it runs: two makers of one node would race. */
    static int word(UdevFlags flags, boolean udevRuns) {
        return (udevRuns ? DISABLE_LIBRARY_FALLBACK : 0)
                | (flags.reload() ? SUBSYSTEM_FLAG0 : 0)
                | (flags.skipKpartx() ? SUBSYSTEM_FLAG1 : 0)
                | (flags.noUsablePath() ? SUBSYSTEM_FLAG2 : 0);
    }

    /** The library's own wait has no limit and holds its list of nodes; so it is asked again and again. */
    private boolean await(LibDevmapper.Calls dm, int cookie, Duration patience) {
        if (cookie == 0) {
            // no udev: nothing to wait for, but the library's own changes of nodes are due
            synchronized (LibDevmapper.NODES) {
                return dm.dm_udev_wait(0) != 0;
            }
        }
        var unused = awaited.incrementAndGet();
        try {
            return awaitUdev(dm, cookie, patience);
        } finally {
            awaited.decrementAndGet();
        }
    }

    private boolean awaitUdev(LibDevmapper.Calls dm, int cookie, Duration patience) {
        var ready = LibC.allocate(4);
        var start = System.nanoTime();
        for (var pause = SHORTEST_PAUSE;
                !isReady(dm, cookie, ready);
                pause = Math.min(2 * pause, longestPause(awaited.get()))) {
            var left = patience.toNanos() - (System.nanoTime() - start);
            if (left <= 0) {
                synchronized (LibDevmapper.NODES) {
                    var unused = dm.dm_udev_complete(cookie);
                }
                return isReady(dm, cookie, ready);
            }
            LockSupport.parkNanos(Math.min(pause, left));
        }
        return true;
    }

    /** In nanoseconds. */
    static long longestPause(int awaited) {
        return Math.clamp(awaited * PAUSE_FOR_EACH, LONGEST_PAUSE, LONGEST_PAUSE_OF_MANY);
    }

    private static boolean isReady(LibDevmapper.Calls dm, int cookie, Pointer ready) {
        synchronized (LibDevmapper.NODES) {
            return dm.dm_udev_wait_immediate(cookie, ready) == 0 || ready.getInt(0) != 0;
        }
    }
}
