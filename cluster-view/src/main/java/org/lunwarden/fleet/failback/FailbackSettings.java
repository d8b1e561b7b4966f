package org.lunwarden.fleet.failback;

import java.time.Duration;

/**
 * How fast, and how patient.
 *
 * @param waveShare share of all LUNs of a plan that one wave moves, above 0 and at most 1; the first wave moves one LUN
 * @param perController LUNs that one wave moves to one controller at most
 * @param perHost maps that one wave moves on one host at most
 * @param most maps that one plan moves, or watches since they are of a LUN that it moves; a LUN that more hosts have is moved
 *     by itself
 * @param hold how long all that a LUN is moved to must have been well on all its hosts
 * @param answerWithin how long it may take until a host's answer is here; most of it is the host's, see {@link #patience}
 * @param settleWithin how long the maps of a wave may take to be seen on their best group
 * @param canary how long all must stay well after the first wave before the next one is sent
 * @param calm the same after every other wave
 * @param expiry nothing is begun of a plan that is older
 */
public record FailbackSettings(
        double waveShare,
        int perController,
        int perHost,
        int most,
        Duration hold,
        Duration answerWithin,
        Duration settleWithin,
        Duration canary,
        Duration calm,
        Duration expiry) {

    /** The canary is watched for longer than a round of path checks takes at its usual pace. */
    public static final FailbackSettings DEFAULTS = new FailbackSettings(
            0.25,
            16,
            8,
            1000,
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(6),
            Duration.ofSeconds(1),
            Duration.ofHours(1));

    /** @throws IllegalArgumentException when a value is out of its range */
    public FailbackSettings {
        if (!(waveShare > 0 && waveShare <= 1)) {
            throw new IllegalArgumentException("waveShare " + waveShare);
        }
        if (perController < 1 || perHost < 1 || most < 1) {
            throw new IllegalArgumentException("nothing could move");
        }
    }

    /** With other times to watch for. */
    public FailbackSettings watching(Duration newHold, Duration newCanary, Duration newCalm) {
        return new FailbackSettings(
                waveShare,
                perController,
                perHost,
                most,
                newHold,
                answerWithin,
                settleWithin,
                newCanary,
                newCalm,
                expiry);
    }

    /** With other limits to what moves at once. */
    public FailbackSettings atOnce(double share, int ofController, int ofHost, int ofPlan) {
        return new FailbackSettings(
                share, ofController, ofHost, ofPlan, hold, answerWithin, settleWithin, canary, calm, expiry);
    }

    public FailbackSettings expiringAfter(Duration newExpiry) {
        return new FailbackSettings(
                waveShare, perController, perHost, most, hold, answerWithin, settleWithin, canary, calm, newExpiry);
    }

    /** What a host has of {@link #answerWithin}; the rest is for the way there and back. */
    public Duration patience() {
        return answerWithin.multipliedBy(2).dividedBy(3);
    }

    /** How long the fleet is watched after a wave. */
    Duration calmAfter(int wave) {
        return wave == 0 ? canary : calm;
    }
}
