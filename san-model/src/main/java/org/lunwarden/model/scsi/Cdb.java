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

    /**
     * MODE SENSE(10) without block descriptors (SPC-5 6.16).
     *
     * @param control which values of the page: 0 current, 1 a mask of the bits that can be changed
     */
    public static byte[] modeSense(int page, int control, int allocation) {
        return new byte[] {
            0x5a, 0x08, (byte) (control << 6 | page), 0, 0, 0, 0, (byte) (allocation >>> 8), (byte) allocation, 0
        };
    }

    /**
     * MODE SELECT(10) of standard pages, not to be saved (SPC-5 6.14).
     *
     * @param length bytes of the parameter list
     */
    public static byte[] modeSelect(int length) {
        return new byte[] {0x55, 0x10, 0, 0, 0, 0, 0, (byte) (length >>> 8), (byte) length, 0};
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
