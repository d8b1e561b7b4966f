package org.lunwarden.node;

import java.time.Duration;

/**
 * How long a step of a failback is waited for. A step that comes with patience p must begin within p of its arrival; what
 * began at the last moment has a tenth of p to end. The node answers within 1.2 p, and the view waits 1.25 p, so that
 * each hears the one below it before it gives up. Pure.
 *
 * @param beginBy uptime after which the step must not begin
 * @param answerBy uptime until which an answer of the maps is waited for
 */
record FailbackTerm(Duration beginBy, Duration answerBy) {

    /** Longer than any coordinator waits: more is a mistake, and no timer of ours should run for it. */
    static final Duration MOST_PATIENCE = Duration.ofMinutes(10);

    private static final Duration LEAST_WAIT = Duration.ofMillis(1);

    /** Above 0, to {@link #MOST_PATIENCE}. */
    static boolean isUsable(Duration patience) {
        return patience.isPositive() && patience.compareTo(MOST_PATIENCE) <= 0;
    }

    /** @param notAfter uptime after which the step must not begin, however patient somebody is */
    static FailbackTerm of(Duration arrived, Duration patience, Duration notAfter) {
        var patient = arrived.plus(patience);
        return new FailbackTerm(
                patient.compareTo(notAfter) < 0 ? patient : notAfter, patient.plus(patience.dividedBy(10)));
    }

    /** What is left for an answer of the maps; above 0. */
    Duration answerWithin(Duration now) {
        var left = answerBy.minus(now);
        return left.compareTo(LEAST_WAIT) > 0 ? left : LEAST_WAIT;
    }

    /** How long the node's own answer is waited for. */
    static Duration nodeAnswersWithin(Duration patience) {
        return patience.plus(patience.dividedBy(5));
    }
}
