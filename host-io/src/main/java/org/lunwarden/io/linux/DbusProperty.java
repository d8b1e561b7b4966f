package org.lunwarden.io.linux;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The question for a text property of a D-Bus object, and its answer. Source: D-Bus specification, Message Protocol.
 *
 * <pre>
 * message := order type flags version #body serial #fields field* pad8 body      order: l or B; # u32 bytes
 * field   := pad8 code signature value                                           all aligned to their own size
 * </pre>
 */
final class DbusProperty {

    /** The most that is read of a message: what is longer is no answer to this question. */
    static final int LONGEST = 4096;

    private static final byte CALL = 1;
    private static final byte RETURN = 2;
    private static final byte ERROR = 3;
    private static final byte VERSION = 1;
    private static final byte PATH = 1;
    private static final byte INTERFACE = 2;
    private static final byte MEMBER = 3;
    private static final byte DESTINATION = 6;
    private static final byte SIGNATURE = 8;
    private static final int FIXED = 16;
    private static final int SERIAL = 1;

    /** What a message that came in is. */
    sealed interface Answer {
        record Text(String value) implements Answer {}

        /** The other side refuses. */
        record Refused() implements Answer {}

        /** Something else, such as a signal. */
        record Other() implements Answer {}
    }

    private DbusProperty() {}

    static byte[] question(String destination, String object, String owner, String property) {
        var fields = ByteBuffer.allocate(LONGEST).order(ByteOrder.LITTLE_ENDIAN);
        field(fields, PATH, "o", object);
        field(fields, INTERFACE, "s", "org.freedesktop.DBus.Properties");
        field(fields, MEMBER, "s", "Get");
        field(fields, DESTINATION, "s", destination);
        align(fields, 8);
        fields.put(SIGNATURE);
        signature(fields, "g");
        signature(fields, "ss");
        var body = ByteBuffer.allocate(LONGEST).order(ByteOrder.LITTLE_ENDIAN);
        text(body, owner);
        text(body, property);
        var message = ByteBuffer.allocate(3 * LONGEST).order(ByteOrder.LITTLE_ENDIAN);
        message.put((byte) 'l').put(CALL).put((byte) 0).put(VERSION);
        message.putInt(body.position()).putInt(SERIAL).putInt(fields.position());
        message.put(fields.flip());
        align(message, 8);
        message.put(body.flip());
        return bytes(message.flip());
    }

    /** How long the message is that begins there, in bytes; empty as long as that is not known, -1 when it is none. */
    static Optional<Integer> length(ByteBuffer start) {
        if (start.remaining() < FIXED) {
            return Optional.empty();
        }
        var at = ordered(start);
        if (at.get(3) != VERSION) {
            return Optional.of(-1);
        }
        var body = Integer.toUnsignedLong(at.getInt(4));
        var whole = FIXED + (Integer.toUnsignedLong(at.getInt(12)) + 7) / 8 * 8 + body;
        return Optional.of(whole > LONGEST ? -1 : (int) whole);
    }

    /** @param message a whole one */
    static Answer answer(ByteBuffer message) {
        var at = ordered(message);
        try {
            return switch (at.get(1)) {
                case RETURN -> {
                    at.position(FIXED + (at.getInt(12) + 7) / 8 * 8);
                    yield new Answer.Text(variant(at.slice().order(at.order())));
                }
                case ERROR -> new Answer.Refused();
                default -> new Answer.Other();
            };
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException malformed) {
            return new Answer.Refused();
        }
    }

    private static String variant(ByteBuffer body) {
        var signature = new byte[Byte.toUnsignedInt(body.get())];
        body.get(signature);
        if (!new String(signature, StandardCharsets.UTF_8).equals("s")) {
            throw new IllegalArgumentException("no text");
        }
        body.position((body.position() + 1 + 3) / 4 * 4);
        var length = body.getInt();
        if (length < 0 || length > body.remaining()) {
            throw new BufferUnderflowException();
        }
        var text = new byte[length];
        body.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static ByteBuffer ordered(ByteBuffer message) {
        var at = message.slice();
        return at.order(at.get(0) == 'B' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    private static void field(ByteBuffer into, byte code, String type, String value) {
        align(into, 8);
        into.put(code);
        signature(into, type);
        text(into, value);
    }

    private static void signature(ByteBuffer into, String types) {
        into.put((byte) types.length())
                .put(types.getBytes(StandardCharsets.UTF_8))
                .put((byte) 0);
    }

    private static void text(ByteBuffer into, String text) {
        align(into, 4);
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        into.putInt(bytes.length).put(bytes).put((byte) 0);
    }

    private static void align(ByteBuffer into, int size) {
        while (into.position() % size != 0) {
            into.put((byte) 0);
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
