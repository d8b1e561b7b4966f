package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.conf.load.MultipathConf;
import org.lunwarden.conf.value.Choice;
import org.lunwarden.io.BlockDevices.Holders;
import org.lunwarden.io.Disk;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.simulated.CoreEdge;
import org.lunwarden.io.simulated.SimulatedSan;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.node.discovery.Candidates;
import org.lunwarden.node.discovery.Known;
import org.lunwarden.node.discovery.Sighting;
import org.lunwarden.node.site.SiteDisk;

class RollCallTest {

    private static final String HOST = "h001";

    private final SimulatedSan san = new CoreEdge(1, 1, 2, 2, 3, 2048).layout().build();

    @AfterEach
    void close() {
        san.close();
    }

    @Test
    void thePathsOfAMapAreTakenOneAfterTheOtherInTheOrderOfTheirDiscovery() {
        var taken = RollCall.changes(new PathTable(), allDisks(), new HostId(HOST), disk -> Optional.empty()).stream()
                .map(change -> ((RollCall.Take) change).seat())
                .toList();

        var wwids = taken.stream().map(PathSeat::wwid).toList();
        assertThat(wwids.stream().distinct().count()).isEqualTo(6);
        assertThat(wwids).isEqualTo(grouped(wwids)).hasSizeGreaterThan(6);
        for (var wwid : Set.copyOf(wwids)) {
            assertThat(taken.stream().filter(seat -> seat.wwid().equals(wwid))).isSortedAccordingTo(PathSeat.DISCOVERY);
        }
        assertThat(taken).as("not what the order of addresses gives").isNotEqualTo(byAddress(taken));
    }

    private static <T> List<T> grouped(List<T> all) {
        return all.stream()
                .distinct()
                .flatMap(one -> all.stream().filter(one::equals))
                .toList();
    }

    private static List<PathSeat> byAddress(List<PathSeat> seats) {
        return seats.stream().sorted(PathSeat.DISCOVERY).toList();
    }

    private Candidates allDisks() {
        var site = MultipathConf.builtIn(false);
        var look = san.host(HOST).blockDevices().look();
        var looked = new HashMap<DeviceName, Optional<Sighting>>();
        for (var listed : ok(look.list())) {
            Disk disk = ok(look.disk(listed.name()));
            var seen = SiteDisk.of(site, disk);
            looked.put(disk.name(), Optional.of(new Sighting(disk, seen.wwid(), seen.judgement(), Holders.NONE)));
        }
        return Candidates.NONE.after(
                looked,
                Map.of(),
                new Known(Set.of(), Set.of(), Choice.FindMultipaths.ON, false, false, Set.of(), true));
    }

    private static <T> T ok(IoResult<T> result) {
        return switch (result) {
            case IoResult.Ok<T>(var value) -> value;
            case IoResult.Refused<T> refused -> throw new AssertionError(refused.toString());
        };
    }
}
