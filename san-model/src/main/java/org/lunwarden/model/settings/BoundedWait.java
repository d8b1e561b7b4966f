package org.lunwarden.model.settings;

import java.time.Duration;

/**
 * A wait that somebody asked for, as a timer can keep it. A timer has a longest wait, beyond which it breaks the actor that
 * starts it; no arithmetic with a wait that is bounded can overflow.
 */
public final class BoundedWait {

    /** Nobody can tell a year from for ever. */
    public static final Duration LONGEST = Duration.ofDays(365);

    private BoundedWait() {}

    /** @return the wait, or {@link #LONGEST} for one that is longer */
    public static Duration of(Duration wait) {
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    /** @param intervals how many of them the wait lasts, 0 or more */
    public static Duration times(Duration interval, int intervals) {
        return of(of(interval).multipliedBy(intervals));
    }
}
