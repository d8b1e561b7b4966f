package org.lunwarden.fleet.audit;

import java.util.Arrays;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonValue;

/** How much a finding matters, least first. */
public enum Severity {
    /** Not as its peers are, and it may be meant so. */
    NOTICE("notice"),
    /** Less is left than there should be when something fails. */
    WARNING("warning"),
    /** Data or access are in danger though nothing has failed. */
    CRITICAL("critical");

    private final String word;

    Severity(String word) {
        this.word = word;
    }

    @JsonValue
    public String word() {
        return word;
    }

    public static Optional<Severity> parse(String word) {
        return Arrays.stream(values())
                .filter(severity -> severity.word.equals(word))
                .findFirst();
    }
}
