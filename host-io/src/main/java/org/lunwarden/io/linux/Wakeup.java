package org.lunwarden.io.linux;

import jnr.ffi.Pointer;

/** Wakes a thread that waits in poll(2) or epoll_wait(2), by an eventfd(2). */
final class Wakeup {

    private static final int EFD_CLOEXEC = LibC.O_CLOEXEC;
    private static final int EFD_NONBLOCK = LibC.O_NONBLOCK;

    private final int fd;
    private final Pointer one = LibC.allocate(8);
    private final Pointer drained = LibC.allocate(8);
    private boolean closed;

    Wakeup() {
        fd = LibC.calls().eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        if (fd < 0) {
            throw new IllegalStateException("eventfd: " + LibC.reason(LibC.errno()));
        }
        one.putLong(0, 1);
    }

    int fd() {
        return fd;
    }

    /** Callable from any thread; several wake-ups before {@link #drain} are one. */
    synchronized void wake() {
        if (!closed) {
            var unused = LibC.calls().write(fd, one, 8);
        }
    }

    /** Takes the wake-ups so far. For the waiting thread only. */
    void drain() {
        var unused = LibC.calls().read(fd, drained, 8);
    }

    /** For the waiting thread, at its end; later wake-ups go nowhere. */
    synchronized void close() {
        closed = true;
        var unused = LibC.calls().close(fd);
    }
}
