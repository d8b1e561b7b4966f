package org.lunwarden.model.scsi;

/** Command descriptor blocks (SPC-5 6). */
public final class Cdb {

    private Cdb() {}

    public static byte[] testUnitReady() {
        return new byte[6];
    }

    /**
     * Standard INQUIRY data.
     *
     * @param allocation bytes to read at most, 36 to 65535
     */
    public static byte[] inquiry(int allocation) {
        return new byte[] {0x12, 0, 0, (byte) (allocation >>> 8), (byte) allocation, 0};
    }

    /** A VPD page, for example 0x83. */
    public static byte[] inquiryPage(int page, int allocation) {
        return new byte[] {0x12, 1, (byte) page, (byte) (allocation >>> 8), (byte) allocation, 0};
    }

    /** NetApp's vendor command for what it calls the state of a path, answer {@link OntapPath}. */
    public static byte[] ontapPath() {
        return new byte[] {(byte) 0xc0, 0, 0x01, 0x0a, (byte) 0x98, 0x0a, 0x41, (byte) 0x80, 0, 0};
    }

    /** READ(10) of the first block, whatever its size. */
    public static byte[] readFirstBlock() {
        return new byte[] {0x28, 0, 0, 0, 0, 0, 0, 0, 1, 0};
    }

    /** REPORT TARGET PORT GROUPS, answer with the length-only header: {@link TargetPortGroups}. */
    public static byte[] reportTargetPortGroups(int allocation) {
        return new byte[] {
            (byte) 0xa3,
            0x0a,
            0,
            0,
            0,
            0,
            (byte) (allocation >>> 24),
            (byte) (allocation >>> 16),
            (byte) (allocation >>> 8),
            (byte) allocation,
            0,
            0
        };
    }
}
