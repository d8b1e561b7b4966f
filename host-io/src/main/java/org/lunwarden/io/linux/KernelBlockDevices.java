package org.lunwarden.io.linux;

import java.util.List;
import java.util.Set;

import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.Disk;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.DeviceName;

/** The disks of this host, from sysfs and libudev. */
final class KernelBlockDevices implements BlockDevices {

    private static final Holders LOCKED = new Holders(List.of(), Set.of(), Set.of(), true);

    private final SysfsTree tree;
    private final TransportFacts transports;
    private final SysfsHolders holders;

    KernelBlockDevices(SysfsTree tree) {
        this.tree = tree;
        transports = new TransportFacts(tree, LocalAddresses.ofThisHost());
        holders = new SysfsHolders(tree);
    }

    @Override
    public Look look() {
        return new SysfsLook(new SysfsDisks(tree, transports.readOnce(), UdevProperties::of));
    }

    private final class SysfsLook implements Look {

        private final SysfsDisks disks;

        private SysfsLook(SysfsDisks disks) {
            this.disks = disks;
        }

        @Override
        public IoResult<List<Listed>> list() {
            return tree.exists("sys/block")
                    ? unlessShort(new IoResult.Ok<>(disks.list()))
                    : LibC.refused(LibC.ENOENT, "list /sys/block");
        }

        @Override
        public IoResult<Disk> disk(DeviceName name) {
            return unlessShort(disks.disk(name)
                    .<IoResult<Disk>>map(IoResult.Ok::new)
                    .orElseGet(() -> LibC.refused(LibC.ENODEV, "read disk " + name)));
        }
    }

    @Override
    public IoResult<Live> live(DeviceName name) {
        var live = SysfsDisks.live(tree, name);
        if (!live.state().isEmpty()) {
            return new IoResult.Ok<>(live);
        }
        return tree.exists("sys/block/" + name + "/dev")
                ? unlessShort(new IoResult.Ok<>(live))
                : LibC.refused(LibC.ENODEV, "read state of " + name);
    }

    /** Without a file descriptor to spare, every attribute looks as if it were not there. */
    private <T> IoResult<T> unlessShort(IoResult<T> read) {
        var folder = tree.root().resolve("sys/block").toString();
        var fd = LibC.calls().open(folder, LibC.O_RDONLY | LibC.O_CLOEXEC);
        var errno = fd < 0 ? LibC.errno() : 0;
        if (fd >= 0) {
            var unused = LibC.calls().close(fd);
        }
        return IoResult.Refused.isOurs(errno) ? LibC.refused(errno, "read " + folder) : read;
    }

    @Override
    public IoResult<Holders> stackedOn(DeviceName name) {
        return tree.exists("sys/block/" + name + "/dev")
                ? unlessShort(new IoResult.Ok<>(holders.of(name)))
                : LibC.refused(LibC.ENODEV, "find what is stacked on " + name);
    }

    @Override
    public IoResult<Holders> holders(DeviceName name) {
        if (!tree.exists("sys/block/" + name + "/dev")) {
            return LibC.refused(LibC.ENODEV, "find holders of " + name);
        }
        // mounts, swap and device-mapper all claim a device or its whole disk: who may claim it need not ask further
        var opened = exclusiveOpener(name);
        if (opened.equals(new IoResult.Ok<>(Holders.NONE))) {
            return opened;
        }
        var found = holders.of(name);
        return found.equals(Holders.NONE) ? opened : new IoResult.Ok<>(found);
    }

    /**
     * Whether another program keeps what is open here to itself (flock(2)), as partitioners do and
     * systemd's <a href="https://systemd.io/BLOCK_DEVICE_LOCKING">rules</a> ask of them. Our own lock goes with the close.
     */
    static boolean isLocked(int fd) {
        return LibC.calls().flock(fd, LibC.LOCK_SH | LibC.LOCK_NB) < 0 && LibC.errno() == LibC.EAGAIN;
    }

    private static IoResult<Holders> exclusiveOpener(DeviceName name) {
        var node = "/dev/" + name;
        var fd = LibC.calls().open(node, LibC.O_RDONLY | LibC.O_EXCL | LibC.O_NONBLOCK | LibC.O_CLOEXEC);
        if (fd >= 0) {
            var isLocked = isLocked(fd);
            var unused = LibC.calls().close(fd);
            return new IoResult.Ok<>(isLocked ? LOCKED : Holders.NONE);
        }
        var errno = LibC.errno();
        return errno == LibC.EBUSY
                ? new IoResult.Ok<>(new Holders(List.of("an exclusive opener"), Set.of()))
                : LibC.refused(errno, "open " + node);
    }
}
