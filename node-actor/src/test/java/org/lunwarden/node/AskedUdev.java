package org.lunwarden.node;

import java.util.List;

import org.lunwarden.io.DiskControl;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.IoResult.Done;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;

/** Passes everything on, and writes down at which disks udev is to look again. */
record AskedUdev(DiskControl control, List<DeviceName> asked) implements DiskControl {

    @Override
    public IoResult<String> read(DeviceName disk, Attribute attribute) {
        return control.read(disk, attribute);
    }

    @Override
    public IoResult<Done> write(DeviceName disk, Attribute attribute, String value) {
        return control.write(disk, attribute, value);
    }

    @Override
    public IoResult<Done> reread(DeviceName disk, DevT device) {
        return control.reread(disk, device);
    }

    @Override
    public IoResult<Done> change(DeviceName disk, DevT device) {
        asked.add(disk);
        return control.change(disk, device);
    }

    @Override
    public IoResult<Done> judgeAnew(DeviceName disk, DevT device, boolean isPath) {
        asked.add(disk);
        return control.judgeAnew(disk, device, isPath);
    }

    @Override
    public IoResult<Done> delete(DeviceName disk, DevT device) {
        return control.delete(disk, device);
    }
}
