package org.lunwarden.node.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.io.Disk;
import org.lunwarden.io.PortFacts;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Hctl;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.map.HardwareHandler;

/** Whatever a kernel says of the ports of a path, a nexus and components come of it. */
class OddPortsTest {

    private static final List<String> ODD = List.of(
            "",
            "0x",
            "0x0",
            "0xffffffffffffffff",
            "-1",
            "99999999999999999999999999",
            "(null)",
            ",=,traddr=,=",
            "traddr=nn-0x:pn-0x",
            "10.2.0.1/99",
            "::::/../../..",
            "\u0663\u0664 \ud83d\udca5",
            "x".repeat(5_000));

    static Stream<PortFacts> told() {
        return Stream.of(
                new PortFacts.Fc(
                        "0x10000000c9a00001",
                        "0x20000000c9a00001",
                        "0x0b0200",
                        "0x100000051e35a1b2",
                        "NPort (fabric via point-to-point)",
                        "Online",
                        "0x50060160bb600123",
                        "0x50060160bb600000",
                        "0x010300",
                        "Online",
                        "QLE2692",
                        "qla2xxx",
                        "8.08.05"),
                new PortFacts.Iscsi(
                        "iqn.2026-01.org.example:h1",
                        "default",
                        "iqn.2026-01.org.example:array",
                        "2",
                        "10.2.0.100",
                        "10.2.0.99",
                        "3260",
                        "eth1",
                        "10.2.0.1/24",
                        "LOGGED_IN"),
                new PortFacts.Sas(
                        "0x500605b00d1e2f30",
                        "0x5000c500a1b2c3d5",
                        "0x500304801f2b3c3f 0x500304801f2b3d3f",
                        "SAS9300-8e",
                        "mpt3sas",
                        "16.00.12.00"),
                nvme("tcp", "traddr=10.2.0.100,trsvcid=4420,src_addr=10.2.0.1"),
                nvme("rdma", "traddr=10.2.0.100,trsvcid=4420"),
                nvme("fc", "traddr=nn-0x200000a098aaaaaa:pn-0x201000a098aaaaaa"),
                new PortFacts.Opaque("ib_srp", 6));
    }

    @ParameterizedTest
    @MethodSource("told")
    void aNexusAndComponentsComeOfPortsOfWhichAnyTextIsOdd(PortFacts ports) throws ReflectiveOperationException {
        assertSound(ports);
        var parts = ports.getClass().getRecordComponents();
        for (var at = 0; at < parts.length; at++) {
            if (parts[at].getType() == String.class) {
                for (var text : ODD) {
                    assertSound(with(ports, parts, at, text));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("told")
    void aNexusAndComponentsComeOfPortsOfWhichAllTextsAreOdd(PortFacts ports) throws ReflectiveOperationException {
        var parts = ports.getClass().getRecordComponents();
        for (var text : ODD) {
            var odd = ports;
            for (var at = 0; at < parts.length; at++) {
                if (parts[at].getType() == String.class) {
                    odd = with(odd, parts, at, text);
                }
            }
            assertSound(odd);
        }
    }

    private static void assertSound(PortFacts ports) {
        var facts = NexusFacts.of(new HostId("db7"), disk(ports));

        assertThat(facts.nexus().initiatorPort()).as("%.300s", ports).isNotBlank();
        assertThat(facts.nexus().targetPort()).as("%.300s", ports).isNotBlank();
        assertThat(facts.components())
                .as("%.300s", ports)
                .allSatisfy(component -> assertThat(component.id()).isNotBlank())
                .anyMatch(component -> component.id().equals("db7"));
    }

    private static PortFacts with(PortFacts ports, RecordComponent[] parts, int which, String text)
            throws ReflectiveOperationException {
        var values = new Object[parts.length];
        for (var at = 0; at < parts.length; at++) {
            values[at] = at == which ? text : parts[at].getAccessor().invoke(ports);
        }
        var types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
        return (PortFacts) ports.getClass().getConstructor(types).newInstance(values);
    }

    private static PortFacts nvme(String transport, String address) {
        return new PortFacts.Nvme(
                "nvme3", transport, address, "nqn.host", "nqn.array", "8a71", "eui.1", 1, "eth1", "10.2.0.1/24");
    }

    private static Disk disk(PortFacts ports) {
        return new Disk(
                new DeviceName("sdb"),
                new DevT(8, 16),
                Optional.of(new Hctl(2, 0, 1, 5)),
                "VENDOR",
                "PRODUCT",
                "1",
                2048,
                false,
                "running",
                "",
                Optional.empty(),
                HardwareHandler.NONE,
                List.of(),
                List.of(),
                Map.of(),
                ports,
                Optional.empty());
    }
}
