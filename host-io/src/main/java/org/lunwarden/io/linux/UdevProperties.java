package org.lunwarden.io.linux;

import java.util.Map;
import java.util.Optional;

import jnr.ffi.Pointer;

import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;

/** Asks udev's database for block devices' properties. */
final class UdevProperties {

    private UdevProperties() {}

    /** Empty when udev has not yet dealt with the device. */
    static Map<String, String> of(DeviceName name) {
        return of("/sys/class/block/" + name).orElse(Map.of());
    }

    /** Empty when there is no such device. */
    static Optional<Map<String, String>> of(DevT device) {
        return of("/sys/dev/block/" + device);
    }

    private static Optional<Map<String, String>> of(String path) {
        var calls = LibUdev.calls();
        var udev = calls.udev_new();
        if (udev == null) {
            return Optional.empty();
        }
        try {
            return of(path, udev, calls);
        } finally {
            var unused = calls.udev_unref(udev);
        }
    }

    private static Optional<Map<String, String>> of(String path, Pointer udev, LibUdev.Calls calls) {
        var device = calls.udev_device_new_from_syspath(udev, path);
        if (device == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    calls.udev_device_get_is_initialized(device) > 0 ? LibUdev.properties(device) : Map.of());
        } finally {
            var unused = calls.udev_device_unref(device);
        }
    }
}
