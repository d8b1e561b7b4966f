package org.lunwarden.io.simulated;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

import org.lunwarden.io.simulated.MapDevice.Table;
import org.lunwarden.model.DevT;

/** The dm devices of a simulated kernel, and which of them stand on what. */
final class MapDevices {

    private final TreeMap<String, MapDevice> byName = new TreeMap<>();

    Collection<MapDevice> all() {
        return byName.values();
    }

    Optional<MapDevice> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Optional<MapDevice> numbered(DevT number) {
        return all().stream().filter(device -> device.number().equals(number)).findFirst();
    }

    /** Empty for an empty UUID, which many may have. */
    Optional<MapDevice> withUuid(String uuid) {
        return all().stream()
                .filter(device -> !uuid.isEmpty() && device.uuid.equals(uuid))
                .findFirst();
    }

    /** With the lowest free minor number. */
    MapDevice add(String name, String uuid) {
        var minor = 0;
        while (has(minor)) {
            minor++;
        }
        var device = new MapDevice(name, uuid, minor);
        byName.put(name, device);
        return device;
    }

    private boolean has(int minor) {
        return all().stream().anyMatch(device -> device.minor == minor);
    }

    void remove(MapDevice device) {
        byName.remove(device.name);
    }

    void rename(MapDevice device, String name) {
        byName.remove(device.name);
        device.name = name;
        byName.put(name, device);
    }

    List<MapDevice> usersOf(PathDevice disk) {
        return all().stream().filter(device -> device.uses(disk)).toList();
    }

    /** Whether a table holds a disk of that number, even one that is gone. */
    boolean referTo(int index) {
        return all().stream().flatMap(MapDevice::tables).flatMap(Table::disks).anyMatch(disk -> disk.index == index);
    }

    /** Openings, and tables of others that it is in. */
    int openCount(MapDevice device) {
        var above = all().stream()
                .flatMap(MapDevice::tables)
                .filter(table -> table.isOn(device))
                .count();
        return device.opened + (int) above;
    }

    /** A device that is to be removed once it is closed, and is; none when there is none. */
    List<MapDevice> dueToGo() {
        return all().stream()
                .filter(device -> device.removeWhenClosed && openCount(device) == 0)
                .limit(1)
                .toList();
    }
}
