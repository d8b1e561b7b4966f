package org.lunwarden.map.queueing;

import java.time.Duration;
import java.util.Optional;

import org.lunwarden.model.settings.NoPathRetry;

/**
 * Follows {@code no_path_retry}: how long I/O may wait for a path. Pure; time is the host's uptime.
 *
 * @param failAt when the waiting I/O is to fail; empty while no countdown runs
 * @param expired whether a countdown ran out and no path has come back since
 */
public record NoPathWatch(Optional<Duration> failAt, boolean expired) {

    public static final NoPathWatch CALM = new NoPathWatch(Optional.empty(), false);

    /** The reference counts whole seconds and acts on the one after the last. */
    private static final Duration LAST_TICK = Duration.ofSeconds(1);

    /**
     * What a map's I/O may hope for.
     *
     * @param usable a path is usable
     * @param undecided a path's check has not told yet; a countdown does not start then, and one that runs goes on, as
     *     checks that come and go must not keep it from its end
     * @param unread the kernel uses a path that cannot be checked yet; for so long, which is not for ever, no countdown
     *     runs, and afterwards it begins anew, so that it matters to none which was heard of first
     */
    public record Hope(boolean usable, boolean undecided, boolean unread) {}

    /**
     * The state at {@code now}.
     *
     * @param interval length of one poll of {@link NoPathRetry.Retry}
     */
    public NoPathWatch at(Duration now, NoPathRetry retry, Duration interval, Hope hope) {
        if (hope.usable() || !(retry instanceof NoPathRetry.Retry(var polls))) {
            return CALM;
        }
        if (expired) {
            return this;
        }
        if (hope.unread()) {
            return CALM;
        }
        if (failAt.isEmpty()) {
            return hope.undecided()
                    ? this
                    : new NoPathWatch(
                            Optional.of(now.plus(interval.multipliedBy(polls)).plus(LAST_TICK)), false);
        }
        return now.compareTo(failAt.get()) < 0 ? this : new NoPathWatch(Optional.empty(), true);
    }

    /**
     * Whether the kernel should keep I/O that finds no path ({@code queue_if_no_path}).
     *
     * @param keeps whether it does
     */
    public boolean queueing(NoPathRetry retry, boolean keeps) {
        return switch (retry) {
            case NoPathRetry.Fail() -> false;
            case NoPathRetry.Queue() -> true;
            case NoPathRetry.Retry polls -> !expired;
            case NoPathRetry.AsItIs() -> keeps;
        };
    }
}
