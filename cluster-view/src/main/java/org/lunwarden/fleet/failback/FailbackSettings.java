package org.lunwarden.fleet.failback;

import java.time.Duration;

/**
 * How fast, and how patient.
 *
 * @param waveShare share of all LUNs of a plan that one wave moves, above 0 and at most 1; the first wave moves one LUN
 * @param answerWithin how long it may take until a host's answer to a step is here; most of it is the host's, see
 *     {@link #patience}
 * @param settleWithin how long the maps of a wave may take to be seen on their best group
 * @param calm how long all must stay well after a wave before the next one is sent
 */
public record FailbackSettings(double waveShare, Duration answerWithin, Duration settleWithin, Duration calm) {

    public static final FailbackSettings DEFAULTS =
            new FailbackSettings(0.25, Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMillis(500));

    /** @throws IllegalArgumentException when a value is out of its range */
    public FailbackSettings {
        if (!(waveShare > 0 && waveShare <= 1)) {
            throw new IllegalArgumentException("waveShare " + waveShare);
        }
    }

    /** What a host has of {@link #answerWithin}; the rest is for the way there and back. */
    public Duration patience() {
        return answerWithin.multipliedBy(2).dividedBy(3);
    }
}
