package org.lunwarden.node;

import java.util.List;
import java.util.Map;

import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.Disk;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.DeviceName;

/** The disks of a host as they are, but for what a test alters. */
abstract class AlteredDisks implements BlockDevices {

    private final BlockDevices devices;

    AlteredDisks(BlockDevices devices) {
        this.devices = devices;
    }

    IoResult<List<Listed>> list(Look look) {
        return look.list();
    }

    IoResult<Disk> disk(Look look, DeviceName name) {
        return look.disk(name);
    }

    /** The same disk, of which sysfs and udev tell that. */
    static Disk telling(Disk disk, List<Byte> vpd80, List<Byte> vpd83, Map<String, String> udev) {
        return like(disk, disk.sizeSectors(), vpd80, vpd83, udev);
    }

    /** The same disk of another size. */
    static Disk sized(Disk disk, long sectors) {
        return like(disk, sectors, disk.vpd80(), disk.vpd83(), disk.udev());
    }

    private static Disk like(Disk disk, long sectors, List<Byte> vpd80, List<Byte> vpd83, Map<String, String> udev) {
        return new Disk(
                disk.name(),
                disk.device(),
                disk.hctl(),
                disk.vendor(),
                disk.product(),
                disk.revision(),
                sectors,
                disk.readOnly(),
                disk.state(),
                disk.accessState(),
                disk.preferredPath(),
                disk.handler(),
                vpd80,
                vpd83,
                udev,
                disk.ports(),
                disk.timeout());
    }

    @Override
    public Look look() {
        var look = devices.look();
        return new Look() {
            @Override
            public IoResult<List<Listed>> list() {
                return AlteredDisks.this.list(look);
            }

            @Override
            public IoResult<Disk> disk(DeviceName name) {
                return AlteredDisks.this.disk(look, name);
            }
        };
    }

    @Override
    public final IoResult<Live> live(DeviceName name) {
        return devices.live(name);
    }

    @Override
    public final IoResult<Holders> stackedOn(DeviceName name) {
        return devices.stackedOn(name);
    }

    @Override
    public IoResult<Holders> holders(DeviceName name) {
        return devices.holders(name);
    }
}
