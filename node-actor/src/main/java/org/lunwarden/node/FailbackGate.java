package org.lunwarden.node;

import java.util.Optional;

/**
 * Lets through failback steps of the newest coordinator only: epochs never go back. Pure.
 *
 * @param epoch the highest seen; 0 before the first
 * @param plan of that epoch
 */
record FailbackGate(long epoch, String plan) {

    static final FailbackGate OPEN = new FailbackGate(0, "");

    /** Why the step is refused; empty when it may be done. */
    Optional<String> refusal(long stepEpoch) {
        return stepEpoch < epoch
                ? Optional.of("epoch " + stepEpoch + " is older than " + epoch + ", seen with plan " + plan)
                : Optional.empty();
    }

    FailbackGate after(long stepEpoch, String stepPlan) {
        return stepEpoch < epoch ? this : new FailbackGate(stepEpoch, stepPlan);
    }
}
