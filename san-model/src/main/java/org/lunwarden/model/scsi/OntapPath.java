package org.lunwarden.model.scsi;

import java.util.List;

/**
 * What a NetApp array says of the way on which a command came to the unit.
 *
 * <pre>
 * vendor command C0h     0   length of all, 4 bytes   4   0A 98 0A 01   8   41   12   the way, a word
 * page C1h of INQUIRY    1   C1   8   0A 98 0A 00 C1 00   19   bit 1: through another controller
 * </pre>
 *
 * <p>An answer that is not longer than 8 has no word.
 */
public enum OntapPath {
    /** {@code ism_sn}. */
    ISM_SN,
    /** {@code ism_sw} or {@code iswt}. */
    ISM_SW,
    /** Another word, or none: {@link #isProxied} tells more. */
    OTHER;

    /** Bytes of either answer at most. */
    public static final int ALLOCATION = 256;

    public static final int PROXY_PAGE = 0xc1;

    private static final String SIGNATURE = "0a980a01";
    private static final String PROXY_SIGNATURE = "0a980a00c100";
    private static final int NO_WORD = 8;
    private static final int PAGE = 0x41;
    private static final int WORD = 12;
    private static final int PROXY = 19;

    public static Decoded<OntapPath> parse(List<Byte> data) {
        var bytes = new Bytes(data);
        if (!bytes.slice(4, 4).hex().equals(SIGNATURE)) {
            return new Decoded.Invalid<>(Decoded.Fault.NOTHING_USABLE, 4, "not the answer of a NetApp array");
        }
        if (bytes.u32(0) <= NO_WORD) {
            return new Decoded.Ok<>(OTHER);
        }
        if (!bytes.has(WORD, 1)) {
            return new Decoded.Invalid<>(Decoded.Fault.TRUNCATED, bytes.size(), "cut off before the word");
        }
        if (bytes.u8(8) != PAGE) {
            return new Decoded.Invalid<>(Decoded.Fault.MALFORMED, 8, "not page 0x41 but " + bytes.u8(8));
        }
        var word = bytes.slice(WORD, bytes.size()).text();
        if (word.startsWith("ism_sn")) {
            return new Decoded.Ok<>(ISM_SN);
        }
        return new Decoded.Ok<>(word.startsWith("ism_sw") || word.startsWith("iswt") ? ISM_SW : OTHER);
    }

    /** Whether the page says that the way leads through another controller. */
    public static boolean isProxied(List<Byte> page) {
        var bytes = new Bytes(page);
        return bytes.has(PROXY, 1)
                && bytes.u8(1) == PROXY_PAGE
                && bytes.slice(8, 6).hex().equals(PROXY_SIGNATURE)
                && (bytes.u8(PROXY) & 0x02) != 0;
    }
}
