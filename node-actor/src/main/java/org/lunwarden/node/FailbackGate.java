package org.lunwarden.node;

import java.util.Optional;

/**
 * Lets through failback steps of the newest plan only: epochs never go back, and each belongs to one plan. Pure.
 *
 * @param epoch the highest seen; 0 before the first
 * @param plan of that epoch
 */
record FailbackGate(long epoch, String plan) {

    static final FailbackGate OPEN = new FailbackGate(0, "");

    /** Why the step is refused; empty when it may be done. */
    Optional<String> refusal(long stepEpoch, String stepPlan) {
        if (stepEpoch < epoch) {
            return Optional.of("epoch " + stepEpoch + " is older than " + epoch + ", seen with plan " + plan);
        }
        return stepEpoch == epoch && !stepPlan.equals(plan)
                ? Optional.of("epoch " + stepEpoch + " is that of plan " + plan)
                : Optional.empty();
    }

    FailbackGate after(long stepEpoch, String stepPlan) {
        return refusal(stepEpoch, stepPlan).isPresent() ? this : new FailbackGate(stepEpoch, stepPlan);
    }
}
