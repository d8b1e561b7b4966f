package org.lunwarden.io.linux;

import java.util.HashMap;
import java.util.Map;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.annotations.In;
import org.jspecify.annotations.Nullable;

/** libudev. A context and what is made from it belong to one thread at a time. */
final class LibUdev {

    private static final Calls CALLS = LibraryLoader.create(Calls.class).load("libudev.so.1");

    private LibUdev() {}

    /** Null or a negative number is a failure. */
    public interface Calls {
        @Nullable
        Pointer udev_new();

        @Nullable
        Pointer udev_unref(Pointer udev);

        @Nullable
        Pointer udev_device_new_from_syspath(Pointer udev, @In String path);

        @Nullable
        Pointer udev_device_unref(Pointer device);

        @Nullable
        String udev_device_get_action(Pointer device);

        @Nullable
        String udev_device_get_sysname(Pointer device);

        @Nullable
        Pointer udev_device_get_properties_list_entry(Pointer device);

        int udev_device_get_is_initialized(Pointer device);

        @Nullable
        Pointer udev_list_entry_get_next(Pointer entry);

        @Nullable
        String udev_list_entry_get_name(Pointer entry);

        @Nullable
        String udev_list_entry_get_value(Pointer entry);

        @Nullable
        Pointer udev_monitor_new_from_netlink(Pointer udev, @In String group);

        @Nullable
        Pointer udev_monitor_unref(Pointer monitor);

        int udev_monitor_filter_add_match_subsystem_devtype(Pointer monitor, @In String subsystem, @In String type);

        int udev_monitor_set_receive_buffer_size(Pointer monitor, int bytes);

        int udev_monitor_enable_receiving(Pointer monitor);

        int udev_monitor_get_fd(Pointer monitor);

        @Nullable
        Pointer udev_monitor_receive_device(Pointer monitor);
    }

    static Calls calls() {
        return CALLS;
    }

    static Map<String, String> properties(Pointer device) {
        var properties = new HashMap<String, String>();
        for (var entry = CALLS.udev_device_get_properties_list_entry(device);
                entry != null;
                entry = CALLS.udev_list_entry_get_next(entry)) {
            var name = CALLS.udev_list_entry_get_name(entry);
            var value = CALLS.udev_list_entry_get_value(entry);
            if (name != null) {
                // the same few names for thousands of disks
                properties.put(name.intern(), value == null ? "" : value);
            }
        }
        return properties;
    }
}
