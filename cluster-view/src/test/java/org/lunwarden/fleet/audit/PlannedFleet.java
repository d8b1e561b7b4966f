package org.lunwarden.fleet.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import org.lunwarden.fleet.Contact;
import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.FleetSnapshot.FleetHost;
import org.lunwarden.fleet.FleetSnapshot.FleetNexus;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Transport;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusRow;
import org.lunwarden.model.fleet.NexusState;
import org.lunwarden.model.fleet.PathCounts;

/**
 * A fleet that is as it should be, until something is planted: two fabrics, arrays of two controllers with ports in both,
 * all LUNs shared by all hosts. Its sizes come from the seed.
 */
final class PlannedFleet {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    final int hosts;
    final int luns;
    private final int arrays;
    private final int ports;
    private final Map<String, List<NexusRow>> rows = new TreeMap<>();
    private final Map<String, List<MapSummary>> maps = new TreeMap<>();
    private final Map<String, Contact> contacts = new TreeMap<>();
    private final List<Incident> incidents = new ArrayList<>();

    PlannedFleet(long seed) {
        var random = new Random(seed);
        hosts = 5 + random.nextInt(6);
        arrays = 1 + random.nextInt(3);
        ports = 1 + random.nextInt(2);
        luns = 1 + random.nextInt(4);
        for (var number = 1; number <= hosts; number++) {
            add("h" + number);
        }
    }

    private void add(String host) {
        var ofHost = new ArrayList<NexusRow>();
        var lunsOfHost = new ArrayList<MapSummary>();
        for (var array = 1; array <= arrays; array++) {
            var name = "arr" + array;
            for (var fabric : List.of("A", "B")) {
                for (var port = 0; port < 2 * ports; port++) {
                    ofHost.add(row(host, host + fabric, fabric, name, port % 2, name + fabric + port));
                }
            }
            var through = ofHost.stream()
                    .filter(row -> row.nexus().targetPort().startsWith(name))
                    .map(NexusRow::nexus)
                    .sorted()
                    .toList();
            for (var lun = 1; lun <= luns; lun++) {
                lunsOfHost.add(new MapSummary(
                                wwid(array, lun),
                                "data" + array + lun,
                                2048,
                                through.size(),
                                through.size(),
                                1,
                                1,
                                true,
                                through,
                                through)
                        .with(List.of("S" + array + lun), Map.of("failback", "immediate", "no_path_retry", "queue")));
            }
        }
        rows.put(host, ofHost);
        maps.put(host, lunsOfHost);
        contacts.put(host, Contact.REPORTING);
    }

    static Wwid wwid(int array, int lun) {
        return new Wwid("3600a09800000000000000000000000" + array + lun);
    }

    static NexusRow row(String host, String initiator, String fabric, String array, int controller, String target) {
        return new NexusRow(
                new Nexus(initiator, target),
                Transport.FC,
                List.of(
                        new Component(ComponentClass.HOST, host),
                        new Component(ComponentClass.HBA_PORT, initiator),
                        new Component(ComponentClass.HBA_FIRMWARE, "LPe32002/lpfc 14.0/14.2"),
                        new Component(ComponentClass.TARGET_PORT, target),
                        new Component(ComponentClass.CONTROLLER, array + "/" + controller),
                        new Component(ComponentClass.ARRAY, array),
                        new Component(ComponentClass.FABRIC, fabric)),
                new PathCounts(8, 8, 0, 0, 0, 0),
                Duration.ofMinutes(5));
    }

    /** The host has only these nexuses, and so have its maps. */
    void keepOnly(String host, Predicate<NexusRow> kept) {
        rows.computeIfPresent(
                host, (any, all) -> new ArrayList<>(all.stream().filter(kept).toList()));
        rethread(host);
    }

    void changeRows(String host, UnaryOperator<NexusRow> change) {
        rows.computeIfPresent(
                host, (any, all) -> new ArrayList<>(all.stream().map(change).toList()));
    }

    void addRow(String host, NexusRow row) {
        rows.getOrDefault(host, new ArrayList<>()).add(row);
        rethread(host);
    }

    private void rethread(String host) {
        changeMaps(host, any -> true, map -> {
            var array = "arr" + map.name().charAt(4);
            var through = rows.getOrDefault(host, List.of()).stream()
                    .map(NexusRow::nexus)
                    .filter(nexus -> nexus.targetPort().startsWith(array))
                    .sorted()
                    .toList();
            return through(map, through);
        });
    }

    static MapSummary through(MapSummary map, List<Nexus> nexuses) {
        return new MapSummary(
                        map.wwid(),
                        map.name(),
                        map.sizeSectors(),
                        nexuses.size(),
                        nexuses.size(),
                        1,
                        1,
                        true,
                        nexuses,
                        nexuses)
                .with(map.serials(), map.settings());
    }

    void changeMaps(String host, Predicate<MapSummary> which, UnaryOperator<MapSummary> change) {
        maps.computeIfPresent(
                host,
                (any, all) -> new ArrayList<>(all.stream()
                        .map(map -> which.test(map) ? change.apply(map) : map)
                        .toList()));
    }

    void isNow(String host, Contact contact) {
        contacts.put(host, contact);
    }

    /** Another host that reaches only arrays by these rows, and has no maps. */
    void addInitiators(int count, String target) {
        rows.computeIfPresent("h1", (host, all) -> {
            var more = new ArrayList<>(all);
            IntStream.range(0, count).forEach(number -> more.add(row("h1", "npiv" + number, "A", "arr1", 0, target)));
            return more;
        });
    }

    void incident(String host) {
        incidents.add(IncidentOf.host(new HostId(host), NOW));
    }

    FleetSnapshot snapshot() {
        return snapshot(new Random(1));
    }

    FleetSnapshot snapshot(Random order) {
        var all = new ArrayList<FleetHost>();
        rows.forEach((host, ofHost) -> {
            var contact = contacts.getOrDefault(host, Contact.REPORTING);
            all.add(new FleetHost(
                    new HostId(host),
                    contact,
                    NOW,
                    Optional.empty(),
                    1,
                    Duration.ofHours(2),
                    "0.1.0",
                    ofHost.stream()
                            .map(row -> new FleetNexus(
                                    row, contact == Contact.REPORTING ? row.state() : NexusState.UNKNOWN, NOW))
                            .toList(),
                    maps.getOrDefault(host, List.of())));
        });
        Collections.shuffle(all, order);
        return new FleetSnapshot(new HostId("view"), NOW, 1, all, incidents);
    }
}
