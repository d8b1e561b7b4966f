package org.lunwarden.model.scsi;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * VPD page 0x00 (SPC-5 7.7.16): which pages the device has.
 *
 * @param codes 0 to 255; those that were cut off are missing
 */
public record SupportedPages(Set<Integer> codes) {

    public static final int CODE = 0x00;

    public SupportedPages {
        codes = Set.copyOf(codes);
    }

    public static Decoded<SupportedPages> parse(List<Byte> data) {
        var bytes = new Bytes(data);
        if (!bytes.has(0, 4)) {
            return new Decoded.Invalid<>(Decoded.Fault.TRUNCATED, bytes.size(), "no page header");
        }
        if (bytes.u8(1) != CODE) {
            return new Decoded.Invalid<>(Decoded.Fault.MALFORMED, 1, "page " + bytes.u8(1));
        }
        var list = bytes.slice(4, bytes.u16(2));
        var codes = new HashSet<Integer>();
        for (var i = 0; i < list.size(); i++) {
            codes.add(list.u8(i));
        }
        return new Decoded.Ok<>(new SupportedPages(codes));
    }

    public boolean has(int code) {
        return codes.contains(code);
    }
}
