package org.lunwarden.node;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.BlockDevices.Holders;
import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.Disk;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;
import org.lunwarden.node.discovery.Candidates;
import org.lunwarden.node.discovery.Sighting;
import org.lunwarden.path.identity.DiskIdentity;

/** Reads disks, whole and with who holds them. Blocking. */
record DiskReader(BlockDevices devices, DeviceMapper dm) {

    private static final Set<Integer> GONE = Set.of(2, 6, 19); // ENOENT, ENXIO, ENODEV

    /** All disks, judged on top of what was known. */
    IoResult<Candidates> all(Candidates known) {
        return maps().then(maps -> devices.disks().then(disks -> {
            var sightings = new TreeMap<DeviceName, Sighting>();
            disks.forEach(disk -> sighting(disk, known).ifPresent(seen -> sightings.put(disk.name(), seen)));
            return new IoResult.Ok<>(known.afterAll(sightings, maps));
        }));
    }

    /** These disks, judged on top of what was known. The first disk that cannot be read, but is there, refuses. */
    IoResult<Candidates> some(Set<DeviceName> names, Candidates known) {
        return maps().then(maps -> {
            Map<DeviceName, Optional<Sighting>> looked = new HashMap<>();
            for (var name : names) {
                switch (devices.disk(name)) {
                    case IoResult.Ok<Disk>(var disk) -> looked.put(name, sighting(disk, known));
                    case IoResult.Refused<Disk> refused -> {
                        if (!GONE.contains(refused.errno())) {
                            return refused.as();
                        }
                        looked.put(name, Optional.empty());
                    }
                }
            }
            return new IoResult.Ok<>(known.after(looked, maps));
        });
    }

    private IoResult<Set<Wwid>> maps() {
        return dm.list()
                .then(all -> new IoResult.Ok<>(all.stream()
                        .map(device -> Wwid.ofMap(device.uuid()))
                        .flatMap(Optional::stream)
                        .collect(Collectors.toSet())));
    }

    private Optional<Sighting> sighting(Disk disk, Candidates known) {
        var wwid = DiskIdentity.wwid(disk);
        if (known.hasTaken(disk, wwid)) {
            return Optional.of(new Sighting(disk, wwid, Holders.NONE));
        }
        return switch (devices.holders(disk.name())) {
            case IoResult.Ok<Holders>(var holders) -> Optional.of(new Sighting(disk, wwid, holders));
            case IoResult.Refused<Holders> refused ->
                GONE.contains(refused.errno())
                        ? Optional.empty()
                        : Optional.of(new Sighting(
                                disk, wwid, new Holders(List.of("what we cannot read: " + refused), Set.of())));
        };
    }
}
