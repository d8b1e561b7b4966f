package org.lunwarden.fleet;

/** Whether a view hears a host. */
public enum Contact {
    /** Heard lately; what it reported holds. */
    REPORTING,
    /** Heard lately, but its full report has not come yet. */
    EXPECTED,
    /** Not heard for too long: nothing is known of it, neither good nor bad. */
    SILENT,
    /** Its daemon said that it is being stopped: nothing is known of its paths since. */
    STOPPED
}
