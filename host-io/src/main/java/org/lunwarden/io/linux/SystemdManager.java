package org.lunwarden.io.linux;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.io.ServiceManager;
import org.lunwarden.model.settings.Ending;

/**
 * systemd, asked over its own socket, as systemctl does: no program is started, which may be on a disk that does not answer,
 * and no bus is needed, which may have ended before. Source: org.freedesktop.systemd1(5), {@code SystemState}.
 */
public final class SystemdManager implements ServiceManager {

    private static final Logger LOG = LoggerFactory.getLogger(SystemdManager.class);

    private static final Path SOCKET = Path.of("/run/systemd/private");
    private static final Path SELF = Path.of("/proc/self");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String SERVICE = "org.freedesktop.systemd1";
    private static final String STOPPING = "stopping";
    private static final int LONGEST_LINE = 256;

    private final Path socket;
    private final Duration patience;

    public SystemdManager() {
        this(SOCKET, PATIENCE);
    }

    SystemdManager(Path socket, Duration patience) {
        this.socket = socket;
        this.patience = patience;
    }

    @Override
    public Ending ending() {
        try {
            return state().equals(STOPPING) ? Ending.HOST : Ending.DAEMON;
        } catch (IOException unknown) {
            LOG.debug("systemd does not say whether the host goes down: {}", unknown.getMessage());
            return Ending.DAEMON;
        }
    }

    /** A word as of {@code systemctl is-system-running}. */
    String state() throws IOException {
        var said = new CompletableFuture<String>();
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            // a socket has no deadlines; its end ends whoever waits for it
            Thread.ofPlatform().daemon().name("systemd-state").start(() -> {
                try {
                    said.complete(ask(channel));
                } catch (IOException | RuntimeException broken) {
                    said.completeExceptionally(broken);
                }
            });
            return said.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException broken) {
            throw new IOException(broken.getCause());
        } catch (TimeoutException late) {
            throw new IOException("no answer within " + patience, late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    private String ask(SocketChannel channel) throws IOException {
        channel.connect(UnixDomainSocketAddress.of(socket));
        var user = Files.getAttribute(SELF, "unix:uid").toString().getBytes(StandardCharsets.US_ASCII);
        write(
                channel,
                ("\0AUTH EXTERNAL " + HexFormat.of().formatHex(user) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        var line = line(channel);
        if (!line.startsWith("OK ")) {
            throw new IOException("systemd says " + line);
        }
        write(channel, "BEGIN\r\n".getBytes(StandardCharsets.US_ASCII));
        write(
                channel,
                DbusProperty.question(
                        SERVICE, "/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager", "SystemState"));
        return answer(channel);
    }

    private static String answer(SocketChannel channel) throws IOException {
        var buffer = ByteBuffer.allocate(DbusProperty.LONGEST);
        while (true) {
            var received = buffer.duplicate().flip();
            var length = DbusProperty.length(received);
            if (length.filter(bytes -> bytes < 0).isPresent()) {
                throw new IOException("no message");
            }
            if (length.isEmpty() || received.remaining() < length.get()) {
                read(channel, buffer);
                continue;
            }
            switch (DbusProperty.answer(received.slice(0, length.get()))) {
                case DbusProperty.Answer.Text(var state) -> {
                    return state;
                }
                case DbusProperty.Answer.Refused() -> throw new IOException("refused");
                case DbusProperty.Answer.Other() -> {
                    buffer.flip().position(length.get());
                    buffer.compact();
                }
            }
        }
    }

    private static String line(SocketChannel channel) throws IOException {
        var line = new StringBuilder();
        var one = ByteBuffer.allocate(1);
        while (line.length() < LONGEST_LINE) {
            one.clear();
            read(channel, one);
            line.append((char) one.get(0));
            if (line.toString().endsWith("\r\n")) {
                return line.substring(0, line.length() - 2);
            }
        }
        throw new IOException("a line without an end");
    }

    private static void read(SocketChannel channel, ByteBuffer into) throws IOException {
        if (channel.read(into) < 0) {
            throw new IOException("closed");
        }
    }

    private static void write(SocketChannel channel, byte[] bytes) throws IOException {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
