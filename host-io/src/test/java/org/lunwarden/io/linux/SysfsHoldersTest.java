package org.lunwarden.io.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.lunwarden.io.BlockDevices.Holders;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;

class SysfsHoldersTest {

    private static final Wwid MAP = new Wwid("3600a098038302d414b2b4d4453474f62");

    @TempDir
    Path folder;

    @Test
    void aMountOfAPartitionHoldsItsDisk() throws IOException {
        var found = new SysfsHolders(RecordedTree.of("fc", folder)).of(new DeviceName("sdc"));

        assertThat(found.others()).containsExactly("mounted on /srv");
        assertThat(found.maps()).isEmpty();
    }

    @Test
    void swapAndVolumesHoldADiskAndAMultipathMapDoesNot() throws IOException {
        var found = new SysfsHolders(RecordedTree.of("busy", folder)).of(new DeviceName("sda"));

        assertThat(found.others()).containsExactlyInAnyOrder("swap on sda", "dm-1 (vg-root) on sda2");
        assertThat(found.maps()).containsExactly(MAP);
        assertThat(found.stacked()).as("it is on a partition").isEmpty();
    }

    @Test
    void aDiskInAMapOnlyIsFreeForThatMapAlone() throws IOException {
        var found = new SysfsHolders(RecordedTree.of("busy", folder)).of(new DeviceName("sdb"));

        assertThat(found.isFreeFor(MAP)).isTrue();
        assertThat(found.isFreeFor(new Wwid("3600a098038302d414b2b4d4453474f63")))
                .isFalse();
        assertThat(found.maps()).containsExactly(MAP);
    }

    @Test
    void nonsenseInProcIsNoHolder() throws IOException {
        assertThat(new SysfsHolders(RecordedTree.of("hostile", folder)).of(new DeviceName("sde")))
                .isEqualTo(Holders.NONE);
    }
}
