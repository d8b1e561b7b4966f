package org.lunwarden.node.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.io.Disk;
import org.lunwarden.io.PortFacts;
import org.lunwarden.model.Component;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Hctl;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.map.HardwareHandler;

class NexusFactsTest {

    private static final HostId HOST = new HostId("db7");
    private static final String FABRIC = "0x100000051e35a1b2";
    private static final String FABRIC_TYPE = "NPort (fabric via point-to-point)";

    @Test
    void anFcPathCrossesBothItsSwitchesAndTheLinkBetweenThem() {
        var facts = NexusFacts.of(HOST, disk(fc(FABRIC, "0x0b0200", "0x010300", FABRIC_TYPE)));

        assertThat(facts.nexus()).isEqualTo(new Nexus("10000000c9a00001", "50060160bb600123"));
        assertThat(ids(facts))
                .containsExactlyInAnyOrder(
                        "host db7",
                        "hbaPort 10000000c9a00001",
                        "hbaFirmware QLE2692/qla2xxx/8.08.05",
                        "fabric 100000051e35a1b2",
                        "switch 100000051e35a1b2/11",
                        "switch 100000051e35a1b2/1",
                        "isl 100000051e35a1b2/1-11",
                        "targetPort 50060160bb600123",
                        "array 0a060160bb600000",
                        "controller 0a060160bb600000/7");
        assertThat(facts.whole()).isTrue();
    }

    @Test
    void bothEndsOnOneSwitchCrossNoLink() {
        var facts = NexusFacts.of(HOST, disk(fc(FABRIC, "0x010200", "0x010300", FABRIC_TYPE)));

        assertThat(ids(facts)).contains("switch 100000051e35a1b2/1").noneMatch(id -> id.startsWith("isl"));
    }

    static Stream<Arguments> withoutSwitches() { // fabric_name, port_type
        return Stream.of(
                arguments("0x0", FABRIC_TYPE),
                arguments("0xffffffffffffffff", FABRIC_TYPE),
                arguments("", FABRIC_TYPE),
                arguments(FABRIC, "Point-To-Point (direct nport connection)"),
                arguments(FABRIC, "LPort (private loop)"));
    }

    @ParameterizedTest
    @MethodSource("withoutSwitches")
    void withoutARealFabricNoSwitchIsNamed(String fabric, String type) {
        var facts = NexusFacts.of(HOST, disk(fc(fabric, "0x0b0200", "0x010300", type)));

        assertThat(ids(facts)).noneMatch(id -> id.startsWith("switch") || id.startsWith("isl") || id.startsWith("fab"));
    }

    @Test
    void anAddressThatNoSwitchGaveNamesNone() {
        var facts = NexusFacts.of(HOST, disk(fc(FABRIC, "0xffffff", "0x000000", FABRIC_TYPE)));

        assertThat(ids(facts)).noneMatch(id -> id.startsWith("switch"));
        assertThat(facts.whole()).isFalse();
    }

    @Test
    void anotherHostNamesTheSharedComponentsAlike() {
        var here = NexusFacts.of(HOST, disk(fc(FABRIC, "0x0b0200", "0x010300", FABRIC_TYPE)));
        var there = NexusFacts.of(new HostId("web1"), disk(fc(FABRIC, "0x0b0900", "0x010300", FABRIC_TYPE)));

        var shared = new ArrayList<>(here.components());
        shared.retainAll(there.components());

        assertThat(shared)
                .extracting(Component::toString)
                .contains("isl 100000051e35a1b2/1-11")
                .hasSize(9);
    }

    @Test
    void anIscsiPathIsToldByItsInterfaceAndItsPortal() {
        var one = NexusFacts.of(HOST, disk(iscsi("eth1", "10.1.0.9", "10.1.0.17/24")));
        var two = NexusFacts.of(HOST, disk(iscsi("eth2", "2001:db8::9", "2001:db8::17/64")));

        assertThat(one.nexus()).isEqualTo(new Nexus("iqn.2026-01.x:db7,i,eth1", "iqn.2026-01.x:a,t,0x0001,10.1.0.9"));
        assertThat(two.nexus()).isNotEqualTo(one.nexus());
        assertThat(ids(one))
                .containsExactlyInAnyOrder(
                        "host db7",
                        "hbaPort db7/eth1",
                        "subnet 10.1.0.0/24",
                        "targetPort 10.1.0.9:3260",
                        "controller iqn.2026-01.x:a/1",
                        "array iqn.2026-01.x:a");
        assertThat(ids(two)).contains("subnet 2001:db8:0:0:0:0:0:0/64", "targetPort [2001:db8:0:0:0:0:0:9]:3260");
    }

    @Test
    void twoPortalsOfOneGroupAreToldApartAlsoWhileThereIsNoConnection() {
        var one = NexusFacts.of(HOST, disk(iscsi("eth1", "10.1.0.9", "10.1.0.17/24")));
        var other = NexusFacts.of(HOST, disk(iscsi("eth1", "10.1.0.10", "10.1.0.17/24")));
        var up = iscsi("eth1", "10.1.0.9", "10.1.0.17/24");
        var down = new PortFacts.Iscsi(
                up.initiatorName(),
                up.interfaceName(),
                up.targetName(),
                up.targetPortalGroup(),
                "",
                up.persistentAddress(),
                up.port(),
                up.netDevice(),
                up.localAddress(),
                "FAILED");

        assertThat(one.nexus()).isNotEqualTo(other.nexus());
        assertThat(NexusFacts.of(HOST, disk(down)).nexus()).isEqualTo(one.nexus());
    }

