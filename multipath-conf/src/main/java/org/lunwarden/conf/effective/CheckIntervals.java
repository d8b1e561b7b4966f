package org.lunwarden.conf.effective;

import java.time.Duration;

import org.lunwarden.conf.value.HostKeywords;

/**
 * The pauses between two checks of a path. Where only the longest is said, the shortest is a quarter of it, a second at
 * least; where only the shortest is said, the longest is four times that.
 */
public record CheckIntervals(Duration shortest, Duration longest) {

    private static final int FACTOR = 4;
    private static final Duration LEAST = Duration.ofSeconds(1);

    public static CheckIntervals of(Precedence precedence) {
        var polling = precedence.explain(HostKeywords.POLLING_INTERVAL);
        var said =
                polling.holds().filter(found -> found.layer() != Layer.BUILT_IN).isPresent();
        var shortest = precedence.built(HostKeywords.POLLING_INTERVAL);
        var longest = precedence.value(HostKeywords.MAX_POLLING_INTERVAL);
        if (longest.isEmpty()) {
            return new CheckIntervals(shortest, shortest.multipliedBy(FACTOR));
        }
        if (said) {
            return new CheckIntervals(lesser(shortest, longest.get()), longest.get());
        }
        var quarter = Duration.ofSeconds(longest.get().toSeconds() / FACTOR);
        return new CheckIntervals(quarter.compareTo(LEAST) < 0 ? LEAST : quarter, longest.get());
    }

    private static Duration lesser(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
