package org.lunwarden.model.scsi;

import java.util.List;
import java.util.Optional;

/**
 * Vendor page 0xC9 of RDAC arrays (LSI, Engenio, NetApp E-Series): which controller owns the volume.
 *
 * <pre>
 *  0      peripheral qualifier and device type; bits 0 to 6 are 0 while a disk is there
 *  2-3    length of what follows, 2Ch
 *  4-6    "vac"
 *  8      bit 0 owned by this controller, bit 4 access states are told, bit 5 I/O is shipped to the owner
 *  9      low half: 1 this is the preferred controller, 2 it is the other one
 * 10, 11  access state of this controller (low half), its vendor's reason
 * 12, 13  the same of the other controller
 * </pre>
 *
 * @param signed has its signature and its length, so that it is no other vendor's page of that number
 * @param access empty when the array tells no access states
 */
public record VolumeAccessPage(
        boolean connected,
        boolean signed,
        boolean owned,
        boolean shipsIo,
        Preference preference,
        Optional<Access> access) {

    public static final int CODE = 0xc9;

    private static final int LENGTH = 0x2c;

    public enum Preference {
        NONE,
        PREFERRED,
        SECONDARY
    }

    /**
     * @param state 0 to 15, of this controller
     * @param reason vendor specific, 0 to 255
     * @param otherState that of the other controller
     */
    public record Access(int state, int reason, int otherState) {

        public static final int UNAVAILABLE = 0x3;
        public static final int TRANSITIONING = 0xf;
    }

    public static Decoded<VolumeAccessPage> parse(List<Byte> data) {
        var bytes = new Bytes(data);
        if (!bytes.has(0, 4)) {
            return new Decoded.Invalid<>(Decoded.Fault.TRUNCATED, bytes.size(), "no page header");
        }
        if (bytes.u8(1) != CODE) {
            return new Decoded.Invalid<>(Decoded.Fault.MALFORMED, 1, "page " + bytes.u8(1));
        }
        var length = bytes.u16(2);
        var page = bytes.slice(0, 4 + length);
        if (!page.has(0, 10)) {
            return new Decoded.Invalid<>(Decoded.Fault.TRUNCATED, page.size(), "no owner");
        }
        var flags = page.u8(8);
        var tellsAccess = (flags & 0x10) != 0;
        if (tellsAccess && !page.has(10, 4)) {
            return new Decoded.Invalid<>(Decoded.Fault.TRUNCATED, page.size(), "no access state");
        }
        return new Decoded.Ok<>(new VolumeAccessPage(
                (page.u8(0) & 0x7f) == 0,
                page.slice(4, 3).text().equals("vac") && length == LENGTH,
                (flags & 0x01) != 0,
                (flags & 0x20) != 0,
                preference(page.u8(9) & 0x0f),
                tellsAccess
                        ? Optional.of(new Access(page.u8(10) & 0x0f, page.u8(11), page.u8(12) & 0x0f))
                        : Optional.empty()));
    }

    private static Preference preference(int code) {
        return switch (code) {
            case 1 -> Preference.PREFERRED;
            case 2 -> Preference.SECONDARY;
            default -> Preference.NONE;
        };
    }
}
