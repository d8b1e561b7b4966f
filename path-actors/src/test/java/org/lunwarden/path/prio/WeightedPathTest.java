package org.lunwarden.path.prio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.io.PortFacts;
import org.lunwarden.model.map.Priority;
import org.lunwarden.path.Disks;

class WeightedPathTest {

    private static final PortFacts FC = new PortFacts.Fc(
            "0x10000000c9a00001",
            "0x20000000c9a00001",
            "0x010200",
            "0x0",
            "NPort",
            "Online",
            "0x50060e8000000001",
            "0x5006016000000001",
            "0x010300",
            "Online",
            "model",
            "driver",
            "1");

    private static final PortFacts ISCSI = new PortFacts.Iscsi(
            "iqn.host",
            "default",
            "iqn.2003-01.org.example:t1",
            "1",
            "10.0.0.1",
            "10.0.0.1",
            "3260",
            "eth0",
            "10.0.0.2/24",
            "LOGGED_IN");

    static Stream<Arguments> names() {
        return Stream.of(
                arguments(FC, "0x20000000c9a00001:0x10000000c9a00001:0x5006016000000001:0x50060e8000000001"),
                arguments(ISCSI, "[undef]:[undef]:iqn.2003-01.org.example:t1:[undef]"),
                arguments(new PortFacts.Opaque("scsi_debug", 1), "[undef]:[undef]:[undef]:[undef]"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void thePathIsWeighedByTheNamesOfItsEnds(PortFacts ports, String text) {
        var disk = Disks.over(ports);

        assertThat(WeightedPath.of("wwn other 1 " + text + " 7", disk, String::equals))
                .isEqualTo(new Priority(7));
        assertThat(WeightedPath.of("wwn other 1", disk, String::equals)).isEqualTo(new Priority(0));
    }
}
