package org.lunwarden.model.fc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.model.fc.FabricEvent.FabricChanged;
import org.lunwarden.model.fc.FabricEvent.LinkErrors;
import org.lunwarden.model.fc.FabricEvent.LinkUp;

class FabricEventCodecTest {

    private static final long ARRAY = 0x500a_0980_0000_00a1L;
    private static final long SWITCH = 0x2001_0005_33aa_0000L;
    private static final long OTHER = 0x500a_0980_0000_00a2L;

    @Test
    void linkErrorsNameThePortAndThoseThatShareIt() {
        var datagram = message(3, 0x501, fpin(linkErrors(SWITCH, ARRAY, OTHER)));

        assertThat(parse(datagram))
                .containsExactly(new LinkErrors(3, Set.of("0x500a0980000000a1", "0x500a0980000000a2")));
    }

    @Test
    void whatTheDriverHasDealtWithIsHeardToo() {
        assertThat(parse(message(3, 0x502, fpin(linkErrors(SWITCH, ARRAY))))).hasSize(1);
    }

    @Test
    void descriptorsOfOtherKindsArePassedOver() {
        var congestion = ByteBuffer.allocate(16).putInt(0x0002_0004).putInt(8).array();

        var datagram = message(3, 0x501, fpin(congestion, linkErrors(SWITCH, ARRAY)));

        assertThat(parse(datagram)).containsExactly(new LinkErrors(3, Set.of("0x500a0980000000a1")));
        assertThat(parse(message(3, 0x501, fpin(congestion)))).isEmpty();
    }

    @Test
    void linkUpAndStateChangesAreHeardAndSeveralMessagesOfADatagram() {
        var first = message(3, 0x2, new byte[4]);
        var second = message(4, 0x5, new byte[4]);
        var both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);

        assertThat(parse(both)).containsExactly(new LinkUp(3), new FabricChanged(4));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x1, 0x3, 0x4, 0x103, 0xffff})
    void otherEventsArePassedOver(int code) {
        assertThat(parse(message(3, code, new byte[4]))).isEmpty();
    }

    @Test
    void anEventThatIsCutShortAnywhereNamesNoPortThatIsNotThere() {
        var whole = message(3, 0x501, fpin(linkErrors(SWITCH, ARRAY, OTHER)));

        for (var length = 0; length < whole.length; length++) {
            for (var event : parse(Arrays.copyOf(whole, length))) {
                assertThat(event).isEqualTo(new LinkErrors(3, Set.of("0x500a0980000000a1", "0x500a0980000000a2")));
            }
        }
    }

    @Test
    void randomBytesAndBentEventsAreNeverAnException() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        for (var round = 0; round < 50_000; round++) {
            byte[] bytes;
            if (random.nextBoolean()) {
                bytes = new byte[random.nextInt(200)];
                random.nextBytes(bytes);
            } else {
                bytes = message(3, 0x501, fpin(linkErrors(SWITCH, ARRAY, OTHER)));
                for (var bends = 1 + random.nextInt(4); bends > 0; bends--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
            }
            assertThat(parse(bytes)).as("seed %d, round %d", seed, round).hasSizeLessThanOrEqualTo(20);
        }
    }

    private static List<FabricEvent> parse(byte[] datagram) {
        return FabricEventCodec.parse(datagram, ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] message(int host, int code, byte[] data) {
        var length = 16 + 36 + data.length;
        return ByteBuffer.allocate((length + 3) & ~3)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .putShort((short) 0x11)
                .putShort((short) 0)
                .putLong(0)
                .put((byte) 1)
                .put((byte) 1)
                .putShort((short) 0xa1b2)
                .putShort((short) 0x0100)
                .putShort((short) (length - 16))
                .putLong(1_700_000_000)
                .putLong(0)
                .putShort((short) host)
                .putShort((short) data.length)
                .putInt(7)
                .putInt(code)
                .put(data)
                .array();
    }

    private static byte[] fpin(byte[]... descriptors) {
        var length = Arrays.stream(descriptors).mapToInt(each -> each.length).sum();
        var fpin = ByteBuffer.allocate(8 + length).putInt(0x1600_0000).putInt(length);
        for (var descriptor : descriptors) {
            fpin.put(descriptor);
        }
        return fpin.array();
    }

    private static byte[] linkErrors(long detecting, long attached, long... names) {
        var content = 32 + 8 * names.length;
        var errors = ByteBuffer.allocate(8 + content)
                .putInt(0x0002_0001)
                .putInt(content)
                .putLong(detecting)
                .putLong(attached)
                .putShort((short) 3)
                .putShort((short) 0)
                .putInt(1_000)
                .putInt(5)
                .putInt(names.length);
        for (var name : names) {
            errors.putLong(name);
        }
        return errors.array();
    }
}
