package org.lunwarden.io.linux;

import java.nio.file.Path;
import java.time.Duration;

import org.lunwarden.io.HostFacts;
import org.lunwarden.io.HostPorts;

/** This host, through its kernel. */
public final class LinuxHost {

    private static final Path STATE = Path.of("/etc/multipath");
    private static final Path FAILED_WWIDS = Path.of("/run/multipath/failed_wwids");
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(30);

    private LinuxHost() {}

    /**
     * The ports of this host. Their threads are daemons, started when they are needed.
     *
     * @throws UnsupportedOperationException when this is not Linux, or libdevmapper or libudev is not there
     */
    public static HostPorts open() {
        var tree = new SysfsTree(Path.of("/"));
        var rules = new UdevRules(tree);
        try {
            return new HostPorts(
                    facts(tree),
                    new KernelDeviceMapper(tree, rules),
                    new KernelBlockDevices(tree),
                    new KernelPathProbe(tree),
                    new UdevMonitor(rules),
                    new BootClock(),
                    new StateDirectory(STATE, FAILED_WWIDS, LOCK_PATIENCE),
                    new SysfsDiskControl(tree),
                    new FcNetlink(tree));
        } catch (LinkageError absent) {
            var cause = absent.getCause() == null ? absent : absent.getCause();
            throw new UnsupportedOperationException(
                    "this host has no libdevmapper.so.1.02.1 or no libudev.so.1: " + cause.getMessage(), absent);
        }
    }

    /** What does not change while this host runs; needs neither library. */
    public static HostFacts facts() {
        return facts(new SysfsTree(Path.of("/")));
    }

    static HostFacts facts(SysfsTree tree) {
        return new HostFacts(
                tree.text("proc/sys/kernel/hostname"),
                tree.text("proc/sys/kernel/random/boot_id"),
                tree.text("proc/sys/kernel/osrelease"),
                tree.text("sys/module/nvme_core/parameters/multipath").equals("Y"));
    }
}
