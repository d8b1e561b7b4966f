package org.lunwarden.node;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Wwid;
import org.lunwarden.node.why.Subject;

/** The paths of a host, to be found by name, number, map and nexus. */
final class PathTable {

    private final Map<DeviceName, PathEntry> entries = new TreeMap<>();
    private final Map<DevT, DeviceName> names = new HashMap<>();

    void put(PathEntry path) {
        var disk = path.seat().disk();
        entries.put(disk.name(), path);
        names.put(disk.device(), disk.name());
    }

    void remove(PathEntry path) {
        var disk = path.seat().disk();
        entries.remove(disk.name());
        names.remove(disk.device(), disk.name());
    }

    Optional<PathEntry> get(DeviceName name) {
        return Optional.ofNullable(entries.get(name));
    }

    Optional<PathEntry> at(DevT device) {
        return Optional.ofNullable(names.get(device)).flatMap(this::get);
    }

    /** The path that is meant. */
    Optional<PathEntry> find(Subject subject) {
        return entries.values().stream()
                .filter(path -> subject.isOf(path.seat().disk()))
                .findFirst();
    }

    List<PathEntry> all() {
        return List.copyOf(entries.values());
    }

    List<PathEntry> of(Wwid wwid) {
        return entries.values().stream()
                .filter(path -> path.seat().wwid().equals(wwid))
                .toList();
    }

    List<PathEntry> of(Nexus nexus) {
        return entries.values().stream()
                .filter(path -> path.seat().facts().nexus().equals(nexus))
                .toList();
    }
}
