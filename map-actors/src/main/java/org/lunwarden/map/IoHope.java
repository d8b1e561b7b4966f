package org.lunwarden.map;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.lunwarden.map.plan.KernelMap;
import org.lunwarden.map.queueing.NoPathWatch;
import org.lunwarden.model.DevT;

/** What a map's I/O may hope for: from its known paths, and from those in its table whose disks cannot be read. */
final class IoHope {

    private Set<DevT> unreadDisks = Set.of();
    private UnreadPaths unread = UnreadPaths.NONE;

    /** Those that could not be read and may be paths of this map. */
    void disksUnread(Set<DevT> disks) {
        unreadDisks = Set.copyOf(disks);
    }

    NoPathWatch.Hope at(Duration now, KnownPaths paths, Optional<KernelMap> kernel) {
        var strangers = new HashSet<>(paths.strangers(kernel));
        strangers.retainAll(unreadDisks);
        unread = unread.at(now, strangers);
        return new NoPathWatch.Hope(
                paths.anyUsable(),
                paths.anyUndecided()
                        || paths.anyUncheckedIn(kernel)
                        || (paths.isUnheardOf() && !unread.areGivenUp(now)),
                usesUnread(kernel, unread.awaited(now)));
    }

    private static boolean usesUnread(Optional<KernelMap> kernel, Set<DevT> awaited) {
        return kernel.stream()
                .anyMatch(map ->
                        awaited.stream().anyMatch(path -> map.active(path).orElse(false)));
    }

    Set<DevT> unread() {
        return unread.all();
    }

    /** Whether a disk may yet be read. */
    boolean awaitsDisks(Duration now) {
        return !unread.awaited(now).isEmpty();
    }

    Stream<Duration> waitUntil() {
        return unread.waitUntil();
    }
}
