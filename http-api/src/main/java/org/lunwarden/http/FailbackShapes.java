package org.lunwarden.http;

import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonProperty;

import org.lunwarden.fleet.FailbackProgress;
import org.lunwarden.fleet.failback.FailbackPlan;

/** The JSON shapes of failbacks. */
final class FailbackShapes {

    private FailbackShapes() {}

    /** What {@code POST /failbacks} takes; without a component, all maps that are off their best group are meant. */
    record FailbackRequestJson(
            @JsonProperty("class") Optional<String> kind, Optional<String> id, Optional<Boolean> dryRun) {}

    /** The answer to a dry run. */
    record FailbackPlanJson(boolean dryRun, FailbackPlan plan) {}

    /** The answer to a start. */
    record FailbackStartedJson(boolean dryRun, FailbackProgress failback) {}
}
