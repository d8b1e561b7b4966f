package org.lunwarden.map;

import java.util.Optional;

import org.lunwarden.io.AuditTrail;
import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.IoResult.Refused;
import org.lunwarden.map.plan.KernelView;
import org.lunwarden.map.plan.WantedMap;
import org.lunwarden.model.DevT;
import org.lunwarden.model.Wwid;

/**
 * Follows {@code max_sectors_kb} before a table is loaded: a map takes the smallest limit of its paths then. What is
 * refused is written down, and the table is loaded all the same. Blocking: since about Linux 6.13 a disk takes a limit only
 * when the commands that it has under way have ended, and one that hangs would hold up the whole map.
 */
record RequestSizes(DeviceMapper dm, Wwid wwid) {

    /** Only paths that carry I/O are given theirs; a larger limit of another changes nothing for the map. */
    void ofNewMap(WantedMap wanted) {
        wanted.maxSectorsKb()
                .ifPresent(kib -> wanted.table().devices().stream()
                        .filter(wanted.usablePaths()::contains)
                        .filter(path -> !limitOf(path).equals(Optional.of(kib)))
                        .forEach(path -> limit(path, kib)));
    }

    /** Paths that come into a map with a smaller limit are given its own: theirs would refuse requests that are under way. */
    void ofMap(String name, WantedMap wanted) {
        if (wanted.maxSectorsKb().isEmpty()
                || !(KernelReader.read(dm, wwid, name) instanceof KernelView.Present(var map, var event))) {
            return;
        }
        if (map.sizeSectors() == 0) {
            ofNewMap(wanted);
            return;
        }
        switch (dm.requestLimit(map.device())) {
            case IoResult.Ok<Integer>(var kib) ->
                wanted.table().devices().stream()
                        .filter(path -> !map.members().contains(path))
                        .filter(path -> limitOf(path).filter(own -> own < kib).isPresent())
                        .forEach(path -> limit(path, kib));
            case Refused<Integer> refused -> AuditTrail.note(wwid, "max_sectors_kb is not known: " + refused);
        }
    }

    private void limit(DevT path, int kib) {
        var was = limitOf(path).map(found -> found + " -> ").orElse("");
        AuditTrail.note(wwid, "max_sectors_kb of " + path + ": " + was + kib);
        if (dm.limitRequests(path, kib) instanceof Refused<?> refused) {
            AuditTrail.note(wwid, "refused: " + refused);
        }
    }

    private Optional<Integer> limitOf(DevT path) {
        return dm.requestLimit(path) instanceof IoResult.Ok<Integer>(var kib) ? Optional.of(kib) : Optional.empty();
    }
}
