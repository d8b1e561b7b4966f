package org.lunwarden.io.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.lunwarden.io.Disk;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.Subscription;
import org.lunwarden.io.contract.Expect;
import org.lunwarden.io.contract.HostFixture;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Hctl;

/**
 * A real kernel with two scsi_debug units of four paths each, every path through a SCSI host of its own
 * ({@code add_host=4 max_luns=2 vpd_use_hostno=0 per_host_store=0 virtual_gb=1}).
 */
final class ScsiDebugHost implements HostFixture {

    private static final Path SIZE = Path.of("/sys/bus/pseudo/drivers/scsi_debug/virtual_gb");
    private static final long SECTORS_PER_GB = 2L * 1024 * 1024;
    private static final int PATHS = 4;

    private final HostPorts ports = LinuxHost.open();

    ScsiDebugHost() {
        settle();
    }

    @Override
    public HostPorts ports() {
        return ports;
    }

    @Override
    public List<DeviceName> paths(int lun) {
        return disks().stream()
                .filter(disk -> disk.hctl().map(Hctl::lun).equals(Optional.of((long) lun)))
                .map(Disk::name)
                .sorted()
                .toList();
    }

    private List<Disk> disks() {
        return Expect.disks(ports.blockDevices()).stream()
                .filter(disk -> disk.product().equals("scsi_debug"))
                .toList();
    }

    @Override
    public void breakPath(DeviceName path) {
        write(device(path).resolve("state"), "offline");
    }

    @Override
    public void restorePath(DeviceName path) {
        write(device(path).resolve("state"), "running");
    }

    @Override
    public boolean canHang() {
        return true;
    }

    /** A SCSI host in recovery takes commands and holds them. */
    @Override
    public void hangPath(DeviceName path) {
        write(hostOf(path).resolve("state"), "recovery");
    }

    @Override
    public void unhangPath(DeviceName path) {
        write(hostOf(path).resolve("state"), "running");
    }

    @Override
    public void removePath(DeviceName path) {
        write(device(path).resolve("delete"), "1");
    }

    @Override
    public void rescan() {
        hosts().forEach(host -> write(host.resolve("scan"), "- - -"));
    }

    @Override
    public void change(DeviceName path) {
        write(Path.of("/sys/block", path.value(), "uevent"), "change");
    }

    @Override
    public boolean canResize() {
        return disks().getFirst().sizeSectors() % SECTORS_PER_GB == 0;
    }

    /** The driver has one size for all of its units. */
    @Override
    public void resize(int lun, long sectors) {
        resize(sectors / SECTORS_PER_GB);
        paths(lun).forEach(path -> write(device(path).resolve("rescan"), "1"));
    }

    private static void resize(long gigabytes) {
        write(SIZE, Long.toString(gigabytes));
    }

    @Override
    public CompletionStage<IoResult<Integer>> readMap(String map) {
        var result = new CompletableFuture<IoResult<Integer>>();
        var thread = new Thread(() -> result.complete(readFirstBlock("/dev/mapper/" + map)), "read-" + map);
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    private static IoResult<Integer> readFirstBlock(String node) {
        var fd = LibC.calls().open(node, LibC.O_RDONLY | LibC.O_CLOEXEC | ReadChannel.O_DIRECT);
        if (fd < 0) {
            return LibC.refused("open " + node);
        }
        try {
            var block = new AsyncReads.Slot().buffer();
            var read = LibC.calls().pread(fd, block, 512, 0);
            return read < 0 ? LibC.refused("read " + node) : new IoResult.Ok<>((int) read);
        } finally {
            LibC.calls().close(fd);
        }
    }

    @Override
    public Subscription hold(DeviceName path) {
        var fd = LibC.calls().open("/dev/" + path, LibC.O_RDONLY | LibC.O_EXCL | LibC.O_CLOEXEC);
        if (fd < 0) {
            throw new AssertionError("hold " + path + ": " + LibC.reason(LibC.errno()));
        }
        return () -> LibC.calls().close(fd);
    }

    @Override
    public boolean canMount() {
        return Stream.of("/sbin/mke2fs", "/sbin/wipefs").map(Path::of).allMatch(Files::isExecutable);
    }

    @Override
    public Subscription mount(DeviceName path) {
        var disk = "/dev/" + path;
        try {
            var folder = Files.createTempDirectory("mount");
            must("/sbin/mke2fs", "-q", "-F", "-t", "ext4", disk, "16M");
            must("mount", "-t", "ext4", disk, folder.toString());
            return () -> {
                must("umount", folder.toString());
                must("/sbin/wipefs", "-q", "-a", disk);
            };
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    @Override
    public void settle() {
        var unused = run("udevadm", "settle", "-t", "30");
    }

    private static void must(String... command) {
        if (!run(command)) {
            throw new AssertionError("failed: " + String.join(" ", command));
        }
    }

    /** Whether it ended well, and soon. */
    private static boolean run(String... command) {
        try {
            var process = new ProcessBuilder(command).inheritIO().start();
            if (process.waitFor(40, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroy();
        } catch (IOException absent) {
            throw new UncheckedIOException(absent);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    @Override
    public void close() {
        hosts().forEach(host -> write(host.resolve("state"), "running"));
        disks().forEach(disk -> restorePath(disk.name()));
        if (disks().stream().anyMatch(disk -> disk.sizeSectors() > SECTORS_PER_GB)) {
            resize(1);
            disks().forEach(disk -> write(device(disk.name()).resolve("rescan"), "1"));
        }
        if (disks().size() < 2 * PATHS) {
            rescan();
        }
        settle();
        ports.pathProbe().close();
    }

    private static Path device(DeviceName path) {
        return Path.of("/sys/block", path.value(), "device");
    }

    private Path hostOf(DeviceName path) {
        return disks().stream()
                .filter(disk -> disk.name().equals(path))
                .flatMap(disk -> disk.hctl().stream())
                .map(hctl -> Path.of("/sys/class/scsi_host/host" + hctl.host()))
                .findFirst()
                .orElseThrow();
    }

    private static List<Path> hosts() {
        try (var hosts = Files.list(Path.of("/sys/class/scsi_host"))) {
            return hosts.toList();
        } catch (IOException absent) {
            throw new UncheckedIOException(absent);
        }
    }

    private static void write(Path file, String word) {
        try {
            Files.writeString(file, word + "\n");
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
