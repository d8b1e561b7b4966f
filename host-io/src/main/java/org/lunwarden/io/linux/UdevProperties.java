package org.lunwarden.io.linux;

import java.util.Map;

import jnr.ffi.Pointer;

import org.lunwarden.model.DeviceName;

/** Asks udev's database for block devices' properties. */
final class UdevProperties {

    private UdevProperties() {}

    /** Empty when udev has not yet dealt with the device. */
    static Map<String, String> of(DeviceName name) {
        var calls = LibUdev.calls();
        var udev = calls.udev_new();
        if (udev == null) {
            return Map.of();
        }
        try {
            return of(name, udev, calls);
        } finally {
            var unused = calls.udev_unref(udev);
        }
    }

    private static Map<String, String> of(DeviceName name, Pointer udev, LibUdev.Calls calls) {
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
}
