package org.lunwarden.model.nvme;

import java.util.List;

/** Numbers in a controller's answer. Callers see to it that they are there. */
final class LittleEndian {

    private LittleEndian() {}

    /** @param length in bytes, 1 to 7 */
    static long number(List<Byte> data, int offset, int length) {
        var number = 0L;
        for (var i = length - 1; i >= 0; i--) {
            number = number << 8 | (data.get(offset + i) & 0xff);
        }
        return number;
    }
}
