package org.lunwarden.model.scsi;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** A device's answer, big-endian. A slice is clipped to what is there; callers ask {@link #has} before they read. */
record Bytes(List<Byte> content) {

    Bytes {
        content = List.copyOf(content);
    }

    int size() {
        return content.size();
    }

    boolean has(int offset, int length) {
        return offset >= 0 && length >= 0 && offset <= size() - length;
    }

    /** 0 to 255. */
    int u8(int offset) {
        return content.get(offset) & 0xff;
    }

    int u16(int offset) {
        return u8(offset) << 8 | u8(offset + 1);
    }

    long u32(int offset) {
        return (long) u16(offset) << 16 | u16(offset + 2);
    }

    Bytes slice(int offset, int length) {
        var from = Math.min(Math.max(offset, 0), size());
        var to = (int) Math.min((long) from + Math.max(length, 0), size());
        return new Bytes(content.subList(from, to));
    }

    /** Lower-case. */
    String hex() {
        return HexFormat.of().formatHex(array());
    }

    /** One character a byte, up to the first NUL. */
    String text() {
        var all = new String(array(), StandardCharsets.ISO_8859_1);
        var end = all.indexOf('\0');
        return end < 0 ? all : all.substring(0, end);
    }

    private byte[] array() {
        var array = new byte[size()];
        for (var i = 0; i < array.length; i++) {
            array[i] = content.get(i);
        }
        return array;
    }
}
