package org.lunwarden.io.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.io.contract.Expect.eventually;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.lunwarden.io.FabricEvents;
import org.lunwarden.model.fc.FabricEvent;

/** The kernel here has no FC adapter that would tell of anything: root tells it to those who listen in its stead. */
@Tag("kernel")
class FcNetlinkKernelTest {

    private static final int LINK_UP = 2;

    @Test
    void whatIsToldToTheGroupOfFcEventsIsHeard(@TempDir Path root) throws IOException {
        var heard = new CopyOnWriteArrayList<FabricEvents.Said>();
        var adapter = Files.createDirectories(root.resolve("sys/class/fc_host/host7"));
        Files.writeString(adapter.resolve("port_name"), "0x10000000c9a00001\n");

        try (var subscription = new FcNetlink(new SysfsTree(root)).onFabricEvent(heard::add)) {
            assertThat(subscription).isNotNull();
            tell(new byte[] {1, 2, 3});
            tell(event(7));

            eventually(
                    "an event",
                    () -> heard.contains(new FabricEvents.Heard(new FabricEvent.LinkUp(7), "0x10000000c9a00001")));
        }
        assertThat(heard).hasSize(1);
    }

    private static void tell(byte[] datagram) {
        var calls = LibC.calls();
        var socket = calls.socket(16, 3 | LibC.O_CLOEXEC, 18);
        assertThat(socket).isNotNegative();
        var address = ByteBuffer.allocate(12)
                .order(ByteOrder.nativeOrder())
                .putShort((short) 16)
                .putShort((short) 0)
                .putInt(0)
                .putInt(1 << 2)
                .array();
        assertThat(calls.sendto(socket, datagram, datagram.length, 0, address, address.length))
                .isEqualTo(datagram.length);
        assertThat(calls.close(socket)).isZero();
    }

    private static byte[] event(int host) {
        return ByteBuffer.allocate(56)
                .order(ByteOrder.nativeOrder())
                .putInt(56)
                .putShort((short) 0x11)
                .putShort((short) 0)
                .putLong(0)
                .put((byte) 1)
                .put((byte) 1)
                .putShort((short) 0xa1b2)
                .putShort((short) 0x0100)
                .putShort((short) 40)
                .putLong(0)
                .putLong(0)
                .putShort((short) host)
                .putShort((short) 4)
                .putInt(0)
                .putInt(LINK_UP)
                .putInt(0)
                .array();
    }
}
