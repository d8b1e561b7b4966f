package org.lunwarden.model.scsi;

import java.util.List;

/**
 * One designator of VPD page 0x83 (SPC-5 7.7.6).
 *
 * @param codeSet 1 binary, 2 ASCII, 3 UTF-8
 * @param type see the constants
 * @param offset of the designator in its page
 * @param id 0 to 255 bytes
 */
public record Designator(int codeSet, int type, Association association, int offset, List<Byte> id) {

    public static final int T10_VENDOR_ID = 0x1;
    public static final int EUI_64 = 0x2;
    public static final int NAA = 0x3;
    public static final int TARGET_PORT_GROUP = 0x5;
    public static final int SCSI_NAME = 0x8;

    public Designator {
        id = List.copyOf(id);
    }

    /** What a designator names. */
    public enum Association {
        LOGICAL_UNIT,
        TARGET_PORT,
        TARGET_DEVICE,
        RESERVED;

        static Association ofCode(int code) {
            return switch (code) {
                case 0 -> LOGICAL_UNIT;
                case 1 -> TARGET_PORT;
                case 2 -> TARGET_DEVICE;
                default -> RESERVED;
            };
        }
    }

    Bytes bytes() {
        return new Bytes(id);
    }
}
