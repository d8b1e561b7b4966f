package org.lunwarden.node;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.BlockDevices.Holders;
import org.lunwarden.io.BlockDevices.Look;
import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.Disk;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;
import org.lunwarden.node.discovery.Candidates;
import org.lunwarden.node.discovery.Sighting;
import org.lunwarden.path.identity.DiskIdentity;

/** Reads disks, whole and with who holds them. Blocking, for as long as the disk asked for does not answer. */
record DiskReader(BlockDevices devices, Look look) {

    private static final Set<Integer> GONE = Set.of(2, 6, 19); // ENOENT, ENXIO, ENODEV

    DiskReader(BlockDevices devices) {
        this(devices, devices.look());
    }

    /** All disks of a host, one after the other. The first that cannot be read, but is there, refuses. */
    static IoResult<Candidates> all(BlockDevices devices, DeviceMapper dm) {
        var reader = new DiskReader(devices);
        return maps(dm).then(maps -> reader.look.list().then(disks -> {
            var sightings = new TreeMap<DeviceName, Sighting>();
            for (var disk : disks) {
                switch (reader.read(disk.name(), Candidates.NONE)) {
                    case IoResult.Ok<Optional<Sighting>>(var sighting) ->
                        sighting.ifPresent(seen -> sightings.put(disk.name(), seen));
                    case IoResult.Refused<Optional<Sighting>> refused -> {
                        return refused.as();
                    }
                }
            }
            return new IoResult.Ok<>(Candidates.NONE.afterAll(sightings, maps));
        }));
    }

    /** WWIDs of the kernel's multipath maps. */
    static IoResult<Set<Wwid>> maps(DeviceMapper dm) {
        return dm.list()
                .then(all -> new IoResult.Ok<>(all.stream()
                        .map(device -> Wwid.ofMap(device.uuid()))
                        .flatMap(Optional::stream)
                        .collect(Collectors.toSet())));
    }

    /** One disk; empty when it is gone. Who holds a disk that is a path already is not asked. */
    IoResult<Optional<Sighting>> read(DeviceName name, Candidates known) {
        return switch (look.disk(name)) {
            case IoResult.Ok<Disk>(var disk) -> new IoResult.Ok<>(sighting(disk, known));
            case IoResult.Refused<Disk> refused ->
                GONE.contains(refused.errno()) ? new IoResult.Ok<>(Optional.empty()) : refused.as();
        };
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
