package org.lunwarden.http;

import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonProperty;

import org.lunwarden.fleet.FailbackProgress;
import org.lunwarden.fleet.failback.FailbackPlan;

/** The JSON shapes of failbacks. */
final class FailbackShapes {

    private FailbackShapes() {}

    /**
     * What {@code POST /failbacks} takes; without a component, all maps that are off their best group are meant.
     *
     * @param plan fingerprint of the one that was looked at: with any other nothing moves
     * @param by who wants it
     */
    record FailbackRequestJson(
            @JsonProperty("class") Optional<String> kind,
            Optional<String> id,
            Optional<Boolean> dryRun,
            Optional<String> plan,
            Optional<String> by) {}

    /** The answer to a dry run. */
    record FailbackPlanJson(boolean dryRun, FailbackPlan plan) {}

    /** The answer to a start. */
    record FailbackStartedJson(boolean dryRun, FailbackProgress failback) {}
}
