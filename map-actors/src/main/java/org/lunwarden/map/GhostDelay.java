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

    /** Of a map that was there before, which may have been left unannounced: then it is announced once more. */
    private Optional<Duration> adoptedUntil = Optional.empty();

    private boolean looked;

    /** Whether a table that is loaded now is not announced. */
    boolean holds(Optional<Duration> delay, KnownPaths paths, Optional<KernelMap> kernel, Duration now) {
        return delay.isPresent()
                && paths.onlyGhosts()
                && (kernel.isEmpty()
                        || until.filter(end -> now.compareTo(end) < 0).isPresent());
    }

    /** Whether a map was not announced and is to be. */
    boolean isOver(Optional<Duration> delay, KnownPaths paths, Optional<KernelMap> kernel, Duration now) {
        return paths.anyUsable()
                && ((until.isPresent() && !holds(delay, paths, kernel, now))
                        || adoptedUntil
                                .filter(end -> !paths.onlyGhosts() || now.compareTo(end) >= 0)
                                .isPresent());
    }

    /** The kernel did that. */
    void done(MapAction action, Optional<Duration> delay, Duration now) {
        if (!looked) {
            looked = true;
            adoptedUntil = delay.map(now::plus);
        }
        switch (action) {
            case MapAction.Create(var wanted, var name) -> {
                adoptedUntil = Optional.empty();
                until = delay.filter(length -> !wanted.usable()).map(now::plus);
            }
            case MapAction.Reload(var wanted, var why) -> announced(wanted);
            case MapAction.Resize(var wanted, var from) -> announced(wanted);
            default -> {}
        }
    }

    private void announced(WantedMap loaded) {
        adoptedUntil = adoptedUntil.filter(end -> !loaded.usable());
        until = until.filter(end -> !loaded.usable());
    }

    void mapIsGone() {
        adoptedUntil = Optional.empty();
        until = Optional.empty();
    }

    Optional<Duration> end() {
        return until.or(() -> adoptedUntil);
    }
}
