package org.lunwarden.io.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.io.Disk;
import org.lunwarden.io.PortFacts;
import org.lunwarden.model.DeviceName;

/** What is read of both ends of a path from every recorded sysfs, as it is and with each of its values spoilt. */
class RecordedPortsTest {

    private static final String HOST_NQN = "nqn.2014-08.org.nvmexpress:uuid:h1";
    private static final String ARRAY = "0x200000a098aaaaaa";

    private static final List<String> SPOILT = List.of(
            "",
            "(null)",
            "-1",
            "99999999999999999999999999",
            "0xzz",
            ",=,traddr=,=",
            "::::/../../..",
            "\u0663\u0664 \ud83d\udca5",
            "a\nb\u0000c",
            "x".repeat(70_000));

    @TempDir
    private Path folder = Path.of("");

    static Stream<Arguments> ports() {
        return Stream.of(
                arguments(
                        "fc-traps",
                        "sda",
                        fc(
                                "0x10000000c9a000a1",
                                "0x20000000c9a000a1",
                                "0x0a0101",
                                "0xffffffffffffffff",
                                "NPIV VPORT",
                                "Online",
                                "0x201000a098aaaaaa",
                                ARRAY,
                                "0x0b0500",
                                "Online",
                                "lpfc")),
                arguments(
                        "fc-traps",
                        "sdb",
                        fc(
                                "0x10000000c9a000a2",
                                "0x20000000c9a000a2",
                                "0x000000",
                                "0x0",
                                "Unknown",
                                "Linkdown",
                                "0x201100a098aaaaaa",
                                ARRAY,
                                "0x000000",
                                "Blocked",
                                "qla2xxx")),
                arguments(
                        "fc-traps",
                        "sdc",
                        fc(
                                "0x10000000c9a000a3",
                                "0x20000000c9a000a3",
                                "0x010300",
                                "0x100000051e0a0001",
                                "NPort (fabric via point-to-point)",
                                "Online",
                                "",
                                "",
                                "",
                                "",
                                "lpfc")),
                arguments(
                        "fc-traps",
                        "sdd",
                        fc(
                                "0x10000000c9a000a3",
                                "0x20000000c9a000a3",
                                "0x010300",
                                "0x100000051e0a0001",
                                "NPort (fabric via point-to-point)",
                                "Online",
                                "0x201200a098aaaaaa",
                                ARRAY,
                                "0x020700",
                                "Online",
                                "lpfc")),
                arguments("virtual", "sda", new PortFacts.Opaque("ib_srp", 6)),
                arguments("virtual", "sdb", new PortFacts.Opaque("virtio_scsi", 7)),
                arguments("virtual", "sdc", new PortFacts.Opaque("storvsc_host", 8)),
                arguments("virtual", "sdd", new PortFacts.Opaque("storvsc_host", 9)),
                arguments("virtual", "sde", new PortFacts.Opaque("uas", 10, PortFacts.Bus.USB)),
                arguments("virtual", "sdf", new PortFacts.Opaque("ahci", 11, PortFacts.Bus.ATA)),
                arguments("lab", "sda", new PortFacts.Opaque("scsi_debug", 0)),
                arguments("lab", "sdb", new PortFacts.Opaque("tcm_loopback", 1)),
                arguments("lab", "sdc", labSession("1", "127.0.0.1")),
                arguments("lab", "sdd", labSession("2", "127.0.0.2")),
                arguments(
                        "nvme-fabrics",
                        "nvme2n1",
                        new PortFacts.Nvme(
                                "nvme2",
                                "fc",
                                "traddr=nn-0x200000a098aaaaaa:pn-0x201000a098aaaaaa,host_traddr=nn-0x20000000c9a00001:pn-0x10000000c9a00001",
                                HOST_NQN,
                                "nqn.1992-08.com.example:sn.2",
                                "8a71c2f2",
                                "eui.00a0982",
                                1,
                                "",
                                "")),
                arguments(
                        "nvme-fabrics",
                        "nvme3n1",
                        new PortFacts.Nvme(
                                "nvme3",
                                "rdma",
                                "traddr=10.1.0.100,trsvcid=4420",
                                HOST_NQN,
                                "nqn.1992-08.com.example:sn.3",
                                "8a71c2f3",
                                "eui.00a0983",
                                1,
                                "eth0",
                                "10.1.0.1/24")));
    }

    @ParameterizedTest
    @MethodSource("ports")
    void bothEndsOfAPathAreToldAsFarAsTheKernelKnowsThem(String tree, String disk, PortFacts expected)
            throws IOException {
        assertThat(disks(RecordedTree.of(tree, folder))
                        .disk(new DeviceName(disk))
                        .map(Disk::ports))
                .contains(expected);
    }

    /** Every attribute in turn; a disk may then be none, and all others are read as before. */
    @ParameterizedTest
    @ValueSource(
            strings = {"fc", "fc-traps", "iscsi", "nvme", "nvme-fabrics", "sas", "virtual", "busy", "hostile", "lab"})
    void noAttributeWhateverItSaysOrWhenItIsMissingMakesAListingFail(String name) throws IOException {
        var tree = RecordedTree.of(name, folder);
        var names = disks(tree).list().size();
        for (var file : attributes()) {
            var before = Files.readAllBytes(file);
            for (var value : SPOILT) {
                Files.writeString(file, value + "\n");
                assertThat(read(tree)).as("%s: %.40s", file, value).isLessThanOrEqualTo(names);
            }
            Files.delete(file);
            assertThat(read(tree)).as("%s is missing", file).isLessThanOrEqualTo(names);
            Files.createDirectory(file);
            assertThat(read(tree)).as("%s is a folder", file).isLessThanOrEqualTo(names);
            Files.delete(file);
            Files.write(file, before);
        }
        assertThat(names).isPositive();
    }

    private List<Path> attributes() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }

    /** How many disks there are. */
    private static long read(SysfsTree tree) {
        var disks = disks(tree.readOnce());
        return disks.list().stream()
                .map(listed -> disks.disk(listed.name()))
                .flatMap(Optional::stream)
                .filter(disk -> disk.sizeSectors() >= 0)
                .count();
    }

    /** Over loopback, which is what eth0 has here. */
    private static PortFacts labSession(String portalGroup, String portal) {
        return new PortFacts.Iscsi(
                "iqn.2026-01.org.lunwarden:sysfs",
                "default",
                "iqn.2026-01.org.lunwarden:array",
                portalGroup,
                portal,
                portal,
                "3260",
                "eth0",
                "127.0.0.1/8",
                "LOGGED_IN");
    }

    private static PortFacts fc(
            String port,
            String node,
            String id,
            String fabric,
            String type,
            String state,
            String remotePort,
            String remoteNode,
            String remoteId,
            String remoteState,
            String driver) {
        return new PortFacts.Fc(
                port, node, id, fabric, type, state, remotePort, remoteNode, remoteId, remoteState, "", driver, "");
    }

    private static SysfsDisks disks(SysfsTree tree) {
        var addresses = new LocalAddresses(
                () -> List.of(new LocalAddresses.Local("eth0", InetAddress.getLoopbackAddress(), 8), local()));
        return new SysfsDisks(tree, new TransportFacts(tree, addresses), disk -> Map.of());
    }

    private static LocalAddresses.Local local() {
        try {
            return new LocalAddresses.Local("eth0", InetAddress.getByAddress(new byte[] {10, 1, 0, 1}), 24);
        } catch (IOException wrong) {
            throw new AssertionError(wrong);
        }
    }
}
