package org.lunwarden.model;

/** Asymmetric namespace access state of an NVMe path (NVM Express base specification 2.0, 8.1). */
public enum AnaState {
    OPTIMIZED(0x1, "optimized"),
    NON_OPTIMIZED(0x2, "non-optimized"),
    INACCESSIBLE(0x3, "inaccessible"),
    PERSISTENT_LOSS(0x4, "persistent-loss"),
    CHANGE(0xf, "change");

    private final int code;
    private final String word;

    AnaState(int code, String word) {
        this.code = code;
        this.word = word;
    }

    /** As in the log page. */
    public int code() {
        return code;
    }

    /** As in sysfs {@code ana_state}. */
    public String word() {
        return word;
    }
}
