package org.lunwarden.io.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.annotations.In;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import org.lunwarden.io.IoResult;

@EnabledOnOs(OS.LINUX)
class SystemdNotifyTest {

    private static final Sockets SOCKETS = LibraryLoader.create(Sockets.class).load("c");

    /** The manager's side of the calls. */
    public interface Sockets {
        int bind(int fd, @In byte[] address, int size);

        long recv(int fd, Pointer buffer, long size, int flags);
    }

    @Test
    void theManagerHearsEachStateOnAnAbstractSocket() {
        var name = "lunwarden-" + UUID.randomUUID();
        var manager = manager(name);
        try {
            var notify = SystemdNotify.of(Map.of("NOTIFY_SOCKET", "@" + name), 1);

            assertThat(notify.ready()).isEqualTo(IoResult.done());
            assertThat(notify.alive()).isEqualTo(IoResult.done());
            assertThat(notify.status("2 maps\nREADY=1")).isEqualTo(IoResult.done());
            assertThat(notify.stopping()).isEqualTo(IoResult.done());
            assertThat(received(manager)).isEqualTo("READY=1");
            assertThat(received(manager)).isEqualTo("WATCHDOG=1");
            assertThat(received(manager)).isEqualTo("STATUS=2 maps READY=1");
            assertThat(received(manager)).isEqualTo("STOPPING=1");
        } finally {
            LibC.calls().close(manager);
        }
    }

    @Test
    void withoutAManagerAllIsWell() {
        var notify = SystemdNotify.of(Map.of(), 1);

        assertThat(notify.ready()).isEqualTo(IoResult.done());
        assertThat(notify.watchdog()).isEmpty();
    }

    @Test
    void aSocketThatNobodyHearsIsRefused() {
        assertThat(SystemdNotify.of(Map.of("NOTIFY_SOCKET", "@none-" + UUID.randomUUID()), 1)
                        .ready())
                .isInstanceOf(IoResult.Refused.class);
        assertThat(SystemdNotify.of(Map.of("NOTIFY_SOCKET", "vsock:2:1"), 1).ready())
                .isInstanceOf(IoResult.Refused.class);
        assertThat(SystemdNotify.of(Map.of("NOTIFY_SOCKET", "/" + "x".repeat(200)), 1)
                        .ready())
                .isInstanceOf(IoResult.Refused.class);
    }

    @Test
    void theWatchdogIsOursOnlyWhenItNamesUs() {
        assertThat(SystemdNotify.of(Map.of("WATCHDOG_USEC", "3000000"), 7).watchdog())
                .contains(Duration.ofSeconds(3));
        assertThat(SystemdNotify.of(Map.of("WATCHDOG_USEC", "3000000", "WATCHDOG_PID", "7"), 7)
                        .watchdog())
                .isPresent();
        assertThat(SystemdNotify.of(Map.of("WATCHDOG_USEC", "3000000", "WATCHDOG_PID", "8"), 7)
                        .watchdog())
                .isEmpty();
        assertThat(SystemdNotify.of(Map.of("WATCHDOG_USEC", "soon"), 7).watchdog())
                .isEmpty();
    }

    private static int manager(String name) {
        var fd = LibC.calls().socket(1, 2, 0);
        var path = name.getBytes(StandardCharsets.US_ASCII);
        var address = new byte[3 + path.length];
        address[0] = 1;
        System.arraycopy(path, 0, address, 3, path.length);
        assertThat(SOCKETS.bind(fd, address, address.length)).isZero();
        return fd;
    }

    private static String received(int fd) {
        var buffer = LibC.allocate(256);
        var size = (int) SOCKETS.recv(fd, buffer, 256, 0x40);
        var bytes = new byte[Math.max(0, size)];
        buffer.get(0, bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
