package org.lunwarden.io.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.lunwarden.io.BlockDevices.Listed;
import org.lunwarden.io.Disk;
import org.lunwarden.io.PortFacts;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Hctl;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.HardwareHandler;
import org.lunwarden.model.scsi.Decoded;
import org.lunwarden.model.scsi.DeviceIdentification;

class SysfsDisksTest {

    @TempDir
    Path folder;

    @Test
    void aDiskIsReadWithoutTheBlanksThatPadItsTexts() throws IOException {
        var disk = disk("fc", "sdc");

        assertThat(disk.device()).isEqualTo(new DevT(8, 32));
        assertThat(disk.hctl()).contains(new Hctl(2, 0, 1, 5));
        assertThat(List.of(disk.vendor(), disk.product(), disk.revision()))
                .containsExactly("NETAPP", "LUN C-Mode", "9141");
        assertThat(disk.sizeSectors()).isEqualTo(41_943_040);
        assertThat(disk.readOnly()).isTrue();
        assertThat(disk.state()).isEqualTo("running");
        assertThat(disk.accessState()).isEqualTo("active/optimized");
        assertThat(disk.preferredPath()).contains(true);
        assertThat(disk.handler()).isEqualTo(new HardwareHandler("alua", true));
        assertThat(disk.vpd83()).isEmpty();
        assertThat(disk.udev()).containsEntry("ID_SERIAL", "of sdc");
        assertThat(disk.timeout()).contains(Duration.ofSeconds(45));
    }

    @Test
    void bothPortsOfAFibreChannelPathAreTold() throws IOException {
        assertThat(disk("fc", "sdc").ports())
                .isEqualTo(new PortFacts.Fc(
                        "0x10000000c9a00001",
                        "0x20000000c9a00001",
                        "0x010200",
                        "0x100000051e0a0001",
                        "NPort (fabric via point-to-point)",
                        "Online",
                        "0x201000a098aaaaaa",
                        "0x200000a098aaaaaa",
                        "0x020500",
                        "Online",
                        "LPe32002-M2",
                        "lpfc",
                        "14.2.589.5, sli-4:2:c"));
    }

    @Test
    void anIscsiSessionIsToldWithTheAddressThatReachesItsPortal() throws IOException {
        var disk = disk("iscsi", "sdb");

        assertThat(disk.state()).isEqualTo("transport-offline");
        assertThat(disk.handler()).isEqualTo(HardwareHandler.NONE);
        assertThat(disk.ports())
                .isEqualTo(new PortFacts.Iscsi(
                        "iqn.2026-01.org.example:h1",
                        "default",
                        "iqn.2026-01.org.example:array",
                        "2",
                        "10.2.0.100",
                        "10.2.0.99",
                        "3260",
                        "eth1",
                        "10.2.0.1/24",
                        "FAILED"));
    }

    @Test
    void theExpandersOfASasPathAreToldFromTheHostOn() throws IOException {
        assertThat(disk("sas", "sdd").ports())
                .isEqualTo(new PortFacts.Sas(
                        "0x500605b00d1e2f30",
                        "0x5000c500a1b2c3d5",
                        "0x500304801f2b3c3f 0x500304801f2b3d3f",
                        "SAS9300-8e",
                        "mpt3sas",
                        "16.00.12.00"));
    }

    @Test
    void anNvmeNamespaceIsToldWithTheControllerThatItIsReachedThrough() throws IOException {
        var disk = disk("nvme", "nvme0n1");

        assertThat(disk.hctl()).isEmpty();
        assertThat(List.of(disk.vendor(), disk.product(), disk.revision())).containsExactly("NVME", "Linux", "6.1.0");
        assertThat(disk.state()).isEqualTo("live");
        assertThat(disk.timeout()).isEmpty();
        assertThat(disk.address()).isEqualTo(new Hctl(0, 0, 0, 1));
        assertThat(disk.ports())
                .isEqualTo(new PortFacts.Nvme(
                        "nvme0",
                        "tcp",
                        "traddr=10.2.0.100,trsvcid=4420,src_addr=10.2.0.1",
                        "nqn.2014-08.org.nvmexpress:uuid:h1",
                        "nqn.2026-01.org.example:array",
                        "8a71c2f0",
                        "uuid.3f1bd8a2-6d3c-4c7e-9a54-0d6f4b1c2e01",
                        5,
                        "eth1",
                        "10.2.0.1/24"));
    }

