package org.lunwarden.model.scsi;

import java.util.List;

/** VPD page 0x80, Unit Serial Number (SPC-5 7.7.21): a header of four bytes, then text padded by blanks. */
public final class UnitSerialNumber {

    private static final int PAGE = 0x80;
    private static final int HEADER = 4;
    private static final int LONGEST = 128;

    private UnitSerialNumber() {}

    /** The serial number without blanks around it, at most 128 characters. */
    public static Decoded<String> parse(List<Byte> page) {
        return parse(page, LONGEST);
    }

    static Decoded<String> parse(List<Byte> page, int longest) {
        var bytes = new Bytes(page);
        if (!bytes.has(0, HEADER)) {
            return new Decoded.Invalid<>(Decoded.Fault.TRUNCATED, bytes.size(), "page 0x80 shorter than its header");
        }
        if (bytes.u8(1) != PAGE) {
            return new Decoded.Invalid<>(
                    Decoded.Fault.MALFORMED, 1, "page 0x" + Integer.toHexString(bytes.u8(1)) + " instead of 0x80");
        }
        var text = bytes.slice(HEADER, bytes.u16(2)).text().strip();
        var serial = text.substring(0, Math.min(text.length(), longest)).stripTrailing();
        return serial.isEmpty()
                ? new Decoded.Invalid<>(Decoded.Fault.NOTHING_USABLE, HEADER, "empty serial number")
                : new Decoded.Ok<>(serial);
    }
}
