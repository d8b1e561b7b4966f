package org.lunwarden.map;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.lunwarden.model.DevT;

/**
 * Paths of the kernel's table that nobody has told of since their disks cannot be read.
 *
 * <p>For {@link #PATIENCE} each of them counts as a path whose check has not told yet: the table is not changed, and
 * while the kernel uses it no countdown of {@code no_path_retry} runs, whichever of both was heard of first. After that it
 * is a failed path: it gives no hope to a map without a usable one, and it stays in the table until something else calls
 * for another table, since a table without it would first have to wait for its I/O.
 *
 * @param since from which uptime on each of them is unread
 */
record UnreadPaths(Map<DevT, Duration> since) {

    /** As long as a SCSI command may take: a disk that hangs for longer hangs for good, as far as I/O is concerned. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    static final UnreadPaths NONE = new UnreadPaths(Map.of());

    UnreadPaths {
        since = Map.copyOf(since);
    }

    /** They are these now. One that was read meanwhile, and cannot be again, is waited for anew. */
    UnreadPaths at(Duration now, Set<DevT> paths) {
        return new UnreadPaths(
                paths.stream().collect(Collectors.toMap(Function.identity(), path -> since.getOrDefault(path, now))));
    }

    /** Those that are not given up. */
    Set<DevT> awaited(Duration now) {
        var awaited = new TreeMap<>(since);
        awaited.values().removeIf(from -> now.compareTo(from.plus(PATIENCE)) >= 0);
        return awaited.keySet();
    }

    /** Whether there are some, and all are given up. */
    boolean areGivenUp(Duration now) {
        return !since.isEmpty() && awaited(now).isEmpty();
    }

    Set<DevT> all() {
        return since.keySet();
    }

    Stream<Duration> waitUntil() {
        return since.values().stream().map(from -> from.plus(PATIENCE));
    }
}
