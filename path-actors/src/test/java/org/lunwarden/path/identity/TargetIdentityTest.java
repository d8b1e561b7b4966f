package org.lunwarden.path.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.io.Disk;
import org.lunwarden.io.PortFacts;
import org.lunwarden.model.map.GroupingFacts;
import org.lunwarden.path.Disks;

class TargetIdentityTest {

    private static final List<Byte> SERIAL = Disks.bytes("00800008" + "2020534552312f32");

    static Stream<Arguments> ends() { // what the kernel tells of the path's ends, the target's name
        return Stream.of(
                arguments(
                        new PortFacts.Fc(
                                "0x10", "0x20", "", "", "", "", "0x50", "0x5006016090600001", "", "", "", "", ""),
                        "0x5006016090600001"),
                arguments(
                        new PortFacts.Iscsi("iqn.host", "default", "iqn.array", "1", "", "", "", "", "", ""),
                        "iqn.array"),
                arguments(new PortFacts.Sas("5000a", "5000b", "", "", "", ""), "5000b"),
                arguments(nvme("traddr=nn-0x20:pn-0x21,host_traddr=nn-0x10:pn-0x11"), "0x20"),
                arguments(nvme("traddr=10.1.0.9"), "nqn.array"),
                arguments(new PortFacts.Opaque("scsi_debug", 1), ""));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void theTargetIsTheNodeThatThePathLeadsTo(PortFacts ports, String target) {
        assertThat(TargetIdentity.of(at(Disks.scsi(), ports)).targetNode()).isEqualTo(target);
    }

    @Test
    void serialNumberAndPortGroupAreThoseOfThePages() {
        var disk = Disks.identified("sdb", SERIAL, Disks.PAGE_83, Map.of());

        assertThat(TargetIdentity.of(disk)).isEqualTo(new GroupingFacts("SER1/2", "", 2, false));
    }

    @Test
    void aDiskThatTellsNothingHasNothingToBeGroupedBy() {
        assertThat(TargetIdentity.of(Disks.identified("sdb", List.of(), List.of(), Map.of())))
                .isEqualTo(GroupingFacts.NONE);
    }

    @Test
    void anNvmeNamespaceIsGroupedByItsControllersSerialNumberAndItsSubsystem() {
        assertThat(TargetIdentity.of(Disks.nvme("eui.01", Map.of())))
                .isEqualTo(new GroupingFacts("S4J", "nqn.array", GroupingFacts.NO_PORT_GROUP, false));
    }

    private static PortFacts nvme(String address) {
        return new PortFacts.Nvme("nvme0", "fc", address, "nqn.host", "nqn.array", "", "", 1, "", "");
    }

    private static Disk at(Disk disk, PortFacts ports) {
        return new Disk(
                disk.name(),
                disk.device(),
                disk.hctl(),
                disk.vendor(),
                disk.product(),
                disk.revision(),
                disk.sizeSectors(),
                disk.readOnly(),
                disk.state(),
                disk.accessState(),
                disk.preferredPath(),
                disk.handler(),
                disk.vpd80(),
                disk.vpd83(),
                disk.udev(),
                ports,
                disk.timeout());
    }
}
