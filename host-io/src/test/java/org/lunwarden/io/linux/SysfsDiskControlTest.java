package org.lunwarden.io.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.lunwarden.io.IoResult;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;

/** What is written where, in a tree of files. */
class SysfsDiskControlTest {

    private static final DeviceName SDA = new DeviceName("sda");
    private static final DevT DEVICE = new DevT(8, 0);

    @TempDir
    private Path root;

    private Path disk;
    private SysfsDiskControl control;

    @BeforeEach
    void oneDiskWithTwoPartitions() throws IOException {
        disk = Files.createDirectories(root.resolve("sys/devices/platform/host0/target0:0:0/0:0:0:0/block/sda"));
        Files.createDirectories(disk.resolve("queue"));
        Files.createFile(disk.resolve("uevent"));
        for (var number = 1; number <= 2; number++) {
            var part = Files.createDirectory(disk.resolve("sda" + number));
            Files.writeString(part.resolve("partition"), number + "\n");
            Files.createFile(part.resolve("uevent"));
        }
        var numbers = Files.createDirectories(root.resolve("sys/dev/block"));
        Files.createSymbolicLink(numbers.resolve("8:0"), numbers.relativize(disk));
        control = new SysfsDiskControl(new SysfsTree(root));
    }

    @Test
    void aDiskThatBecameAPathIsChangedWithItsPartitions() throws IOException {
        assertThat(control.judgeAnew(SDA, DEVICE, true)).isInstanceOf(IoResult.Ok.class);

        assertThat(events()).containsExactly("change", "change", "change");
    }

    @Test
    void aDiskThatIsAPathNoLongerIsNewToThoseWhoUseDisks() throws IOException {
        assertThat(control.judgeAnew(SDA, DEVICE, false)).isInstanceOf(IoResult.Ok.class);

        assertThat(events()).containsExactly("add", "add", "add");
    }

    @Test
    void nothingIsToldOfADeviceThatGotTheNumberMeanwhile() throws IOException {
        assertThat(control.judgeAnew(new DeviceName("sdb"), DEVICE, false)).isInstanceOf(IoResult.Refused.class);
        assertThat(control.judgeAnew(SDA, new DevT(8, 16), false)).isInstanceOf(IoResult.Refused.class);

        assertThat(events()).containsOnly("");
    }

    private String[] events() throws IOException {
        return new String[] {
            Files.readString(disk.resolve("uevent")),
            Files.readString(disk.resolve("sda1/uevent")),
            Files.readString(disk.resolve("sda2/uevent"))
        };
    }
}
