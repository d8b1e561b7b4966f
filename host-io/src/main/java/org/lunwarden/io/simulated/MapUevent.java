package org.lunwarden.io.simulated;

import java.util.HashMap;
import java.util.Map;

import org.lunwarden.io.DeviceMapper.UdevFlags;

/** The properties of a map's uevents. */
final class MapUevent {

    private MapUevent() {}

    static Map<String, String> properties(MapDevice device, Map<String, String> more) {
        var properties = new HashMap<String, String>();
        properties.put("SUBSYSTEM", "block");
        properties.put("DEVTYPE", "disk");
        properties.put("DEVNAME", "/dev/" + device.kernelName());
        properties.put("DEVPATH", "/devices/virtual/block/" + device.kernelName());
        properties.put("MAJOR", "254");
        properties.put("MINOR", Integer.toString(device.minor));
        properties.put("DM_NAME", device.name);
        properties.put("DM_UUID", device.uuid);
        properties.putAll(more);
        return properties;
    }

    /** What udev's rules read of the caller's wishes. */
    static Map<String, String> of(UdevFlags flags) {
        var properties = new HashMap<String, String>();
        if (flags.reload()) {
            properties.put("DM_SUBSYSTEM_UDEV_FLAG0", "1");
        }
        if (flags.skipKpartx()) {
            properties.put("DM_SUBSYSTEM_UDEV_FLAG1", "1");
        }
        if (flags.noUsablePath()) {
            properties.put("DM_SUBSYSTEM_UDEV_FLAG2", "1");
        }
        return properties;
    }
}
