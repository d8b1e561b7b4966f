package org.lunwarden.io.linux;

import jnr.constants.platform.Errno;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;
import org.jspecify.annotations.Nullable;

import org.lunwarden.io.IoResult;

/** The C library's calls that the JDK does not offer. For 64-bit Linux: sizes and pointers are {@code long}. */
final class LibC {

    static final int O_RDONLY = 0;
    static final int O_WRONLY = 1;
    static final int O_RDWR = 2;
    static final int O_EXCL = 0200;
    static final int O_NONBLOCK = 04000;
    static final int O_CLOEXEC = 02000000;

    static final int LOCK_SH = 1;
    static final int LOCK_EX = 2;
    static final int LOCK_NB = 4;

    static final int POLLIN = 0x1;
    static final int POLLOUT = 0x4;
    static final int MSG_NOSIGNAL = 0x4000;

    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int EIO = 5;
    static final int ENXIO = 6;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int EBUSY = 16;
    static final int ENODEV = 19;
    static final int EINVAL = 22;
    static final int ENOTTY = 25;
    static final int EOPNOTSUPP = 95;
    static final int ENOBUFS = 105;
    static final int ECANCELED = 125;

    private static final Calls CALLS = LibraryLoader.create(Calls.class).load("c");
    private static final Runtime RUNTIME = Runtime.getRuntime(CALLS);

    private LibC() {}

    /** One method per page of section 2 and 3 of the manual; -1 is a failure, its number in {@link LibC#errno}. */
    public interface Calls {
        int open(@In String path, int flags);

        int close(int fd);

        long read(int fd, Pointer buffer, long size);

        long write(int fd, Pointer buffer, long size);

        long pread(int fd, Pointer buffer, long size, long offset);

        int flock(int fd, int operation);

        int ioctl(int fd, long request, Pointer argument);

        int poll(Pointer fds, long count, int timeoutMillis);

        int eventfd(int initial, int flags);

        int epoll_create1(int flags);

        int epoll_ctl(int epoll, int operation, int fd, Pointer event);

        int epoll_wait(int epoll, Pointer events, int count, int timeoutMillis);

        long syscall(long number, long first, long second, long third, long fourth, long fifth);

        int clock_gettime(int clock, Pointer timespec);

        int mlockall(int flags);

        int getrlimit(int resource, Pointer limit);

        int setrlimit(int resource, Pointer limit);

        int socket(int domain, int type, int protocol);

        int bind(int fd, @In byte[] address, int addressSize);

        int listen(int fd, int backlog);

        int accept4(int fd, @Nullable Pointer address, @Nullable Pointer addressSize, int flags);

        int getsockopt(int fd, int level, int option, Pointer value, Pointer valueSize);

        long send(int fd, Pointer message, long size, int flags);

        long sendto(int fd, @In byte[] message, long size, int flags, @In byte[] address, int addressSize);
    }

    static Calls calls() {
        return CALLS;
    }

    static Runtime runtime() {
        return RUNTIME;
    }

    /** Memory outside the heap, zeroed; freed when the pointer is garbage. */
    static Pointer allocate(int bytes) {
        return RUNTIME.getMemoryManager().allocateDirect(bytes, true);
    }

    /** The number of this thread's last failure. */
    static int errno() {
        return RUNTIME.getLastError();
    }

    /** The C library's word for an error number. */
    static String reason(int errno) {
        var known = Errno.valueOf(errno);
        return known == Errno.__UNKNOWN_CONSTANT__ ? "error " + errno : known.description();
    }

    static <T> IoResult<T> refused(int errno, String call) {
        return new IoResult.Refused<>(errno, call, reason(errno));
    }

    /** The refusal of the call that this thread just made. */
    static <T> IoResult<T> refused(String call) {
        return refused(errno(), call);
    }
}
