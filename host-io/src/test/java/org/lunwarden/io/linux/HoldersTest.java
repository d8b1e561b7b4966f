package org.lunwarden.io.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.lunwarden.model.DeviceName;

class HoldersTest {

    @TempDir
    Path folder;

    @Test
    void aMountOfAPartitionHoldsItsDisk() throws IOException {
        var found = new Holders(RecordedTree.of("fc", folder)).of(new DeviceName("sdc"));

        assertThat(found.holders()).containsExactly("mounted on /srv");
        assertThat(found.ofMap()).isFalse();
    }

    @Test
    void swapAndVolumesHoldADiskAndAMultipathMapDoesNot() throws IOException {
        var found = new Holders(RecordedTree.of("busy", folder)).of(new DeviceName("sda"));

        assertThat(found.holders()).containsExactlyInAnyOrder("swap on sda", "dm-1 (vg-root) on sda2");
        assertThat(found.ofMap()).isTrue();
    }

    @Test
    void aDiskInAMapOnlyIsFree() throws IOException {
        var found = new Holders(RecordedTree.of("busy", folder)).of(new DeviceName("sdb"));

        assertThat(found.holders()).isEmpty();
        assertThat(found.ofMap()).isTrue();
    }

    @Test
    void nonsenseInProcIsNoHolder() throws IOException {
        assertThat(new Holders(RecordedTree.of("hostile", folder))
                        .of(new DeviceName("sde"))
                        .holders())
                .isEmpty();
    }
}
