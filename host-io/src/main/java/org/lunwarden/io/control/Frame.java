package org.lunwarden.io.control;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One message, in either direction: how many bytes follow, as the {@code size_t} of a 64-bit host in its own byte order; a
 * text; a zero byte, which is counted. Source: the wire protocol of multipathd(8).
 */
final class Frame {

    static final int HEADER = Long.BYTES;

    /** Of a command, its zero byte included; multipathd takes no longer one either. */
    static final int LONGEST_COMMAND = 512;

    static final int LONGEST_REPLY = 32 << 20;

    private Frame() {}

    static ByteBuffer of(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(HEADER + bytes.length + 1)
                .order(ByteOrder.nativeOrder())
                .putLong(bytes.length + 1L)
                .put(bytes)
                .put((byte) 0)
                .flip();
    }

    /** What follows a whole header; empty when its length is 0 or more than {@code longest}. */
    static Optional<ByteBuffer> body(ByteBuffer header, int longest) {
        var length = header.duplicate().order(ByteOrder.nativeOrder()).getLong(0);
        return length > 0 && length <= longest ? Optional.of(ByteBuffer.allocate((int) length)) : Optional.empty();
    }

    /** The text of a whole body, which ends at its first zero byte. */
    static String text(ByteBuffer body) {
        var bytes = new byte[body.capacity()];
        body.get(0, bytes);
        var end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
