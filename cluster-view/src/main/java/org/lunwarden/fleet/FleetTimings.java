package org.lunwarden.fleet;

import java.time.Duration;

/**
 * The clockwork of the fleet half. All are positive.
 *
 * @param heartbeat how often a host that has nothing to report says that it is still there
 * @param silence a host that was not heard for so long is silent
 * @param reportRetry how long a view waits for a full report before it asks again
 * @param diagnosisTick changes are gathered for so long before they are diagnosed
 * @param settle an incident is confirmed when its evidence did not grow for so long, or for a quarter of it when nothing
 *     else explains what failed
 * @param hold an incident is resolved when its members have been back for so long
 * @param answer how long a host may take to answer a command
 * @param stableAfter membership must be quiet for so long before unreachable members are downed
 * @param rejoin pause before a fleet system that ended is started anew
 * @param forget a host that was silent for so long is forgotten
 */
public record FleetTimings(
        Duration heartbeat,
        Duration silence,
        Duration reportRetry,
        Duration diagnosisTick,
        Duration settle,
        Duration hold,
        Duration answer,
        Duration stableAfter,
        Duration rejoin,
        Duration forget) {

    public static final FleetTimings DEFAULT = new FleetTimings(
            Duration.ofSeconds(2),
            Duration.ofSeconds(6),
            Duration.ofSeconds(2),
            Duration.ofMillis(250),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(1),
            Duration.ofDays(7));

    /** @throws IllegalArgumentException when one is not positive, or silence is not longer than the heartbeat */
    public FleetTimings {
        for (var each : new Duration[] {
            heartbeat, silence, reportRetry, diagnosisTick, settle, hold, answer, stableAfter, rejoin, forget
        }) {
            if (each.isZero() || each.isNegative()) {
                throw new IllegalArgumentException("a timing must be positive: " + each);
            }
        }
        if (silence.compareTo(heartbeat) <= 0) {
            throw new IllegalArgumentException(
                    "silence (" + silence + ") must be longer than heartbeat (" + heartbeat + ")");
        }
    }

    public FleetTimings withSilence(Duration newHeartbeat, Duration newSilence) {
        return new FleetTimings(
                newHeartbeat,
                newSilence,
                reportRetry,
                diagnosisTick,
                settle,
                hold,
                answer,
                stableAfter,
                rejoin,
                forget);
    }

    public FleetTimings withIncidents(Duration newSettle, Duration newHold) {
        return new FleetTimings(
                heartbeat,
                silence,
                reportRetry,
                diagnosisTick,
                newSettle,
                newHold,
                answer,
                stableAfter,
                rejoin,
                forget);
    }

    public FleetTimings withMembership(Duration newStableAfter, Duration newRejoin) {
        return new FleetTimings(
                heartbeat,
                silence,
                reportRetry,
                diagnosisTick,
                settle,
                hold,
                answer,
                newStableAfter,
                newRejoin,
                forget);
    }
}
