package org.lunwarden.model.scsi;

import java.util.List;

/**
 * Standard INQUIRY data of Hitachi arrays with two controllers: byte 47 is the last hexadecimal digit of the unit's
 * number, byte 49 the digit of the controller, both as text.
 *
 * @param unit 0 to 15
 * @param controller 0 to 9
 */
public record HitachiInquiry(int unit, int controller) {

    private static final int UNIT = 47;
    private static final int CONTROLLER = 49;

    public static Decoded<HitachiInquiry> parse(List<Byte> data) {
        var bytes = new Bytes(data);
        if (!bytes.has(0, CONTROLLER + 1)) {
            return new Decoded.Invalid<>(Decoded.Fault.TRUNCATED, bytes.size(), "INQUIRY data shorter than 50 bytes");
        }
        var unit = Character.digit(bytes.u8(UNIT), 16);
        var controller = Character.digit(bytes.u8(CONTROLLER), 10);
        if (unit < 0) {
            return new Decoded.Invalid<>(Decoded.Fault.MALFORMED, UNIT, "the unit's last digit is none");
        }
        return controller < 0
                ? new Decoded.Invalid<>(Decoded.Fault.MALFORMED, CONTROLLER, "the controller's digit is none")
                : new Decoded.Ok<>(new HitachiInquiry(unit, controller));
    }

    /** Units with an odd number are at home on the controllers with an odd one. */
    public boolean isHome() {
        return unit % 2 == controller % 2;
    }
}
