package org.lunwarden.io.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockedNodeTest {

    @TempDir
    Path folder;

    @Test
    void whatAnotherKeepsToItselfIsLockedUntilItLetsGoAndWhatIsSharedIsNot() throws IOException {
        var node = Files.createFile(folder.resolve("sdb")).toString();
        var other = open(node);

        assertThat(isLocked(node)).isFalse();
        assertThat(LibC.calls().flock(other, LibC.LOCK_SH | LibC.LOCK_NB)).isZero();
        assertThat(isLocked(node)).isFalse();
        assertThat(LibC.calls().flock(other, LibC.LOCK_EX | LibC.LOCK_NB)).isZero();
        assertThat(isLocked(node)).isTrue();
        assertThat(LibC.calls().close(other)).isZero();

        assertThat(isLocked(node)).isFalse();
    }

    private static boolean isLocked(String node) {
        var fd = open(node);
        var locked = KernelBlockDevices.isLocked(fd);
        assertThat(LibC.calls().close(fd)).isZero();
        return locked;
    }

    private static int open(String node) {
        var fd = LibC.calls().open(node, LibC.O_RDONLY | LibC.O_CLOEXEC);
        assertThat(fd).isNotNegative();
        return fd;
    }
}
