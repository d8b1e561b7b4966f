package org.lunwarden.model.scsi;

import java.util.List;
import java.util.Locale;

/**
 * Why a command ended with CHECK CONDITION (SPC-5 4.4).
 *
 * <pre>
 * 70h, 71h   fixed:       key in byte 2, additional length in byte 7, asc and ascq in bytes 12 and 13
 * 72h, 73h   descriptor:  key, asc and ascq in bytes 1 to 3
 * </pre>
 *
 * @param deferred the error belongs to an earlier command; this one was not carried out
 * @param asc additional sense code, {@link #ABSENT} when it was not sent
 * @param ascq its qualifier, {@link #ABSENT} when it was not sent
 */
public record Sense(boolean deferred, int key, int asc, int ascq) {

    public static final int ABSENT = -1;

    public static final int RECOVERED_ERROR = 0x1;
    public static final int NOT_READY = 0x2;
    public static final int ILLEGAL_REQUEST = 0x5;
    public static final int UNIT_ATTENTION = 0x6;

    public static Decoded<Sense> parse(List<Byte> sense) {
        var bytes = new Bytes(sense);
        if (!bytes.has(0, 1)) {
            return new Decoded.Invalid<>(Decoded.Fault.TRUNCATED, 0, "no sense data");
        }
        var code = bytes.u8(0) & 0x7f;
        return switch (code) {
            case 0x70, 0x71 -> fixed(bytes, code == 0x71);
            case 0x72, 0x73 -> descriptor(bytes, code == 0x73);
            default ->
                new Decoded.Invalid<>(Decoded.Fault.MALFORMED, 0, "response code 0x" + Integer.toHexString(code));
        };
    }

    public boolean is(int wantedKey, int wantedAsc, int wantedAscq) {
        return !deferred && key == wantedKey && asc == wantedAsc && ascq == wantedAscq;
    }

    /** As listings write it: {@code 06/29/00}. */
    @Override
    public String toString() {
        return part(key) + "/" + part(asc) + "/" + part(ascq) + (deferred ? " deferred" : "");
    }

    private static Decoded<Sense> fixed(Bytes bytes, boolean deferred) {
        if (!bytes.has(2, 1)) {
            return new Decoded.Invalid<>(Decoded.Fault.TRUNCATED, bytes.size(), "fixed sense data without a key");
        }
        var valid = bytes.has(7, 1) ? bytes.slice(0, 8 + bytes.u8(7)) : bytes;
        return new Decoded.Ok<>(new Sense(deferred, bytes.u8(2) & 0x0f, at(valid, 12), at(valid, 13)));
    }

    private static Decoded<Sense> descriptor(Bytes bytes, boolean deferred) {
        if (!bytes.has(1, 1)) {
            return new Decoded.Invalid<>(Decoded.Fault.TRUNCATED, bytes.size(), "descriptor sense data without a key");
        }
        return new Decoded.Ok<>(new Sense(deferred, bytes.u8(1) & 0x0f, at(bytes, 2), at(bytes, 3)));
    }

    private static int at(Bytes bytes, int offset) {
        return bytes.has(offset, 1) ? bytes.u8(offset) : ABSENT;
    }

    private static String part(int code) {
        return code == ABSENT ? "--" : String.format(Locale.ROOT, "%02x", code);
    }
}
