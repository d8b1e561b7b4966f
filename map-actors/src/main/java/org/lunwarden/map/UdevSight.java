package org.lunwarden.map;

import java.time.Duration;
import java.util.Optional;

import org.lunwarden.io.DeviceMapper.Readiness;
import org.lunwarden.map.plan.MapAction;

/**
 * Whether udev's database lacks what its rules make of a map that can be used: who waits for the map's device waits for
 * ever then. One reload mends it, and there is no other before udev has once had it as ready. Time is the host's uptime.
 */
final class UdevSight {

    /** How long udev may be at work on an event of the map. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private Optional<Duration> missingSince = Optional.empty();
    private boolean tried;

    void is(Readiness readiness, Duration now) {
        switch (readiness) {
            case READY -> {
                missingSince = Optional.empty();
                tried = false;
            }
            case NOT_READY -> missingSince = missingSince.or(() -> Optional.of(now));
            case UNTOLD -> missingSince = Optional.empty();
        }
    }

    /** Whether udev has had its time. */
    boolean isMissing(Duration now) {
        return waitUntil().filter(end -> now.compareTo(end) >= 0).isPresent();
    }

    /** The kernel did that; what udev has of it is an answer to what was before. */
    void done(MapAction action) {
        switch (action) {
            case MapAction.Create create -> missingSince = Optional.empty();
            case MapAction.Reload reload -> missingSince = Optional.empty();
            case MapAction.Resize resize -> missingSince = Optional.empty();
            case MapAction.Resume resume -> missingSince = Optional.empty();
            case MapAction.Tell tell -> missingSince = Optional.empty();
            default -> {}
        }
        tried |= action instanceof MapAction.Reload reload && reload.isNewsToUdev();
    }

    void mapIsGone() {
        missingSince = Optional.empty();
        tried = false;
    }

    Optional<Duration> waitUntil() {
        return missingSince.filter(since -> !tried).map(since -> since.plus(PATIENCE));
    }
}
