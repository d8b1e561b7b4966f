package org.lunwarden.path;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.lunwarden.io.BlockDevices.Live;
import org.lunwarden.io.Disk;
import org.lunwarden.io.PortFacts;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Hctl;
import org.lunwarden.model.map.HardwareHandler;

/** Disks to test with. */
public final class Disks {

    /** NAA 6 of the logical unit; target port group 2. */
    public static final List<Byte> PAGE_83 =
            bytes("00830020" + "01030010600a098038302d414b2b4d4453474f62" + "0115000400000002" + "0114000400000001");

    private static final PortFacts OPAQUE = new PortFacts.Opaque("scsi_debug", 1);

    private Disks() {}

    /** {@code sdb}, 1:0:0:1, running, without a hardware handler. */
    public static Disk scsi() {
        return disk(
                "sdb",
                Optional.of(new Hctl(1, 0, 0, 1)),
                2048,
                PAGE_83,
                List.of(),
                Map.of(),
                HardwareHandler.NONE,
                OPAQUE);
    }

    /** The same with a hardware handler. */
    public static Disk handled(HardwareHandler handler) {
        return disk("sdb", Optional.of(new Hctl(1, 0, 0, 1)), 2048, PAGE_83, List.of(), Map.of(), handler, OPAQUE);
    }

    public static Disk sized(long sectors) {
        return disk(
                "sdb",
                Optional.of(new Hctl(1, 0, 0, 1)),
                sectors,
                PAGE_83,
                List.of(),
                Map.of(),
                HardwareHandler.NONE,
                OPAQUE);
    }

    public static Disk identified(String name, List<Byte> vpd80, List<Byte> vpd83, Map<String, String> udev) {
        return disk(name, Optional.of(new Hctl(1, 0, 0, 1)), 2048, vpd83, vpd80, udev, HardwareHandler.NONE, OPAQUE);
    }

    /** {@code cciss!c0d0}, which is neither a SCSI disk nor an NVMe namespace. */
    public static Disk ofNoBus() {
        return disk("cciss!c0d0", Optional.empty(), 2048, PAGE_83, List.of(), Map.of(), HardwareHandler.NONE, OPAQUE);
    }

    /** {@code sdb} over another transport. */
    public static Disk over(PortFacts ports) {
        return disk(
                "sdb",
                Optional.of(new Hctl(1, 0, 0, 1)),
                2048,
                PAGE_83,
                List.of(),
                Map.of(),
                HardwareHandler.NONE,
                ports);
    }

    /** {@code nvme0n1}, namespace 1 of a controller over TCP, live. */
    public static Disk nvme(String wwid, Map<String, String> udev) {
        var ports = new PortFacts.Nvme(
                "nvme0",
                "tcp",
                "traddr=10.2.0.100,trsvcid=4420",
                "nqn.host",
                "nqn.array",
                "S4J",
                wwid,
                1,
                "eth1",
                "10.2.0.1/24");
        return disk("nvme0n1", Optional.empty(), 2048, List.of(), List.of(), udev, HardwareHandler.NONE, ports);
    }

    private static Disk disk(
            String name,
            Optional<Hctl> hctl,
            long sectors,
            List<Byte> vpd83,
            List<Byte> vpd80,
            Map<String, String> udev,
            HardwareHandler handler,
            PortFacts ports) {
        return new Disk(
                new DeviceName(name),
                new DevT(8, 16),
                hctl,
                "NETAPP",
                "LUN C-Mode",
                "9000",
                sectors,
                false,
                "running",
                "",
                Optional.empty(),
                handler,
                vpd80,
                vpd83,
                udev,
                ports,
                Optional.empty());
    }

    public static Live live(String state) {
        return new Live(state, "", Optional.empty());
    }

    public static List<Byte> bytes(String hex) {
        var bytes = new ArrayList<Byte>();
        for (var each : HexFormat.of().parseHex(hex.replace(" ", ""))) {
            bytes.add(each);
        }
        return bytes;
    }
}
