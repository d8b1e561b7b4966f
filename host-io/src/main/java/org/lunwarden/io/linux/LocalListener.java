package org.lunwarden.io.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jnr.ffi.Pointer;

/** A socket of this host that listens (unix(7)). One thread uses it, but for {@link #wake}. */
public final class LocalListener implements AutoCloseable {

    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM = 1;
    private static final int FLAGS = LibC.O_CLOEXEC | LibC.O_NONBLOCK;
    private static final int LONGEST_PATH = 107;
    private static final int BACKLOG = 64;
    private static final int POLLFD_SIZE = 8;

    private final int fd;
    private final Wakeup wakeup;
    /** For the bytes of all connections, in turn. */
    private final Pointer piece = LibC.allocate(LocalConnection.PIECE);

    private Pointer fds = LibC.allocate(8 * POLLFD_SIZE);

    private LocalListener(int fd, Wakeup wakeup) {
        this.fd = fd;
        this.wakeup = wakeup;
    }

    /** @throws IOException where nothing can be bound to that path, or this process has no more files to open */
    public static LocalListener open(Path path) throws IOException {
        var name = path.toString().getBytes(StandardCharsets.UTF_8);
        if (name.length > LONGEST_PATH) {
            throw new IOException("a socket's path has no more than " + LONGEST_PATH + " bytes");
        }
        var wakeup = wakeup();
        try {
            return new LocalListener(bound(name), wakeup);
        } catch (IOException refused) {
            wakeup.close();
            throw refused;
        }
    }

    private static Wakeup wakeup() throws IOException {
        try {
            return new Wakeup();
        } catch (IllegalStateException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
    }

    private static int bound(byte[] name) throws IOException {
        var calls = LibC.calls();
        var fd = calls.socket(AF_UNIX, SOCK_STREAM | FLAGS, 0);
        if (fd < 0) {
            throw LocalConnection.failed("socket");
        }
        var address = ByteBuffer.allocate(Short.BYTES + name.length + 1)
                .order(ByteOrder.nativeOrder())
                .putShort((short) AF_UNIX)
                .put(name)
                .array();
        if (calls.bind(fd, address, address.length) < 0 || calls.listen(fd, BACKLOG) < 0) {
            var refused = LocalConnection.failed("bind");
            var unused = calls.close(fd);
            throw refused;
        }
        return fd;
    }

    /** Empty when nobody is at the door. */
    public Optional<LocalConnection> accept() throws IOException {
        var accepted = LibC.calls().accept4(fd, null, null, FLAGS);
        if (accepted >= 0) {
            return Optional.of(LocalConnection.of(accepted, piece));
        }
        if (LibC.errno() == LibC.EAGAIN || LibC.errno() == LibC.EINTR) {
            return Optional.empty();
        }
        throw LocalConnection.failed("accept");
    }

    /**
     * What can go on.
     *
     * @param knocked somebody is at the door
     */
    public record Ready(boolean knocked, List<LocalConnection> connections) {}

    /** Waits until something can go on, {@link #wake} is called, or the time is over. */
    public Ready await(boolean atDoor, List<LocalConnection> toRead, List<LocalConnection> toWrite, Duration patience) {
        var all = new ArrayList<LocalConnection>(toRead);
        all.addAll(toWrite);
        var count = all.size() + 2;
        if (fds.size() < (long) count * POLLFD_SIZE) {
            fds = LibC.allocate(2 * count * POLLFD_SIZE);
        }
        put(0, wakeup.fd(), LibC.POLLIN);
        put(1, atDoor ? fd : -1, LibC.POLLIN);
        for (var i = 0; i < all.size(); i++) {
            put(i + 2, all.get(i).fd(), i < toRead.size() ? LibC.POLLIN : LibC.POLLOUT);
        }
        if (LibC.calls().poll(fds, count, (int) patience.toMillis()) <= 0) {
            return new Ready(false, List.of());
        }
        wakeup.drain();
        var ready = new ArrayList<LocalConnection>();
        for (var i = 0; i < all.size(); i++) {
            if (isReady(i + 2)) {
                ready.add(all.get(i));
            }
        }
        return new Ready(isReady(1), ready);
    }

    private void put(int index, int fd, int events) {
        fds.putInt((long) index * POLLFD_SIZE, fd);
        fds.putShort((long) index * POLLFD_SIZE + 4, (short) events);
        fds.putShort((long) index * POLLFD_SIZE + 6, (short) 0);
    }

    private boolean isReady(int index) {
        return fds.getShort((long) index * POLLFD_SIZE + 6) != 0;
    }

    /** Callable from any thread, after the end too. */
    public void wake() {
        wakeup.wake();
    }

    /** For the thread that waits. Its connections are not closed with it, nor is the socket's file taken away. */
    @Override
    public void close() {
        var unused = LibC.calls().close(fd);
        wakeup.close();
    }
}
