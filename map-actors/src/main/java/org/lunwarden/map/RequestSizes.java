package org.lunwarden.map;

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
 * refused is written down, and the table is loaded all the same. Blocking.
 */
record RequestSizes(DeviceMapper dm, Wwid wwid) {

    void ofNewMap(WantedMap wanted) {
        wanted.maxSectorsKb().ifPresent(kib -> wanted.table().devices().forEach(path -> limit(path, kib)));
    }

    /** Paths that come into a map are given its limit: a smaller one would refuse requests that are under way. */
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
                        .forEach(path -> limit(path, kib));
            case Refused<Integer> refused -> AuditTrail.note(wwid, "max_sectors_kb is not known: " + refused);
        }
    }

    private void limit(DevT path, int kib) {
        var before = dm.requestLimit(path);
        if (before.equals(new IoResult.Ok<>(kib))) {
            return;
        }
        var was = before instanceof IoResult.Ok<Integer>(var found) ? found + " -> " : "";
        AuditTrail.note(wwid, "max_sectors_kb of " + path + ": " + was + kib);
        if (dm.limitRequests(path, kib) instanceof Refused<?> refused) {
            AuditTrail.note(wwid, "refused: " + refused);
        }
    }
}
