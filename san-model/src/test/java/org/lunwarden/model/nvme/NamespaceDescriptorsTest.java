package org.lunwarden.model.nvme;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.model.scsi.Decoded;

class NamespaceDescriptorsTest {

    private static final String EUI64 = "01080000" + "0025385b71b00f3f";
    private static final String NGUID = "02100000" + "0025385b71b00f3f0123456789abcdef";
    private static final String UUID = "03100000" + "3f1bd8a26d3c4c7e9a540d6f4b1c2e01";
    private static final String COMMAND_SET = "04010000" + "00";

    @Test
    void aNamespaceIsCalledAsTheKernelCallsItByItsBestName() {
        assertThat(names(COMMAND_SET + EUI64 + NGUID + UUID + "00000000"))
                .containsExactly(
                        "uuid.3f1bd8a2-6d3c-4c7e-9a54-0d6f4b1c2e01",
                        "eui.0025385b71b00f3f0123456789abcdef",
                        "eui.0025385b71b00f3f");
    }

    @Test
    void whatFollowsTheEndOfTheListIsNoName() {
        assertThat(names(EUI64 + "00000000" + UUID)).containsExactly("eui.0025385b71b00f3f");
    }

    @Test
    void anIdOfZerosAndAnUnknownTypeAreNoNames() {
        assertThat(names("7f020000ffff" + "02100000" + "00".repeat(16))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0310", "03100000" + "3f1bd8a26d3c", "03080000" + "3f1bd8a26d3c4c7e", "01100000"})
    void aListThatIsCutOffOrLiesNamesNothing(String list) {
        var read = NamespaceDescriptors.parse(bytes(list));

        assertThat(read instanceof Decoded.Invalid
                        || read.equals(new Decoded.Ok<>(new NamespaceDescriptors(List.of()))))
                .isTrue();
    }

    @Test
    void anOlderControllerTellsTheNamesInTheIdentity() {
        var identity = new ArrayList<>(Collections.nCopies(4096, (byte) 0));
        var nguid = bytes("0025385b71b00f3f0123456789abcdef");
        for (var i = 0; i < nguid.size(); i++) {
            identity.set(104 + i, nguid.get(i));
        }

        assertThat(NamespaceDescriptors.parseIdentity(identity))
                .isEqualTo(new Decoded.Ok<>(new NamespaceDescriptors(List.of("eui.0025385b71b00f3f0123456789abcdef"))));
        assertThat(NamespaceDescriptors.parseIdentity(identity.subList(0, 127))).isInstanceOf(Decoded.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 20261122})
    void anyBytesGiveNamesOfTheirFormOrAFault(long seed) {
        var random = new Random(seed);
        for (var round = 0; round < 20_000; round++) {
            var bytes = new ArrayList<Byte>();
            while (bytes.size() < 80) {
                var type = random.nextInt(5);
                var length = random.nextInt(8) == 0 ? random.nextInt(40) : type == 1 ? 8 : 16;
                bytes.addAll(List.of((byte) type, (byte) length, (byte) 0, (byte) 0));
                for (var i = 0; i < length; i++) {
                    bytes.add((byte) random.nextInt(256));
                }
            }

            var cut = bytes.subList(0, random.nextInt(bytes.size()));

            if (NamespaceDescriptors.parse(cut) instanceof Decoded.Ok<NamespaceDescriptors>(var read)) {
                assertThat(read.names())
                        .as("seed %d, round %d", seed, round)
                        .allMatch(name -> name.matches(
                                "uuid\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|eui\\.[0-9a-f]{16}([0-9a-f]{16})?"));
            }
        }
    }

    private static List<String> names(String list) {
        return switch (NamespaceDescriptors.parse(bytes(list))) {
            case Decoded.Ok<NamespaceDescriptors>(var read) -> read.names();
            case Decoded.Invalid<NamespaceDescriptors> fault -> throw new AssertionError(fault.toString());
        };
    }

    private static List<Byte> bytes(String hex) {
        var bytes = new ArrayList<Byte>();
        for (var each : HexFormat.of().parseHex(hex)) {
            bytes.add(each);
        }
        return bytes;
    }
}
