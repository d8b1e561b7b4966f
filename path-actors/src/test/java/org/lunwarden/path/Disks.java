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

    private Disks() {}

    /** {@code sdb}, 1:0:0:1, running, without a hardware handler. */
    public static Disk scsi() {
        return disk("sdb", Optional.of(new Hctl(1, 0, 0, 1)), 2048, PAGE_83, List.of(), Map.of());
    }

    public static Disk sized(long sectors) {
        return disk("sdb", Optional.of(new Hctl(1, 0, 0, 1)), sectors, PAGE_83, List.of(), Map.of());
    }

    public static Disk identified(String name, List<Byte> vpd80, List<Byte> vpd83, Map<String, String> udev) {
        var hctl = name.startsWith("sd") ? Optional.of(new Hctl(1, 0, 0, 1)) : Optional.<Hctl>empty();
        return disk(name, hctl, 2048, vpd83, vpd80, udev);
    }

    private static Disk disk(
            String name,
            Optional<Hctl> hctl,
            long sectors,
            List<Byte> vpd83,
            List<Byte> vpd80,
            Map<String, String> udev) {
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
                HardwareHandler.NONE,
                vpd80,
                vpd83,
                udev,
                new PortFacts.Opaque("scsi_debug", 1));
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
