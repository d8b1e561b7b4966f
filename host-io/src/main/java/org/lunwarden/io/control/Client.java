package org.lunwarden.io.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import org.lunwarden.io.linux.LocalConnection;

/** One connection: it is read from, then waits for its answer, then is written to, and so on. Of one thread. */
final class Client {

    private final LocalConnection channel;
    private final BiConsumer<Client, String> commands;
    private final ByteBuffer header = ByteBuffer.allocate(Frame.HEADER);
    private @Nullable ByteBuffer body;
    private @Nullable ByteBuffer reply;
    private Turn turn = Turn.TO_SEND;
    private long progress = System.nanoTime();

    /** What is awaited. */
    enum Turn {
        /** The other side's command. */
        TO_SEND,
        /** Our answer. */
        OURS,
        /** That the other side reads our answer. */
        TO_READ
    }

    Client(LocalConnection channel, BiConsumer<Client, String> commands) {
        this.channel = channel;
        this.commands = commands;
    }

    /** @throws IOException when the other side is gone */
    void proceed() throws IOException {
        if (reply != null) {
            write(reply);
        } else {
            read();
        }
    }

    private void read() throws IOException {
        var into = body == null ? header : body;
        var count = channel.read(into);
        if (count < 0) {
            close();
            return;
        }
        progress = System.nanoTime();
        if (into.hasRemaining()) {
            return;
        }
        if (body == null) {
            var next = Frame.body(header, Frame.LONGEST_COMMAND);
            if (next.isEmpty()) {
                close();
                return;
            }
            body = next.get();
            read();
        } else {
            var command = Frame.text(body);
            header.clear();
            body = null;
            turn = Turn.OURS;
            commands.accept(this, command);
        }
    }

    /** Answers the command that was read. */
    void reply(String text) {
        progress = System.nanoTime();
        reply = Frame.of(text);
        turn = Turn.TO_READ;
    }

    private void write(ByteBuffer pending) throws IOException {
        if (channel.write(pending) > 0) {
            progress = System.nanoTime();
        }
        if (!pending.hasRemaining()) {
            reply = null;
            turn = Turn.TO_SEND;
        }
    }

    /** Whether nothing has moved since then although it is the other side's turn. */
    boolean isStale(long since) {
        return turn != Turn.OURS && progress - since < 0;
    }

    Turn turn() {
        return turn;
    }

    LocalConnection connection() {
        return channel;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    void close() {
        channel.close();
    }
}
