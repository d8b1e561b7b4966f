package org.lunwarden.deploy.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoleOwnerTest {

    private static final String HEAD = "Num       RefCount Protocol Flags    Type St Inode Path";

    @TempDir
    Path folder;

    @Test
    void aSecondOwnerIsRefusedUntilTheFirstIsGone() throws IOException {
        var file = folder.resolve("lock");
        try (var first = SoleOwner.claim(file)) {
            assertThatThrownBy(() -> SoleOwner.claim(file)).isInstanceOf(IllegalStateException.class);
        }

        SoleOwner.claim(file).close();
    }

    @Test
    void multipathdIsKnownByTheSocketItListensOn() {
        var lines = List.of(
                HEAD,
                "0000000000000000: 00000003 00000000 00000000 0001 03 20563 /run/systemd/journal/stdout",
                "0000000000000000: 00000002 00000000 00010000 0001 01 21931 @/org/kernel/linux/storage/multipathd");

        assertThat(SoleOwner.multipathd(lines)).hasValue("@/org/kernel/linux/storage/multipathd");
    }

    @Test
    void aClientOfMultipathdIsNoMultipathd() {
        var lines = List.of(
                HEAD,
                "0000000000000000: 00000003 00000000 00000000 0001 03 21940 @/org/kernel/linux/storage/multipathd");

        assertThat(SoleOwner.multipathd(lines)).isEmpty();
    }
}
