package org.lunwarden.node;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.lunwarden.io.HostClock;
import org.lunwarden.model.DeviceName;
import org.lunwarden.node.discovery.ReadQueue;

/**
 * The threads that read disks and may wait for them. One set for the life of the daemon: who looks at disks may start
 * anew, and asks no disk again that hangs since before. Safe for use by several threads.
 */
final class DiskReaders implements AutoCloseable {

    /** What is read of a disk: both may be at work at once. */
    enum Kind {
        IDENTITY,
        OPENING
    }

    private record Key(DeviceName disk, Kind kind) {}

    private record Asked<T>(Supplier<T> read, CompletableFuture<T> answer) {

        void perform() {
            try {
                answer.complete(read.get());
            } catch (RuntimeException | Error broke) {
                answer.completeExceptionally(broke);
            }
        }
    }

    private final HostClock clock;
    /** Bounded by the disks, and by who looks at them; no pool of others is used up by disks that hang. */
    private final ExecutorService threads = Executors.newCachedThreadPool(DiskReaders::thread);

    private final Map<Key, Duration> atWork = new HashMap<>();
    private final Map<Key, Asked<?>> waiting = new HashMap<>();

    DiskReaders(HostClock clock) {
        this.clock = clock;
    }

    /**
     * Reads a disk when what is read of it already has ended. Who asks again does so in place of whom it asked for
     * before: only the newest of those that wait is answered.
     */
    <T> CompletableFuture<T> read(DeviceName disk, Kind kind, Supplier<T> read) {
        var asked = new Asked<>(read, new CompletableFuture<T>());
        var key = new Key(disk, kind);
        if (begins(key, asked)) {
            threads.execute(() -> work(key, asked));
        }
        return asked.answer();
    }

    private synchronized boolean begins(Key key, Asked<?> asked) {
        if (atWork.putIfAbsent(key, clock.uptime()) == null) {
            return true;
        }
        waiting.put(key, asked);
        return false;
    }

    private void work(Key key, Asked<?> asked) {
        asked.perform();
        var next = next(key);
        if (next != null) {
            threads.execute(() -> work(key, next));
        }
    }

    private synchronized @Nullable Asked<?> next(Key key) {
        var next = waiting.remove(key);
        if (next == null) {
            atWork.remove(key);
        } else {
            atWork.put(key, clock.uptime());
        }
        return next;
    }

    /** How many threads wait for a disk that hangs. */
    synchronized int hanging() {
        var now = clock.uptime();
        return Math.toIntExact(atWork.values().stream()
                .filter(since -> ReadQueue.isSlow(since, now))
                .count());
    }

    /** Lets nothing more begin. What hangs ends with its disk, or with the process. */
    @Override
    public void close() {
        threads.shutdown();
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "disk-reader");
        thread.setDaemon(true);
        return thread;
    }
}