    @Test
    void thePagesOfARealKernelTellOneUnitByWhicheverTransportItIsReached() throws IOException {
        var disks = disks("lab");

        for (var name : List.of("sdb", "sdc", "sdd")) {
            var disk = disks.disk(new DeviceName(name)).orElseThrow();
            assertThat(List.of(disk.vendor(), disk.product())).containsExactly("LAB", "ARRAY");
            assertThat(disk.handler())
                    .as("groups, but no handler in that kernel")
                    .isEqualTo(new HardwareHandler("", true));
            assertThat(disk.vpd80()).hasSize(0x21 + 4);
            assertThat(wwid(disk)).contains(new Wwid("360014058dde33d58688c553f283022d0"));
        }
        assertThat(wwid(disks.disk(new DeviceName("sda")).orElseThrow())).contains(new Wwid("1Linux_scsi_debug_2000"));
    }

    private static Optional<Wwid> wwid(Disk disk) {
        return DeviceIdentification.parse(disk.vpd83()) instanceof Decoded.Ok(var page)
                        && page.wwid() instanceof Decoded.Ok(var wwid)
                ? Optional.of(wwid)
                : Optional.empty();
    }

    @Test
    void aNamespaceWhosePathsTheKernelJoinsHasNoControllerOfItsOwn() throws IOException {
        var disk = disks("nvme").disk(new DeviceName("nvme1n1")).orElseThrow();

        assertThat(disk.ports()).isEqualTo(new PortFacts.Nvme("", "", "", "", "", "", "", 0, "", ""));
    }

    @Test
    void whetherTheKernelJoinsThePathsOfNvmeDisksIsAParameterOfItsModule() throws IOException {
        assertThat(LinuxHost.facts(RecordedTree.of("nvme", folder)).nativeNvme())
                .isTrue();
        assertThat(LinuxHost.facts(RecordedTree.of("sas", folder.resolve("other")))
                        .nativeNvme())
                .isFalse();
    }

    @Test
    void nothingThatAKernelSaysMakesAReadFail() throws IOException {
        var disks = disks("hostile");

        assertThat(disks.list())
                .extracting(Listed::name)
                .containsExactly(
                        new DeviceName("sda"),
                        new DeviceName("sdb"),
                        new DeviceName("sdc"),
                        new DeviceName("sdd"),
                        new DeviceName("sde"));
        var odd = disks.disk(new DeviceName("sda")).orElseThrow();
        assertThat(odd.hctl()).isEmpty();
        assertThat(odd.sizeSectors()).isZero();
        assertThat(odd.readOnly()).isFalse();
        assertThat(odd.preferredPath()).isEmpty();
        assertThat(odd.ports()).isEqualTo(new PortFacts.Opaque("", -1));
        assertThat(disks.disk(new DeviceName("sdb"))).as("without a number").isEmpty();
        assertThat(disks.disk(new DeviceName("sdc"))).as("a broken link").isEmpty();
        assertThat(disks.disk(new DeviceName("sdd"))).as("a bad number").isEmpty();
        assertThat(disks.disk(new DeviceName("sde")).map(Disk::sizeSectors)).contains(0L);
    }

    private Disk disk(String tree, String name) throws IOException {
        return disks(tree).disk(new DeviceName(name)).orElseThrow();
    }

    private SysfsDisks disks(String name) throws IOException {
        var tree = RecordedTree.of(name, folder);
        var addresses = new LocalAddresses(() ->
                List.of(local("eth0", "10.1.0.1", 24), local("eth1", "10.2.0.1", 24), local("wide", "10.2.9.9", 16)));
        return new SysfsDisks(
                tree, new TransportFacts(tree, addresses), disk -> Map.of("ID_SERIAL", "of " + disk.value()));
    }

    private static LocalAddresses.Local local(String device, String address, int prefix) {
        try {
            return new LocalAddresses.Local(device, InetAddress.getByName(address), prefix);
        } catch (UnknownHostException wrong) {
            throw new AssertionError(wrong);
        }
    }

    @Test
    void theAddressThatTheSessionUsesGoesBeforeTheRoute() {
        var addresses = new LocalAddresses(() -> List.of(local("eth0", "10.1.0.1", 24), local("eth1", "10.1.0.2", 24)));

        assertThat(addresses.towards("10.1.0.2", "", "10.1.0.100").map(LocalAddresses.Local::device))
                .contains("eth1");
        assertThat(addresses.towards("", "eth1", "10.1.0.100").map(LocalAddresses.Local::device))
                .contains("eth1");
        assertThat(addresses.towards("", "", "192.0.2.1")).isEqualTo(Optional.empty());
        assertThat(addresses.towards("no address", "", "portal.example")).isEmpty();
    }
}
