package org.lunwarden.model.scsi;

import java.util.List;

/**
 * What is used of standard INQUIRY data (SPC-5 6.7.2).
 *
 * @param connected peripheral qualifier 0: a logical unit is there
 * @param implicitAlua the target changes access states by itself
 * @param explicitAlua access states change by command
 */
public record StandardInquiry(boolean connected, boolean implicitAlua, boolean explicitAlua) {

    public static Decoded<StandardInquiry> parse(List<Byte> data) {
        var bytes = new Bytes(data);
        if (!bytes.has(0, 6)) {
            return new Decoded.Invalid<>(Decoded.Fault.TRUNCATED, bytes.size(), "INQUIRY data shorter than 6 bytes");
        }
        var tpgs = bytes.u8(5) >> 4 & 0x3;
        return new Decoded.Ok<>(new StandardInquiry(bytes.u8(0) >> 5 == 0, (tpgs & 1) != 0, (tpgs & 2) != 0));
    }

    /** Whether REPORT TARGET PORT GROUPS is supported. */
    public boolean hasTargetPortGroups() {
        return implicitAlua || explicitAlua;
    }

    /** Whether access states change, and no command changes them. */
    public boolean isImplicitOnly() {
        return implicitAlua && !explicitAlua;
    }
}
