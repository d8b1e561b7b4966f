package org.lunwarden.io.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

import org.lunwarden.io.IoResult;

/** Gives one command to the daemon of this host. */
public final class ControlClient {

    private static final int ETIMEDOUT = 110;
    private static final int EIO = 5;

    private ControlClient() {}

    /** The reply, as it came. Blocks for the patience at most. Refused when no daemon listens, or when it does not answer. */
    public static IoResult<String> ask(Path socket, String command, Duration patience) {
        var end = System.nanoTime() + patience.toNanos();
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                var selector = Selector.open()) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.configureBlocking(false);
            var key = channel.register(selector, SelectionKey.OP_WRITE);
            var request = Frame.of(command);
            while (request.hasRemaining()) {
                await(selector, end);
                channel.write(request);
            }
            key.interestOps(SelectionKey.OP_READ);
            var header = ByteBuffer.allocate(Frame.HEADER);
            fill(channel, selector, header, end);
            var body = Frame.body(header, Frame.LONGEST_REPLY)
                    .orElseThrow(() -> new IOException("the reply has no length that a reply can have"));
            fill(channel, selector, body, end);
            return new IoResult.Ok<>(Frame.text(body));
        } catch (Late late) {
            return new IoResult.Refused<>(
                    ETIMEDOUT, "ask " + socket, "no answer within " + patience.toSeconds() + " s");
        } catch (IOException | IllegalArgumentException refused) {
            return new IoResult.Refused<>(EIO, "ask " + socket, String.valueOf(refused.getMessage()));
        }
    }

    private static void fill(SocketChannel channel, Selector selector, ByteBuffer buffer, long end)
            throws IOException, Late {
        while (buffer.hasRemaining()) {
            await(selector, end);
            if (channel.read(buffer) < 0) {
                throw new IOException("the daemon closed the connection");
            }
        }
    }

    private static void await(Selector selector, long end) throws IOException, Late {
        var left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (left <= 0) {
            throw new Late();
        }
        selector.select(left);
        selector.selectedKeys().clear();
    }

    private static final class Late extends Exception {
        private static final long serialVersionUID = 1;
    }
}
