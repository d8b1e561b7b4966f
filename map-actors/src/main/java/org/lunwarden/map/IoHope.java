package org.lunwarden.map;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import org.lunwarden.map.plan.KernelMap;
import org.lunwarden.map.queueing.NoPathWatch;
import org.lunwarden.model.DevT;

/**
 * What a map's I/O may hope for: from its known paths, and from those in its table whose disks cannot be read. A path that is
 * not in the table gives hope for {@link #JOINING}, and not again before one in the table works: the kernel may refuse each
 * table with it.
 */
final class IoHope {

    /** Several tries at a table. */
    static final Duration JOINING = Duration.ofSeconds(30);

    /** When those that are not in the table give no hope any more; empty while one in it works. */
    private Optional<Duration> joinBy = Optional.empty();

    private Set<DevT> unreadDisks = Set.of();
    private UnreadPaths unread = UnreadPaths.NONE;

    /** Those that could not be read and may be paths of this map. */
    void disksUnread(Set<DevT> disks) {
        unreadDisks = Set.copyOf(disks);
    }

    /** @param mayJoin whether a path that is good and not in the table may come into it */
    NoPathWatch.Hope at(Duration now, KnownPaths paths, Optional<KernelMap> kernel, BooleanSupplier mayJoin) {
        var strangers = new HashSet<>(paths.strangers(kernel));
        strangers.retainAll(unreadDisks);
        unread = unread.at(now, strangers);
        return new NoPathWatch.Hope(
                mayComeBy(now, paths, kernel, mayJoin),
                paths.anyUndecided()
                        || paths.anyUncheckedIn(kernel)
                        || (paths.isUnheardOf() && !unread.areGivenUp(now)),
                usesUnread(kernel, unread.awaited(now)));
    }

    private boolean mayComeBy(Duration now, KnownPaths paths, Optional<KernelMap> kernel, BooleanSupplier mayJoin) {
        if (paths.anyUsableIn(kernel)) {
            joinBy = Optional.empty();
            return true;
        }
        if (!paths.anyUsable()) {
            return false;
        }
        joinBy = joinBy.or(() -> Optional.of(now.plus(JOINING)));
        return now.compareTo(joinBy.get()) < 0 && mayJoin.getAsBoolean();
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
        return Stream.concat(unread.waitUntil(), joinBy.stream());
    }
}
