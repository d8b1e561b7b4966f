package org.lunwarden.node;

import java.util.List;

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
