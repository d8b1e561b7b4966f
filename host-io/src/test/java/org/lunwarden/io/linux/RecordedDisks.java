package org.lunwarden.io.linux;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.lunwarden.io.Disk;

/** The disks of a recorded sysfs, for tests of what is made of them elsewhere. */
public final class RecordedDisks {

    private RecordedDisks() {}

    /**
     * On a host that has no address but loopback's.
     *
     * @param folder where the tree is laid out
     */
    public static List<Disk> of(String tree, Path folder) throws IOException {
        var sysfs = RecordedTree.of(tree, folder);
        var loopback = new LocalAddresses.Local("lo", InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 8);
        var transports = new TransportFacts(sysfs, new LocalAddresses(() -> List.of(loopback)));
        var disks = new SysfsDisks(sysfs, transports, disk -> Map.of());
        return disks.list().stream()
                .map(listed -> disks.disk(listed.name()))
                .flatMap(Optional::stream)
                .toList();
    }
}
