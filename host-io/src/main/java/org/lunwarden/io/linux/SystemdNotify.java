package org.lunwarden.io.linux;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.lunwarden.io.IoResult;
import org.lunwarden.io.IoResult.Done;

/**
 * Tells the service manager how we are, by datagrams to the socket it names; sd_notify(3). Without a manager, every
 * message is well received. Never waits.
 */
public final class SystemdNotify {

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int LONGEST_PATH = 107;

    private final String socket;
    private final Optional<Duration> watchdog;

    private SystemdNotify(String socket, Optional<Duration> watchdog) {
        this.socket = socket;
        this.watchdog = watchdog;
    }

    /** From {@code NOTIFY_SOCKET}, {@code WATCHDOG_USEC} and {@code WATCHDOG_PID}. */
    public static SystemdNotify fromEnvironment() {
        return of(System.getenv(), ProcessHandle.current().pid());
    }

    static SystemdNotify of(Map<String, String> environment, long pid) {
        var forUs = environment.getOrDefault("WATCHDOG_PID", Long.toString(pid)).equals(Long.toString(pid));
        return new SystemdNotify(
                environment.getOrDefault("NOTIFY_SOCKET", ""),
                forUs ? micros(environment.getOrDefault("WATCHDOG_USEC", "")) : Optional.empty());
    }

    private static Optional<Duration> micros(String text) {
        return text.matches("[1-9]\\d{0,15}")
                ? Optional.of(Duration.ofNanos(Math.multiplyExact(Long.parseLong(text), 1000L)))
                : Optional.empty();
    }

    /** How long the manager waits for {@link #alive}; half of it is a good pace. Empty: it does not watch us. */
    public Optional<Duration> watchdog() {
        return watchdog;
    }

    public IoResult<Done> ready() {
        return send("READY=1");
    }

    public IoResult<Done> stopping() {
        return send("STOPPING=1");
    }

    public IoResult<Done> alive() {
        return send("WATCHDOG=1");
    }

    /** @param line one line for people, shown with the service's state */
    public IoResult<Done> status(String line) {
        return send("STATUS=" + line.replace('\n', ' '));
    }

    private IoResult<Done> send(String state) {
        if (socket.isEmpty()) {
            return IoResult.done();
        }
        var path = socket.getBytes(StandardCharsets.UTF_8);
        var isAbstract = socket.startsWith("@");
        if ((!isAbstract && !socket.startsWith("/")) || path.length > LONGEST_PATH) {
            return LibC.refused(LibC.EINVAL, "notify " + socket);
        }
        var fd = LibC.calls().socket(AF_UNIX, SOCK_DGRAM | LibC.O_CLOEXEC, 0);
        if (fd < 0) {
            return LibC.refused("socket for " + socket);
        }
        try {
            var message = state.getBytes(StandardCharsets.UTF_8);
            var address = address(path, isAbstract);
            var sent = LibC.calls()
                    .sendto(fd, message, message.length, MSG_DONTWAIT | MSG_NOSIGNAL, address, address.length);
            return sent < 0 ? LibC.refused("notify " + socket) : IoResult.done();
        } finally {
            var unused = LibC.calls().close(fd);
        }
    }

    /** {@code sockaddr_un}: the family, then the path; an abstract one starts with a NUL and has none at its end. */
    private static byte[] address(byte[] path, boolean isAbstract) {
        var address = new byte[2 + path.length + (isAbstract ? 0 : 1)];
        address[ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 0 : 1] = AF_UNIX;
        System.arraycopy(path, 0, address, 2, path.length);
        if (isAbstract) {
            address[2] = 0;
        }
        return address;
    }
}