    @Test
    void aSasPathCrossesItsExpanders() {
        var facts = NexusFacts.of(
                HOST,
                disk(new PortFacts.Sas(
                        "0x500605b000000001",
                        "0x5000c50000000001",
                        "0x5003048000000001 0x5003048000000002",
                        "9300",
                        "mpt3sas",
                        "16.0")));

        assertThat(ids(facts))
                .contains(
                        "hbaPort 500605b000000001",
                        "expander 5003048000000001",
                        "expander 5003048000000002",
                        "targetPort 5000c50000000001");
    }

    @Test
    void anOpaquePathCrossesHostAndAdapterOnly() {
        var facts = NexusFacts.of(HOST, disk(new PortFacts.Opaque("scsi_debug", 2)));

        assertThat(ids(facts)).containsExactlyInAnyOrder("host db7", "hbaPort db7/scsi-host-2");
        assertThat(facts.nexus()).isEqualTo(new Nexus("scsi-host-2", "scsi-target-0:1"));
    }

    @Test
    void whatWasKnownOfANexusOutlivesItsFault() {
        var up = NexusFacts.of(HOST, disk(fc(FABRIC, "0x0b0200", "0x010300", FABRIC_TYPE)));
        var down = NexusFacts.of(HOST, disk(down(fc("0x0", "0xffffff", "0xffffff", FABRIC_TYPE))));
        var moved = NexusFacts.of(HOST, disk(fc(FABRIC, "0x0c0200", "0x010300", FABRIC_TYPE)));

        assertThat(down.nexus()).isEqualTo(up.nexus());
        assertThat(NexusMemory.EMPTY.learn(up).learn(down).of(up.nexus())).contains(up);
        assertThat(NexusMemory.EMPTY.learn(down).learn(up).of(up.nexus())).contains(up);
        assertThat(NexusMemory.EMPTY.learn(up).learn(moved).of(up.nexus())).contains(moved);
    }

    private static List<String> ids(NexusFacts facts) {
        return facts.components().stream().map(Component::toString).toList();
    }

    private static PortFacts.Fc fc(String fabric, String hostPortId, String remotePortId, String type) {
        return new PortFacts.Fc(
                "0x10000000c9a00001",
                "0x20000000c9a00001",
                hostPortId,
                fabric,
                type,
                "Online",
                "0x50060160bb600123",
                "0xa060160bb600000",
                remotePortId,
                "Online",
                "QLE2692",
                "qla2xxx",
                "8.08.05");
    }

    private static PortFacts.Fc down(PortFacts.Fc up) {
        return new PortFacts.Fc(
                up.hostPortName(),
                up.hostNodeName(),
                up.hostPortId(),
                up.fabricName(),
                up.hostPortType(),
                "Linkdown",
                up.remotePortName(),
                up.remoteNodeName(),
                up.remotePortId(),
                "Blocked",
                up.model(),
                up.driver(),
                up.firmware());
    }

    private static PortFacts.Iscsi iscsi(String nic, String portal, String local) {
        return new PortFacts.Iscsi(
                "iqn.2026-01.x:db7",
                "default",
                "iqn.2026-01.x:a",
                "1",
                portal,
                portal,
                "3260",
                nic,
                local,
                "LOGGED_IN");
    }

    private static PortFacts.Nvme nvme(String transport, String address, String netDevice, String local) {
        return new PortFacts.Nvme(
                "nvme3", transport, address, "nqn.host", "nqn.array", "S4J", "uuid.1", 1, netDevice, local);
    }

    @Test
    void anNvmePathOverFcHasTheNamesOfItsPorts() {
        var facts = NexusFacts.of(
                HOST,
                disk(nvme(
                        "fc",
                        "traddr=nn-0x50060160bb600000:pn-0x50060160bb600123,"
                                + "host_traddr=nn-0x20000000c9a00001:pn-0x10000000c9a00001",
                        "",
                        "")));

        assertThat(facts.nexus()).isEqualTo(new Nexus("10000000c9a00001", "50060160bb600123"));
        assertThat(ids(facts))
                .containsExactlyInAnyOrder(
                        "host db7",
                        "hbaPort 10000000c9a00001",
                        "targetPort 50060160bb600123",
                        "array 50060160bb600000");
        assertThat(facts.whole()).isTrue();
    }

    @Test
    void anNvmePathOverTcpIsToldByItsInterfaceAndItsPortal() {
        var ports = nvme("tcp", "traddr=10.2.0.100,trsvcid=4420", "eth1", "10.2.0.1/24");

        var facts = NexusFacts.of(HOST, disk(ports));

        assertThat(facts.nexus()).isEqualTo(new Nexus("nqn.host,i,eth1", "nqn.array,t,10.2.0.100:4420"));
        assertThat(ids(facts))
                .containsExactlyInAnyOrder(
                        "host db7",
                        "hbaPort db7/eth1",
                        "subnet 10.2.0.0/24",
                        "targetPort 10.2.0.100:4420",
                        "array nqn.array");
        assertThat(NexusFacts.of(HOST, disk(nvme("tcp", "", "", ""))).whole()).isFalse();
    }

    @Test
    void aLocalControllerHasNothingThatHostsShare() {
        var facts = NexusFacts.of(HOST, disk(nvme("pcie", "0000:01:00.0", "", "")));

        assertThat(facts.nexus()).isEqualTo(new Nexus("nvme3", "nqn.array,t,0000:01:00.0"));
        assertThat(ids(facts)).containsExactlyInAnyOrder("host db7", "hbaPort db7/nvme3");
    }

    /** With a page 0x83 that names target port group 7. */
    private static Disk disk(PortFacts ports) {
        List<Byte> page = Stream.of(0x00, 0x83, 0x00, 0x08, 0x01, 0x15, 0x00, 0x04, 0x00, 0x00, 0x00, 0x07)
                .map(Integer::byteValue)
                .toList();
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
                page,
                Map.of(),
                ports,
                Optional.empty());
    }
}
