package org.lunwarden.io.linux;

import java.util.Map;

import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

import org.lunwarden.model.DeviceName;

/** Asks udev's database for block devices' properties. For one thread; close it soon, since it reads udev's settings once. */
final class UdevProperties implements AutoCloseable {

    private final LibUdev.Calls calls = LibUdev.calls();
    private final @Nullable Pointer udev = calls.udev_new();

    /** Empty when udev has not yet dealt with the device. */
    Map<String, String> of(DeviceName name) {
        if (udev == null) {
            return Map.of();
        }
        var device = calls.udev_device_new_from_syspath(udev, "/sys/class/block/" + name);
        if (device == null) {
            return Map.of();
        }
        try {
            return calls.udev_device_get_is_initialized(device) > 0 ? LibUdev.properties(device) : Map.of();
        } finally {
            var unused = calls.udev_device_unref(device);
        }
    }

    @Override
    public void close() {
        if (udev != null) {
            var unused = calls.udev_unref(udev);
        }
    }
}
