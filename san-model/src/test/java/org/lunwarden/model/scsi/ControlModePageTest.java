package org.lunwarden.model.scsi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlModePageTest {

    /** Header, page 0Ah of ten bytes with QErr and nothing else, saveable. */
    private static final String ANSWER = "0012 00 10 0000 0000" + "8a0a 00 02 00 00 0000 0000 0000";

    @Test
    void thePageIsReadAndSelectedAsItIsButForTas() {
        var page = read(ANSWER);

        assertThat(page.taskAbortedStatus()).isFalse();
        assertThat(page.withTaskAbortedStatus().taskAbortedStatus()).isTrue();
        assertThat(page.withTaskAbortedStatus().parameters())
                .isEqualTo(array("0000 00 00 0000 0000" + "0a0a 00 02 00 40 0000 0000 0000"));
    }

    @Test
    void blockDescriptorsArePassedOver() {
        assertThat(read("001a 00 10 0000 0008" + "0000000000000200" + "0a0a 00000040 00000000 0000")
                        .taskAbortedStatus())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0012 00 10 0000",
                "0012 00 10 0000 0000 0a0a 0000",
                "0006 00 10 0000 0000 0a0a 00000000000000000000",
                "0012 00 10 0000 ffff 0a0a 00000000000000000000",
                "0012 00 10 0000 0000 080a 00000000000000000000",
                "0012 00 10 0000 0000 4a0a 00000000000000000000",
                "000b 00 10 0000 0000 0a03 000000"
            })
    void whatIsNoWholeControlPageIsAFault(String answer) {
        assertThat(ControlModePage.parse(Hex.bytes(answer))).isInstanceOf(Decoded.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 20261122})
    void anyBytesAreReadToAPageThatIsInThemOrToAFault(long seed) {
        var random = new Random(seed);
        for (var round = 0; round < 20_000; round++) {
            var bytes = new ArrayList<Byte>();
            for (var i = random.nextInt(40); i > 0; i--) {
                bytes.add((byte) random.nextInt(256));
            }
            if (bytes.size() > 10 && random.nextBoolean()) {
                for (var i = 0; i < 8; i++) {
                    bytes.set(i, (byte) (i == 1 ? random.nextInt(60) : 0));
                }
                bytes.set(8, (byte) 0x0a);
                bytes.set(9, (byte) random.nextInt(16));
            }

            if (ControlModePage.parse(bytes) instanceof Decoded.Ok<ControlModePage>(var page)) {
                assertThat(bytes).as("seed %d, round %d", seed, round).containsSequence(page.content());
                assertThat(page.withTaskAbortedStatus().taskAbortedStatus()).isTrue();
                assertThat(ControlModePage.parse(answering(page))).isEqualTo(new Decoded.Ok<>(page));
            }
        }
    }

    /** What a device would answer that has that page. */
    private static List<Byte> answering(ControlModePage page) {
        var bytes = new ArrayList<Byte>();
        for (var each : page.parameters()) {
            bytes.add(each);
        }
        bytes.set(0, (byte) ((bytes.size() - 2) >> 8));
        bytes.set(1, (byte) (bytes.size() - 2));
        return bytes;
    }

    private static ControlModePage read(String answer) {
        return switch (ControlModePage.parse(Hex.bytes(answer))) {
            case Decoded.Ok<ControlModePage>(var page) -> page;
            case Decoded.Invalid<ControlModePage> fault -> throw new AssertionError(fault.toString());
        };
    }

    private static byte[] array(String hex) {
        var bytes = Hex.bytes(hex);
        var array = new byte[bytes.size()];
        for (var i = 0; i < array.length; i++) {
            array[i] = bytes.get(i);
        }
        return array;
    }
}
