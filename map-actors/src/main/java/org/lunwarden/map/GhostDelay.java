package org.lunwarden.map;

import java.time.Duration;
import java.util.Optional;

import org.lunwarden.map.plan.KernelMap;
import org.lunwarden.map.plan.MapAction;
import org.lunwarden.map.plan.WantedMap;

/**
 * Follows {@code ghost_delay}: a map that is made of passive paths only is not announced to udev as ready, since reading
 * from it would make the array move the unit, until a path is active or the delay is over. Time is the host's uptime.
 */
final class GhostDelay {

    /** Of a map that was made and is not announced. */
    private Optional<Duration> until = Optional.empty();

    /** Whether a table that is loaded now is not announced. */
    boolean holds(Optional<Duration> delay, KnownPaths paths, Optional<KernelMap> kernel, Duration now) {
        return delay.isPresent()
                && paths.onlyGhosts()
                && (kernel.isEmpty()
                        || until.filter(end -> now.compareTo(end) < 0).isPresent());
    }

    /** Whether a map was not announced and is to be. */
    boolean isOver(Optional<Duration> delay, KnownPaths paths, Optional<KernelMap> kernel, Duration now) {
        return until.isPresent() && paths.anyUsable() && !holds(delay, paths, kernel, now);
    }

    /** The kernel did that. */
    void done(MapAction action, Optional<Duration> delay, Duration now) {
        switch (action) {
            case MapAction.Create(var wanted, var name) ->
                until = delay.filter(length -> !wanted.usable()).map(now::plus);
            case MapAction.Reload(var wanted, var why) -> announced(wanted);
            case MapAction.Resize(var wanted, var from) -> announced(wanted);
            default -> {}
        }
    }

    private void announced(WantedMap loaded) {
        until = until.filter(end -> !loaded.usable());
    }

    void mapIsGone() {
        until = Optional.empty();
    }

    Optional<Duration> end() {
        return until;
    }
}
