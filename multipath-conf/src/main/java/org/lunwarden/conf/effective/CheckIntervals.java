package org.lunwarden.conf.effective;

import java.time.Duration;
import java.util.Optional;

import org.lunwarden.conf.value.HostKeywords;
import org.lunwarden.conf.value.Settings;

/**
 * The pauses between two checks of a path. Where only the longest is said, the shortest is a quarter of it, a second at
 * least; where only the shortest is said, the longest is four times that.
 */
public record CheckIntervals(Duration shortest, Duration longest) {

    private static final int FACTOR = 4;
    private static final Duration LEAST = Duration.ofSeconds(1);

    public static CheckIntervals of(Settings defaults) {
        return of(defaults.value(HostKeywords.POLLING_INTERVAL), defaults.value(HostKeywords.MAX_POLLING_INTERVAL));
    }

    private static CheckIntervals of(Optional<Duration> shortest, Optional<Duration> longest) {
        if (longest.isEmpty()) {
            var pause = shortest.or(HostKeywords.POLLING_INTERVAL::builtIn).orElseThrow();
            return new CheckIntervals(pause, pause.multipliedBy(FACTOR));
        }
        if (shortest.isPresent()) {
            return new CheckIntervals(lesser(shortest.get(), longest.get()), longest.get());
        }
        var quarter = Duration.ofSeconds(longest.get().toSeconds() / FACTOR);
        return new CheckIntervals(quarter.compareTo(LEAST) < 0 ? LEAST : quarter, longest.get());
    }

    private static Duration lesser(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
