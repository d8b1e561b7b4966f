package org.lunwarden.model;

/**
 * Asymmetric access state of a target port group (SPC-5 5.16), with its code in REPORT TARGET PORT GROUPS and its word in
 * the kernel's {@code access_state}.
 */
public enum AluaState {
    OPTIMIZED(0x0, "active/optimized"),
    NON_OPTIMIZED(0x1, "active/non-optimized"),
    STANDBY(0x2, "standby"),
    UNAVAILABLE(0x3, "unavailable"),
    LBA_DEPENDENT(0x4, "lba-dependent"),
    OFFLINE(0xe, "offline"),
    TRANSITIONING(0xf, "transitioning");

    private final int code;
    private final String sysfsWord;

    AluaState(int code, String sysfsWord) {
        this.code = code;
        this.sysfsWord = sysfsWord;
    }

    public int code() {
        return code;
    }

    public String sysfsWord() {
        return sysfsWord;
    }
}
