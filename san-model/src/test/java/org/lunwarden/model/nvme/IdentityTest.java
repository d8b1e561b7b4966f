package org.lunwarden.model.nvme;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.model.scsi.Decoded;

class IdentityTest {

    @Test
    void aControllerTellsWhetherAndOfHowManyGroupsItReports() {
        var data = zeroes();
        data.set(348, (byte) 0x80);
        data.set(349, (byte) 1);

        assertThat(ControllerIdentity.parse(data)).isEqualTo(new Decoded.Ok<>(new ControllerIdentity(false, 0)));
        data.set(76, (byte) 0x0b);
        assertThat(ControllerIdentity.parse(data)).isEqualTo(new Decoded.Ok<>(new ControllerIdentity(true, 0x180)));
    }

    @Test
    void aNamespaceTellsItsGroup() {
        var data = zeroes();
        data.set(95, (byte) 0xff);

        assertThat(NamespaceIdentity.parse(data)).isEqualTo(new Decoded.Ok<>(new NamespaceIdentity(0xff00_0000L)));
    }

    @Test
    void theLogIsAskedForInWordsCountedFromZero() {
        assertThat(AdminCommand.anaLog(4112)).isEqualTo(new AdminCommand(2, 0xffff_ffffL, 0x0403_010c, 0, 4112));
        assertThat(AdminCommand.anaLog(0x50004).dword11()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {9, 20261121})
    void anAnswerCutAnywhereIsAFaultAndAnyBytesAreRead(long seed) {
        var random = new Random(seed);
        for (var round = 0; round < 2_000; round++) {
            var data = new byte[random.nextInt(500)];
            random.nextBytes(data);
            var bytes = new ArrayList<Byte>();
            for (var each : data) {
                bytes.add(each);
            }

            assertThat(ControllerIdentity.parse(bytes) instanceof Decoded.Ok).isEqualTo(data.length >= 352);
            assertThat(NamespaceIdentity.parse(bytes) instanceof Decoded.Ok).isEqualTo(data.length >= 96);
        }
    }

    private static List<Byte> zeroes() {
        return new ArrayList<>(Collections.nCopies(4096, (byte) 0));
    }
}
