package org.lunwarden.io.linux;

import jnr.ffi.Pointer;

/** Waits for one file and a {@link Wakeup}. For one thread. */
final class Poll {

    private static final int POLLFD_SIZE = 8;

    private final Pointer fds = LibC.allocate(2 * POLLFD_SIZE);

    /** Whether {@code fd} can be read (or has failed) now, at the latest after the time; -1 for no file or no limit. */
    boolean await(int fd, Wakeup wakeup, int millis) {
        put(0, fd);
        put(1, wakeup.fd());
        var ready = LibC.calls().poll(fds, 2, millis);
        return ready > 0 && fds.getShort(6) != 0;
    }

    private void put(int index, int fd) {
        fds.putInt((long) index * POLLFD_SIZE, fd);
        fds.putShort((long) index * POLLFD_SIZE + 4, (short) LibC.POLLIN);
        fds.putShort((long) index * POLLFD_SIZE + 6, (short) 0);
    }
}
