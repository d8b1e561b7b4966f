package org.lunwarden.model.fleet;

import com.fasterxml.jackson.annotation.JsonValue;

/** The state of a nexus as evidence. */
public enum NexusState {
    UP("up"),
    DOWN("down"),
    /** Some of its paths failed or are marginal. */
    PARTIAL("partial"),
    /** Taken down by an operator: no evidence of a fault. */
    ADMIN("admin"),
    /** Nothing is known: neither fine nor failed. */
    UNKNOWN("unknown");

    private final String word;

    NexusState(String word) {
        this.word = word;
    }

    @JsonValue
    public String word() {
        return word;
    }
}
