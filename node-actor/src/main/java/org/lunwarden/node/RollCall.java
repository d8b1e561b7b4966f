package org.lunwarden.node;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.lunwarden.io.Disk;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.UnitProof;
import org.lunwarden.node.discovery.Candidates;
import org.lunwarden.node.discovery.Sighting;
import org.lunwarden.node.topology.NexusFacts;
import org.lunwarden.path.identity.UnitName;

/** Decides what a look at the disks changes about the paths. Pure. */
final class RollCall {

    sealed interface Change {}

    /** The path is none any more, or another one has its name. */
    record Drop(PathEntry path, String reason) implements Change {}

    record Take(PathSeat seat, String reason) implements Change {}

    /**
     * It is none any more, and stays for as long as its map has no other that works.
     *
     * @param seat the same with the disk as it is now
     * @param doubtful whether the disk tells another WWID than it did, by the same settings
     */
    record Spare(PathEntry path, PathSeat seat, boolean doubtful) implements Change {}

    /** The same path, of which the kernel tells something else now. */
    record Renew(PathEntry path, PathSeat seat) implements Change {}

    private RollCall() {}

    /**
     * First what goes, then what comes and stays, map by map, in the order of discovery. What is no path any more by word alone, since the
     * site or a WWID says so while the device is there and works, stays as long as a map would have no other path; but a disk
     * that has no name but the WWID goes with it.
     *
     * @param wwids what the site takes a disk for
     */
    static List<Change> changes(
            PathTable paths, Candidates candidates, HostId host, Function<Disk, Optional<Wwid>> wwids) {
        var seats = seats(candidates, host);
        var changes = new ArrayList<Change>();
        for (var path : paths.all()) {
            var seat = seats.get(path.seat().disk().name());
            var spare = seat == null && works(path) && isNeeded(paths, candidates, seats, path)
                    ? spare(path, candidates, wwids)
                    : Optional.<Spare>empty();
            if (spare.isPresent()) {
                changes.add(spare.get());
            } else if ((seat == null || !seat.isSamePathAs(path.seat()))) {
                changes.add(new Drop(path, reason(candidates, path, seat)));
            }
        }
        inOrder(seats.values()).forEach(seat -> {
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

    /** The paths of a map follow one another, so that their first checks come back together and its table is loaded once. */
    private static Stream<PathSeat> inOrder(Collection<PathSeat> seats) {
        return seats.stream()
                .sorted(PathSeat.DISCOVERY)
                .collect(Collectors.groupingBy(PathSeat::wwid, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .flatMap(List::stream);
    }

    private static boolean works(PathEntry path) {
        return works(path.last());
    }

    static boolean works(PathReport last) {
        return last.state().isUsable() && !last.adminFailed() && last.unit() != UnitProof.ANOTHER;
    }

    private static Optional<Spare> spare(PathEntry path, Candidates candidates, Function<Disk, Optional<Wwid>> wwids) {
        var seat = path.seat();
        var before = seat.disk();
        return Optional.ofNullable(candidates.seen().get(before.name()))
                .map(Sighting::disk)
                .filter(now ->
                        now.device().equals(before.device()) && now.hctl().equals(before.hctl()))
                .map(now ->
                        new Spare(path, new PathSeat(now, seat.wwid(), seat.facts()), tellsAnother(seat, now, wwids)))
                .filter(spare -> !spare.doubtful()
                        || UnitName.expected(before, seat.wwid()).isPresent());
    }

    /** Other settings may take the same disk for another. */
    private static boolean tellsAnother(PathSeat seat, Disk now, Function<Disk, Optional<Wwid>> wwids) {
        var told = wwids.apply(now);
        return told.isPresent() && !told.get().equals(seat.wwid()) && !told.equals(wwids.apply(seat.disk()));
    }

    /** Whether the map of the path is there and no path that stays a path works. */
    private static boolean isNeeded(
            PathTable paths, Candidates candidates, Map<DeviceName, PathSeat> seats, PathEntry path) {
        var wwid = path.seat().wwid();
        return candidates.maps().contains(wwid)
                && paths.of(wwid).stream()
                        .filter(other -> Optional.ofNullable(
                                        seats.get(other.seat().disk().name()))
                                .filter(seat -> seat.isSamePathAs(other.seat()))
                                .isPresent())
                        .noneMatch(RollCall::works);
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
