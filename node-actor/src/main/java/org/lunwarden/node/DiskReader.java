package org.lunwarden.node;

import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import org.lunwarden.node.site.Site;

/** Reads disks: what they are, which waits for none of them, and who holds them, which may. Blocking. */
record DiskReader(BlockDevices devices, Site site, Look look) {

    DiskReader(BlockDevices devices, Site site) {
        this(devices, site, devices.look());
    }

    /** WWIDs of the kernel's multipath maps. */
    static IoResult<Set<Wwid>> maps(DeviceMapper dm) {
        return dm.list()
                .then(all -> new IoResult.Ok<>(all.stream()
                        .map(device -> Wwid.ofMap(device.uuid()))
                        .flatMap(Optional::stream)
                        .collect(Collectors.toSet())));
    }

    /**
     * One disk, as far as it can be seen without opening it; empty when it is gone. What is stacked on a disk that is a
     * path already is not asked.
     */
    IoResult<Optional<Sighting>> identify(DeviceName name, Candidates known) {
        return switch (look.disk(name)) {
            case IoResult.Ok<Disk>(var disk) -> new IoResult.Ok<>(identified(disk, known));
            case IoResult.Refused<Disk> refused ->
                IoResult.Refused.isGone(refused.errno()) ? new IoResult.Ok<>(Optional.empty()) : refused.as();
        };
    }

    private Optional<Sighting> identified(Disk disk, Candidates known) {
        var seen = site.look(disk);
        var alone = new Sighting(disk, seen.wwid(), seen.judgement(), Holders.NONE);
        return known.hasTaken(disk, seen.wwid()) ? Optional.of(alone) : held(alone, devices.stackedOn(disk.name()));
    }

    /** The same disk with all that hold it; empty when it is gone. Waits for as long as the disk does not answer. */
    Optional<Sighting> open(Sighting identified) {
        return held(identified, devices.holders(identified.disk().name()));
    }

    /** What will be moved onto the map of the disk does not keep it from being taken for one. */
    private Optional<Sighting> held(Sighting alone, IoResult<Holders> found) {
        return switch (found) {
            case IoResult.Ok<Holders>(var holders) -> {
                yield Optional.of(alone.heldBy(site.reassignsMaps() ? holders.withoutStacked() : holders));
            }
            case IoResult.Refused<Holders> refused ->
                IoResult.Refused.isGone(refused.errno())
                        ? Optional.empty()
                        : Optional.of(alone.heldBy(new Holders(List.of("what we cannot read: " + refused), Set.of())));
        };
    }
}
