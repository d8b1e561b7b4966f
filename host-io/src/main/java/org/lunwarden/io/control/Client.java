package org.lunwarden.io.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection: it is read from, then waits for its answer, then is written to, and so on. Of one thread. */
final class Client {

    private static final Logger LOG = LoggerFactory.getLogger(Client.class);

    private final SocketChannel channel;
    private final SelectionKey key;
    private final BiConsumer<Client, String> commands;
    private final ByteBuffer header = ByteBuffer.allocate(Frame.HEADER);
    private @Nullable ByteBuffer body;
    private @Nullable ByteBuffer reply;
    private long progress = System.nanoTime();

    Client(SocketChannel channel, SelectionKey key, BiConsumer<Client, String> commands) {
        this.channel = channel;
        this.key = key;
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
            key.interestOps(0);
            commands.accept(this, command);
        }
    }

    /** Answers the command that was read. */
    void reply(String text) {
        if (!key.isValid()) {
            return;
        }
        progress = System.nanoTime();
        reply = Frame.of(text);
        key.interestOps(SelectionKey.OP_WRITE);
    }

    private void write(ByteBuffer pending) throws IOException {
        if (channel.write(pending) > 0) {
            progress = System.nanoTime();
        }
        if (!pending.hasRemaining()) {
            reply = null;
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    /** Whether nothing has moved since then although it is the other side's turn. */
    boolean isStale(long since) {
        return key.interestOps() != 0 && progress - since < 0;
    }

    void close() {
        key.cancel();
        try {
            channel.close();
        } catch (IOException broken) {
            LOG.debug("a client of the control socket cannot be closed", broken);
        }
    }
}
