package org.lunwarden.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.lunwarden.fleet.failback.FailbackSettings;

/**
 * A later coordinator, as the one before it knows it from the book. Whoever was surpassed leaves the failback to it, and goes on
 * only when it has written nothing for longer than a step takes. Owned by the coordinator.
 */
final class FailbackRival {

    private record Left(FailbackEntry entry, Instant since) {}

    private final Duration quiet;
    private boolean begun;
    private Optional<Left> left = Optional.empty();

    FailbackRival(FailbackSettings settings) {
        var calm = settings.canary().compareTo(settings.calm()) > 0 ? settings.canary() : settings.calm();
        this.quiet = settings.answerWithin().plus(settings.settleWithin()).plus(calm);
    }

    void hasBegun() {
        begun = true;
    }

    void isGone() {
        begun = false;
        left = Optional.empty();
    }

    /** Whether it may still be at that. */
    boolean isAt(FailbackEntry entry, Instant now) {
        if (!begun) {
            return false;
        }
        var since = left.filter(known -> known.entry().equals(entry))
                .map(Left::since)
                .orElse(now);
        left = Optional.of(new Left(entry, since));
        return now.isBefore(since.plus(quiet));
    }
}
