package org.lunwarden.io.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import jnr.ffi.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import org.lunwarden.io.DeviceMapper.UdevFlags;
import org.lunwarden.model.DevT;

/** What is laid out for the kernel, and read back from it, byte by byte. */
@EnabledOnOs(OS.LINUX)
class NativeMemoryTest {

    private static final byte[] TEST_UNIT_READY = new byte[6];

    @Test
    void theKernelsListOfDevicesIsReadEntryByEntry() {
        var list = LibC.allocate(256);
        entry(list, 0, 0xfe01L, 48, "mpatha", 7, 1, "mpath-x");
        entry(list, 48, 0x1fe02L, 40, "vg-root", 0, 2, "");
        entry(list, 88, 0x10fe03L, 0, "old", 3, 0, "");

        assertThat(DmNames.read(list))
                .containsExactly(
                        new DmNames.Entry("mpatha", Optional.of("mpath-x"), new DevT(254, 1), 7),
                        new DmNames.Entry("vg-root", Optional.of(""), new DevT(510, 2), 0),
                        new DmNames.Entry("old", Optional.empty(), new DevT(254, 259), 3));
    }

    @Test
    void ofADeviceWhoseNameTheLibraryShortenedNoMoreIsReadThanItsNumber() {
        var list = LibC.allocate(256);
        entry(list, 0, 0xfe01L, 56, "ora\\x281\\x29", 7, 1, "mpath-x");
        text(list, 12, "ora(1)\0");
        entry(list, 56, 0xfe02L, 0, "mpatha", 3, 1, "mpath-y");

        assertThat(DmNames.read(list))
                .containsExactly(
                        new DmNames.Entry("ora(1)", Optional.empty(), new DevT(254, 1), 0),
                        new DmNames.Entry("mpatha", Optional.of("mpath-y"), new DevT(254, 2), 3));
    }

    @Test
    void noDeviceGivesAnEmptyList() {
        assertThat(DmNames.read(LibC.allocate(16))).isEmpty();
    }

    private static void entry(
            Pointer list, long at, long device, int next, String name, int event, int flags, String uuid) {
        list.putLong(at, device);
        list.putInt(at + 8, next);
        text(list, at + 12, name);
        var after = (at + 12 + name.length() + 1 + 7) & ~7L;
        list.putInt(after, event);
        list.putInt(after + 4, flags);
        text(list, after + 8, uuid);
    }

    private static void text(Pointer to, long at, String text) {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        to.put(at, bytes, 0, bytes.length);
    }

    @Test
    void aCommandGivesItsAnswerWithoutWhatTheDeviceDidNotSend() {
        var command = new SgCommand(36);
        var header = command.prepare(new byte[] {0x12, 0, 0, 0, 36, 0}, 36, new byte[0], 30_000, 77);

        assertThat(SgCommand.id(header)).isEqualTo(77);
        assertThat(header.getByte(8)).isEqualTo((byte) 6);
        header.putInt(72, 30);
        assertThat(command.reply(header).data()).hasSize(6);
        header.putInt(72, -5);
        assertThat(command.reply(header).data()).hasSize(36);
        header.putByte(64, (byte) 2);
        header.putByte(67, (byte) 18);
        assertThat(command.reply(header).data()).isEmpty();
        assertThat(command.reply(header).sense()).hasSize(18);
    }

    @Test
    void aCommandWithDataTakesThemToTheDeviceAndBringsNone() {
        var command = new SgCommand(24);
        var header =
                command.prepare(new byte[] {0x55, 0x10, 0, 0, 0, 0, 0, 0, 3, 0}, 0, new byte[] {7, 8, 9}, 30_000, 1);

        assertThat(header.getInt(4)).isEqualTo(-2);
        assertThat(header.getInt(12)).isEqualTo(3);
        var sent = new byte[3];
        header.get(header.getLong(16) - header.address(), sent, 0, 3);
        assertThat(sent).containsExactly(7, 8, 9);
        assertThat(command.reply(header).data()).isEmpty();
    }

    @Test
    void nothingOfTheLastAnswerIsLeftInTheNextCommand() {
        var command = new SgCommand(0);
        var header = command.prepare(TEST_UNIT_READY, 0, new byte[0], 30_000, 1);
        header.putByte(64, (byte) 2);
        header.putShort(68, (short) 1);
        header.putByte(67, (byte) 18);

        var next = command.prepare(TEST_UNIT_READY, 0, new byte[0], 30_000, 2);

        assertThat(command.reply(next).status()).isZero();
        assertThat(command.reply(next).hostStatus()).isZero();
        assertThat(command.reply(next).sense()).isEmpty();
    }

    @Test
    void aReadsBufferStartsAtAPage() {
        assertThat(new AsyncReads.Slot().buffer().address() % 4096).isZero();
    }

    @Test
    void udevIsToldWhatTheMapIsLike() {
        assertThat(UdevCookies.word(UdevFlags.NONE, false)).isZero();
        assertThat(UdevCookies.word(UdevFlags.NONE, true)).isEqualTo(0x20);
        assertThat(UdevCookies.word(new UdevFlags(true, false, false), true)).isEqualTo(0x120);
        assertThat(UdevCookies.word(new UdevFlags(false, true, true), false)).isEqualTo(0x600);
    }
}
