package org.lunwarden.model.nvme;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.model.AnaState;
import org.lunwarden.model.scsi.Decoded;

class AnaLogTest {

    private static final String HEADER = "0100000000000000" + "0200" + "00".repeat(6);
    private static final String GROUP_1 =
            "01000000" + "02000000" + "00".repeat(8) + "01" + "00".repeat(15) + "01000000" + "02000000";
    private static final String GROUP_2 = "02000000" + "00000000" + "00".repeat(8) + "0f" + "00".repeat(15);

    @Test
    void everyGroupHasItsState() {
        assertThat(AnaLog.parse(bytes(HEADER + GROUP_1 + GROUP_2))).isInstanceOfSatisfying(Decoded.Ok.class, read -> {
            var log = (AnaLog) read.value();
            assertThat(log.state(1)).contains(AnaState.OPTIMIZED);
            assertThat(log.state(2)).contains(AnaState.CHANGE);
            assertThat(log.state(3)).isEmpty();
            assertThat(log.whole()).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 20261121})
    void aLogCutAnywhereTellsTheGroupsBeforeTheCutAndAnyBytesAreRead(long seed) {
        var random = new Random(seed);
        var whole = bytes(HEADER + GROUP_1 + GROUP_2);
        for (var round = 0; round < 5_000; round++) {
            var noise = new byte[random.nextInt(120)];
            random.nextBytes(noise);

            var cut = random.nextInt(whole.size());
            switch (AnaLog.parse(whole.subList(0, cut))) {
                case Decoded.Invalid<AnaLog> unreadable -> assertThat(cut).isLessThan(16);
                case Decoded.Ok<AnaLog>(var log) -> {
                    assertThat(cut).isGreaterThanOrEqualTo(16);
                    assertThat(log.whole()).isFalse();
                    assertThat(log.state(1).isPresent()).as("cut at %d", cut).isEqualTo(cut >= 48);
                    assertThat(log.state(2)).isEmpty();
                }
            }
            if (AnaLog.parse(bytes(HexFormat.of().formatHex(noise))) instanceof Decoded.Ok<AnaLog>(var log)) {
                assertThat(log.states().size() * 32).isLessThanOrEqualTo(noise.length);
            }
        }
    }

    private static List<Byte> bytes(String hex) {
        var bytes = new ArrayList<Byte>();
        for (var each : HexFormat.of().parseHex(hex)) {
            bytes.add(each);
        }
        return bytes;
    }
}
