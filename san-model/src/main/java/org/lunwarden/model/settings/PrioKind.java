package org.lunwarden.model.settings;

/** Where a path's priority comes from ({@code prio} of multipath.conf(5)). */
public enum PrioKind {
    CONST("const"),
    /** REPORT TARGET PORT GROUPS. */
    ALUA("alua"),
    /** The kernel's {@code access_state}. */
    SYSFS("sysfs");

    private final String word;

    PrioKind(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
