package org.lunwarden.deploy.daemon;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the daemon's memory near what it needs. What grew old and became garbage is otherwise collected only once the heap has
 * reached its greatest size, and all that was touched by then is locked in the memory of a machine that has other work. So
 * it is collected when it has grown by half since the last time, some tenths of a second: a minute apart at least, unless it
 * has doubled, and minutes to hours where nothing happens.
 */
public final class OldSpace implements AutoCloseable {

    /** Growth that is worth a collection, in bytes. */
    private static final long LEAST = 16L << 20;

    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration APART = Duration.ofMinutes(1);

    private final ScheduledExecutorService pace;

    private OldSpace(Runnable look) {
        this.pace = Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "old-space");
            thread.setDaemon(true);
            return thread;
        });
        var unused = pace.scheduleWithFixedDelay(look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Does nothing under a collector whose old space does not tell what the last collection left. */
    public static OldSpace watch() {
        var pool = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(some -> some.getType() == MemoryType.HEAP && some.isUsageThresholdSupported())
                .findFirst();
        return new OldSpace(pool.map(OldSpace::look).orElse(() -> {}));
    }

    private static Runnable look(MemoryPoolMXBean pool) {
        return new Runnable() {

            private long last = System.nanoTime();

            @Override
            public void run() {
                var left = Optional.ofNullable(pool.getCollectionUsage()).map(MemoryUsage::getUsed);
                var since = Duration.ofNanos(System.nanoTime() - last);
                if (left.filter(bytes -> isDue(pool.getUsage().getUsed(), bytes, since))
                        .isPresent()) {
                    System.gc();
                    last = System.nanoTime();
                }
            }
        };
    }

    /**
     * @param used bytes
     * @param left bytes in use after the last collection; 0 when there was none
     * @param since the last one of ours
     */
    static boolean isDue(long used, long left, Duration since) {
        return used - left > Math.max(since.compareTo(APART) < 0 ? left : left / 2, LEAST);
    }

    @Override
    public void close() {
        pace.shutdownNow();
    }
}
