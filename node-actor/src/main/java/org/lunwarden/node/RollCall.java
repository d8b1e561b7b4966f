package org.lunwarden.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import org.lunwarden.model.DeviceName;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.node.discovery.Candidates;
import org.lunwarden.node.topology.NexusFacts;

/** Decides what a look at the disks changes about the paths. Pure. */
final class RollCall {

    sealed interface Change {}

    /** The path is none any more, or another one has its name. */
    record Drop(PathEntry path, String reason) implements Change {}

    record Take(PathSeat seat, String reason) implements Change {}

    /** The same path, of which the kernel tells something else now. */
    record Renew(PathEntry path, PathSeat seat) implements Change {}

    private RollCall() {}

    /** First what goes, then what comes and stays, in the order of discovery. */
    static List<Change> changes(PathTable paths, Candidates candidates, HostId host) {
        var seats = seats(candidates, host);
        var changes = new ArrayList<Change>();
        for (var path : paths.all()) {
            var seat = seats.get(path.seat().disk().name());
            if (seat == null || !seat.isSamePathAs(path.seat())) {
                changes.add(new Drop(path, reason(candidates, path, seat)));
            }
        }
        seats.values().stream().sorted(PathSeat.DISCOVERY).forEach(seat -> {
            var name = seat.disk().name();
            var known = paths.get(name).filter(path -> seat.isSamePathAs(path.seat()));
            if (known.isEmpty()) {
                changes.add(new Take(seat, candidates.reason(name)));
                return;
            }
            var renewed = known.get().seat().lookedAtAgain(seat);
            if (!renewed.equals(known.get().seat())) {
                changes.add(new Renew(known.get(), renewed));
            }
        });
        return List.copyOf(changes);
    }

    private static Map<DeviceName, PathSeat> seats(Candidates candidates, HostId host) {
        var seats = new TreeMap<DeviceName, PathSeat>();
        candidates
                .taken()
                .forEach((name, sighting) -> seats.put(
                        name,
                        new PathSeat(
                                sighting.disk(), sighting.wwid().orElseThrow(), NexusFacts.of(host, sighting.disk()))));
        return seats;
    }

    private static String reason(Candidates candidates, PathEntry path, @Nullable PathSeat now) {
        if (now != null) {
            return now.wwid().equals(path.seat().wwid())
                    ? "it is another device now"
                    : "its WWID is " + now.wwid() + " now";
        }
        var reason = candidates.reason(path.seat().disk().name());
        return reason.isEmpty() ? "the device is gone" : reason;
    }
}
