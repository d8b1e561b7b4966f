package org.lunwarden.io.simulated;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/** The mode pages of a LUN: the control page, of which GLTSD and TAS can be changed (SPC-5 7.5.10). */
final class ModePages {

    static final int MODE_SENSE = 0x5a;
    static final int MODE_SELECT = 0x55;

    private static final int CONTROL = 0x0a;
    private static final int HEADER = 8;
    /** From the page's third byte on. */
    private static final byte[] CHANGEABLE = {0x02, 0, 0, 0x40, 0, 0, 0, 0, 0, 0};

    private static final int SAVED_NOT_SUPPORTED = 0x3900;
    private static final int INVALID_FIELD_IN_CDB = 0x2400;
    private static final int INVALID_FIELD_IN_LIST = 0x2600;
    private static final int LIST_LENGTH = 0x1a00;

    private byte[] control = new byte[CHANGEABLE.length];

    /** @param code additional sense code and qualifier of an illegal request; 0 when it was none */
    record Outcome(int code, Optional<byte[]> data) {
        private static Outcome refused(int code) {
            return new Outcome(code, Optional.empty());
        }
    }

    Outcome sense(byte[] cdb) {
        if ((cdb[2] & 0x3f) != CONTROL || cdb[3] != 0) {
            return Outcome.refused(INVALID_FIELD_IN_CDB);
        }
        return switch (cdb[2] >> 6 & 0x3) {
            case 0 -> told(control);
            case 1 -> told(CHANGEABLE);
            case 2 -> told(new byte[CHANGEABLE.length]);
            default -> Outcome.refused(SAVED_NOT_SUPPORTED);
        };
    }

    private static Outcome told(byte[] page) {
        var answer = new ByteArrayOutputStream();
        answer.writeBytes(new byte[] {0, (byte) (HEADER + page.length), 0, 0, 0, 0, 0, 0, CONTROL, (byte) page.length});
        answer.writeBytes(page);
        return new Outcome(0, Optional.of(answer.toByteArray()));
    }

    Outcome select(byte[] cdb, byte[] list) {
        if ((cdb[1] & 0x11) != 0x10) {
            return Outcome.refused(INVALID_FIELD_IN_CDB);
        }
        var announced = (cdb[7] & 0xff) << 8 | (cdb[8] & 0xff);
        if (announced != list.length || list.length != HEADER + 2 + control.length) {
            return Outcome.refused(LIST_LENGTH);
        }
        var page = Arrays.copyOfRange(list, HEADER + 2, list.length);
        if (list[HEADER] != CONTROL || list[HEADER + 1] != control.length || !mayBecome(page)) {
            return Outcome.refused(INVALID_FIELD_IN_LIST);
        }
        control = page;
        return new Outcome(0, Optional.of(new byte[0]));
    }

    private boolean mayBecome(byte[] page) {
        for (var i = 0; i < page.length; i++) {
            if (((page[i] ^ control[i]) & ~CHANGEABLE[i]) != 0) {
                return false;
            }
        }
        return true;
    }
}
