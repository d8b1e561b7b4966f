package org.lunwarden.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Transport;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.HostReport;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusRow;
import org.lunwarden.model.fleet.PathCounts;

/**
 * A host without a kernel: two fabrics of one edge switch for every sixteen hosts and one core switch each, one HBA port
 * per fabric, arrays with two controllers; and what a report of it says when components are down.
 */
final class SyntheticHost {

    static final List<String> FABRICS = List.of("10000000000000aa", "10000000000000bb");

    private final HostId id;
    private final int number;
    private final int targetPorts;
    private final int maps;
    private final DaemonRun run;
    private final long bootedNanos = System.nanoTime() - Duration.ofMinutes(5).toNanos();
    private final Set<Component> down = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<Nexus, Duration> changed = new ConcurrentHashMap<>();
    private final Set<Wwid> moved = ConcurrentHashMap.newKeySet();
    private long revision;

    /**
     * @param targetPorts on each fabric; a multiple of two
     * @param maps all of them on every nexus of one array
     */
    SyntheticHost(int number, int targetPorts, int maps) {
        this.number = number;
        this.id = new HostId(String.format("h%04d", number));
        this.targetPorts = targetPorts;
        this.maps = maps;
        this.run = new DaemonRun("boot-" + number, UUID.randomUUID().toString());
    }

    HostId id() {
        return id;
    }

    static Component coreSwitch(int fabric) {
        return new Component(ComponentClass.SWITCH, FABRICS.get(fabric) + "/1");
    }

    static Component edgeSwitch(int fabric, int hostNumber) {
        return new Component(ComponentClass.SWITCH, FABRICS.get(fabric) + "/" + (10 + hostNumber / 16));
    }

    Component hbaPort() {
        return new Component(ComponentClass.HBA_PORT, String.format("2100%04x0000%04x", 0, number));
    }

    /** The first half of the target ports of each fabric is the preferred controller's. */
    synchronized void fail(Component component) {
        change(component, () -> down.add(component));
        for (var map = 0; map < maps; map++) {
            if (preferred().stream().noneMatch(row -> isUp(row.components()))) {
                moved.add(wwid(map));
            }
        }
    }

    synchronized void restore(Component component) {
        change(component, () -> down.remove(component));
    }

    /** Whether the kernel uses another group than the best one. */
    synchronized boolean isMoved(Wwid map) {
        return moved.contains(map);
    }

    /** The kernel is told to use the best group of the map again. */
    synchronized boolean failBack(Wwid map) {
        return moved.remove(map);
    }

    synchronized HostReport report() {
        revision++;
        var rows = rows();
        var summaries = new ArrayList<MapSummary>();
        var paths = rows.size();
        var usable = (int) rows.stream().filter(row -> isUp(row.components())).count();
        var preferred = preferred().stream().map(NexusRow::nexus).sorted().toList();
        var nexuses = rows.stream().map(NexusRow::nexus).toList();
        var preferredUp = preferred().stream().anyMatch(row -> isUp(row.components()));
        for (var map = 0; map < maps; map++) {
            var best = preferredUp ? 1 : usable > 0 ? 2 : 0;
            var next = moved.contains(wwid(map)) ? 2 : best;
            summaries.add(new MapSummary(
                    wwid(map), wwid(map).value(), 1L << 30, paths, usable, best, next, false, preferred, nexuses));
        }
        return new HostReport(id, run, revision, uptime(), "0.1.0", rows, summaries);
    }

    private List<NexusRow> preferred() {
        return rows().stream()
                .filter(row -> row.components().stream().anyMatch(c -> c.id().endsWith("/tpg-1")))
                .toList();
    }

    private List<NexusRow> rows() {
        var rows = new ArrayList<NexusRow>();
        for (var fabric = 0; fabric < 2; fabric++) {
            for (var port = 0; port < targetPorts; port++) {
                rows.add(row(fabric, port));
            }
        }
        rows.sort((a, b) -> a.nexus().compareTo(b.nexus()));
        return rows;
    }

    private NexusRow row(int fabric, int port) {
        var initiator = String.format("2100%04x0000%04x", fabric, number);
        var array = String.format("500a%012x", port / 4);
        var target = String.format("5001%04x0000%04x", fabric, port);
        var nexus = new Nexus(initiator, target);
        var components = new ArrayList<>(List.of(
                new Component(ComponentClass.HOST, id.value()),
                new Component(ComponentClass.HBA_PORT, initiator),
                new Component(ComponentClass.HBA_FIRMWARE, "qla2xxx/10.02"),
                edgeSwitch(fabric, number),
                coreSwitch(fabric),
                new Component(ComponentClass.TARGET_PORT, target),
                new Component(ComponentClass.CONTROLLER, array + (port < targetPorts / 2 ? "/tpg-1" : "/tpg-2")),
                new Component(ComponentClass.ARRAY, array),
                new Component(ComponentClass.FABRIC, FABRICS.get(fabric))));
        components.sort(null);
        var paths = maps;
        var counts =
                isUp(components) ? new PathCounts(paths, paths, 0, 0, 0, 0) : new PathCounts(paths, 0, paths, 0, 0, 0);
        return new NexusRow(
                nexus, Transport.FC, components, counts, changed.getOrDefault(nexus, Duration.ofSeconds(20)));
    }

    private boolean isUp(List<Component> components) {
        return components.stream().noneMatch(down::contains);
    }

    private void change(Component component, Runnable change) {
        Predicate<NexusRow> crosses = row -> row.components().contains(component);
        change.run();
        rows().stream().filter(crosses).forEach(row -> changed.put(row.nexus(), uptime()));
    }

    private Duration uptime() {
        return Duration.ofNanos(System.nanoTime() - bootedNanos);
    }

    static Wwid wwid(int map) {
        return new Wwid(String.format("3600a09800000000000000000%08x", map));
    }
}
