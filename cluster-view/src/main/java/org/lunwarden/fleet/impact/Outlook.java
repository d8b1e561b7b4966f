package org.lunwarden.fleet.impact;

import com.fasterxml.jackson.annotation.JsonValue;

/** What becomes of a map, best first. What is not known is never counted as fine. */
public enum Outlook {
    /** It loses nothing. */
    FINE("fine"),
    /** It loses paths, and keeps as many fabrics as it has, or it is not known which fabrics its paths cross. */
    REDUCED("reduced"),
    /** It has paths through more than one fabric now, and through one then. */
    ONE_FABRIC("oneFabric"),
    /** It has no usable path now; this changes nothing. */
    OUT_ALREADY("outAlready"),
    /** Its host does not report; when it last did, nothing of it went through. */
    SILENT("silent"),
    /** Too little is known to say that it keeps a path. */
    UNKNOWN("unknown"),
    /** It loses its last usable path. */
    OUTAGE("outage");

    private final String word;

    Outlook(String word) {
        this.word = word;
    }

    @JsonValue
    public String word() {
        return word;
    }

    /** Whether whoever takes the components down must not do it without having understood this. */
    public boolean forbids() {
        return this == UNKNOWN || this == OUTAGE;
    }
}
