package org.lunwarden.fleet.alert;

import com.fasterxml.jackson.annotation.JsonValue;

/** How bad an incident is, by what is left to those whom it hurts. The worst last. */
public enum Severity {
    /** Redundancy is lost, or it is not known what is left; nothing is known to be one fault from an outage. */
    WARNING("warning"),
    /** Maps live on one fabric: the next fault of it is an outage. */
    ERROR("error"),
    /** Maps have no path. */
    CRITICAL("critical");

    private final String word;

    Severity(String word) {
        this.word = word;
    }

    @JsonValue
    public String word() {
        return word;
    }

    boolean isWorseThan(Severity other) {
        return compareTo(other) > 0;
    }

    public static Severity of(Reach reach) {
        if (reach.mapsWithoutPath() > 0) {
            return CRITICAL;
        }
        return reach.mapsOnOneFabric() > 0 ? ERROR : WARNING;
    }
}
