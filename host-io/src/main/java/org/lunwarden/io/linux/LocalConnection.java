package org.lunwarden.io.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;

import jnr.ffi.Pointer;

/**
 * One connection of a {@link LocalListener}, of the same thread. It never blocks: what cannot be read or written now is 0 bytes.
 */
public final class LocalConnection implements ByteChannel {

    static final int PIECE = 64 * 1024;

    private static final int SOL_SOCKET = 1;
    private static final int SO_PEERCRED = 17;
    private static final int UCRED_SIZE = 12;

    private final int fd;
    private final Peer peer;
    private final Pointer memory;
    private boolean open = true;

    /**
     * Who is at the other side, as the kernel saw it when it connected ({@code SO_PEERCRED} of unix(7)): in numbers, so that
     * no name service is asked, which may be on a disk that does not answer.
     */
    public record Peer(int pid, long uid) {}

    private LocalConnection(int fd, Peer peer, Pointer memory) {
        this.fd = fd;
        this.peer = peer;
        this.memory = memory;
    }

    /**
     * Takes the file over; it is closed when the kernel does not tell who is at the other side.
     *
     * @param memory of that many bytes as a {@link #PIECE}, for what is read and written
     */
    static LocalConnection of(int fd, Pointer memory) throws IOException {
        var credentials = LibC.allocate(UCRED_SIZE);
        var size = LibC.allocate(Integer.BYTES);
        size.putInt(0, UCRED_SIZE);
        if (LibC.calls().getsockopt(fd, SOL_SOCKET, SO_PEERCRED, credentials, size) < 0) {
            var broken = failed("SO_PEERCRED");
            var unused = LibC.calls().close(fd);
            throw broken;
        }
        var peer = new Peer(credentials.getInt(0), Integer.toUnsignedLong(credentials.getInt(4)));
        return new LocalConnection(fd, peer, memory);
    }

    int fd() {
        return fd;
    }

    /** Another file may have the number of one that is closed. */
    private int opened() throws ClosedChannelException {
        if (!open) {
            throw new ClosedChannelException();
        }
        return fd;
    }

    public Peer peer() {
        return peer;
    }

    /** -1 when the other side has ended. */
    @Override
    public int read(ByteBuffer into) throws IOException {
        var count = (int) LibC.calls().read(opened(), memory, Math.min(PIECE, into.remaining()));
        if (count < 0) {
            return waiting("read");
        }
        if (count == 0 && into.hasRemaining()) {
            return -1;
        }
        var bytes = new byte[count];
        memory.get(0, bytes, 0, count);
        into.put(bytes);
        return count;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        var bytes = new byte[Math.min(PIECE, from.remaining())];
        from.get(from.position(), bytes);
        memory.put(0, bytes, 0, bytes.length);
        // a signal for a client that is gone would end the daemon
        var count = (int) LibC.calls().send(opened(), memory, bytes.length, LibC.MSG_NOSIGNAL);
        if (count < 0) {
            return waiting("write");
        }
        from.position(from.position() + count);
        return count;
    }

    private static int waiting(String call) throws IOException {
        var errno = LibC.errno();
        if (errno == LibC.EAGAIN || errno == LibC.EINTR) {
            return 0;
        }
        throw failed(call);
    }

    /** What the call came to that this thread just made. */
    static IOException failed(String call) {
        return new IOException(call + ": " + LibC.reason(LibC.errno()));
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            var unused = LibC.calls().close(fd);
        }
    }
}
