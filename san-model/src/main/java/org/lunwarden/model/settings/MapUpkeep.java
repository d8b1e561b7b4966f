package org.lunwarden.model.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * Settings of a map that its table does not show.
 *
 * @param deferredRemove a map without paths that somebody has open goes with its last close
 * @param ghostDelay how long a new map of passive paths only is not announced as ready; empty to announce it at once
 * @param ueventPatience how long a new map is not reloaded before its uevent was heard
 * @param reassign whether tables on top of a path are moved onto the path's map
 * @param maxSectorsKb largest request in KiB that a new map's paths are given; empty to leave them as they are
 * @param removeRetries how often the removal of a map is tried again after a second each; then ever more rarely
 */
public record MapUpkeep(
        AutoResize autoResize,
        FlushOnLastDel flushOnLastDel,
        boolean deferredRemove,
        QueueWithoutDaemon queueWithoutDaemon,
        Optional<Duration> ghostDelay,
        Duration ueventPatience,
        boolean reassign,
        Optional<Integer> maxSectorsKb,
        int removeRetries) {

    /** What holds where nothing is said. */
    public static final MapUpkeep BUILT_IN = new MapUpkeep(
            AutoResize.NEVER,
            FlushOnLastDel.UNUSED,
            false,
            QueueWithoutDaemon.UNTIL_SHUTDOWN,
            Optional.empty(),
            Duration.ofSeconds(30),
            false,
            Optional.empty(),
            0);
}
