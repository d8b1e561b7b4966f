package org.lunwarden.path.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.lunwarden.model.Wwid;
import org.lunwarden.path.Disks;

class DiskIdentityTest {

    private static final List<Byte> SERIAL = Disks.bytes("00800008" + "2020534552 312f32".replace(" ", ""));
    private static final Wwid NAA = new Wwid("3600a098038302d414b2b4d4453474f62");

    @Test
    void udevsWordComesFirst() {
        var disk = Disks.identified("sdb", SERIAL, Disks.PAGE_83, Map.of("ID_SERIAL", "360000000000000001"));

        assertThat(DiskIdentity.wwid(disk)).contains(new Wwid("360000000000000001"));
    }

    @Test
    void nvmeIsNamedByItsWorldWideName() {
        var udev = Map.of("ID_SERIAL", "model_serial", "ID_WWN", "eui.0025385b71b00f3f");

        assertThat(DiskIdentity.wwid(Disks.nvme("", udev))).contains(new Wwid("eui.0025385b71b00f3f"));
        assertThat(DiskIdentity.wwid(Disks.nvme("uuid.3f1b", Map.of("ID_SERIAL", "model_serial"))))
                .as("udev does not know it yet")
                .contains(new Wwid("uuid.3f1b"));
        assertThat(DiskIdentity.wwid(Disks.nvme("a/../b", Map.of()))).isEmpty();
    }

    @Test
    void aDiskThatUdevDoesNotKnowYetIsNamedByItsPages() {
        assertThat(DiskIdentity.wwid(Disks.identified("sdb", SERIAL, Disks.PAGE_83, Map.of())))
                .contains(NAA);
        assertThat(DiskIdentity.wwid(Disks.identified("sdb", SERIAL, Disks.bytes("00830000"), Map.of())))
                .contains(new Wwid("SNETAPP_LUN_C-Mode_SER1_2"));
    }

    @Test
    void aNameThatCouldLeadAFileElsewhereIsPassedOver() {
        var disk = Disks.identified("sdb", List.of(), Disks.PAGE_83, Map.of("ID_SERIAL", "../../etc/passwd"));

        assertThat(DiskIdentity.wwid(disk)).contains(NAA);
    }

    @Test
    void aDiskWithoutANameHasNoIdentity() {
        assertThat(DiskIdentity.wwid(Disks.identified("sdb", List.of(), List.of(), Map.of())))
                .isEmpty();
        assertThat(DiskIdentity.wwid(Disks.identified("sdb", Disks.bytes("0080000420202020"), List.of(), Map.of())))
                .as("an array without serial numbers must not make all its disks one")
                .isEmpty();
    }
}
