package org.lunwarden.http.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;

import org.lunwarden.fleet.FleetStatus;
import org.lunwarden.http.metrics.Families.Sample;
import org.lunwarden.model.PathState;
import org.lunwarden.model.figures.CallFigures;
import org.lunwarden.model.figures.HostFigures;
import org.lunwarden.model.figures.PortFigures;

/**
 * The metrics of a host's daemon. None has a label of a path or a map: {@code show maps} and the view tell of each.
 *
 * @param fleet empty for a host that keeps to itself
 * @param lines lines of the log that nobody took
 */
public record HostMetrics(
        HostFigures figures, PortFigures ports, Optional<FleetStatus> fleet, Lines lines, String version) {

    /** Maps with more usable paths than these are counted together, so that no host has series without end. */
    private static final int MOST_PATHS = 64;

    /**
     * Lines of the log that were dropped since nobody took them.
     *
     * @param audit of the audit trail
     * @param others of everything else
     */
    public record Lines(long audit, long others) {}

    public MetricsPage page(String accept) {
        return MetricsPage.of(accept, all());
    }

    private MetricSnapshots all() {
        var looks = figures.looks();
        var probes = figures.probes();
        var families = new Families()
                .info("build", "Release of this daemon.", "version", version)
                .gauges("paths", "Paths by what their checker found.", paths())
                .gauges("maps", "Maps by how many of their paths are usable.", maps())
                .gauge("maps_queueing", "Maps without a usable path whose I/O waits.", figures.queueing())
                .gauge("maps_stuck", "Maps with a call of device-mapper that does not return.", figures.stuck())
                .gauge("paths_kept_out", "Paths that answer and are not used.", figures.keptOut())
                .gauge("device_commands_pending", "Commands to path devices within their deadline.", probes.pending())
                .gauge(
                        "device_commands_overdue",
                        "Commands to path devices past their deadline and still not answered.",
                        probes.overdue())
                .counter("device_answers_late", "Answers that came after the deadline.", probes.late())
                .counter("uevents", "Events of the kernel about block devices that were heard.", looks.uevents())
                .counter("discovery_looks", "Looks at the disks that ended well.", looks.ended())
                .gauge("discovery_failed", "Whether the last look at the disks failed.", looks.failed())
                .gauge("disks_unread", "Disks that the last look could not read.", looks.unread())
                .gauge("disk_reads_hanging", "Threads that wait for a disk that does not answer.", looks.hanging())
                .gauge(
                        "configuration_refused",
                        "Whether the newest configuration could not be put in place.",
                        figures.configurationRefused())
                .counters(
                        "log_lines_dropped",
                        "Lines of the log that nobody took.",
                        List.of(
                                new Sample(lines.audit(), "log", "audit"),
                                new Sample(lines.others(), "log", "daemon")));
        calls(families, "device_commands", "device_command", "Commands to path devices", ports.devices());
        calls(families, "device_mapper_calls", "device_mapper_call", "Calls of device-mapper", ports.deviceMapper());
        fleet.ifPresent(status -> families.gauge(
                        "fleet_member",
                        "Whether this host is a member of the fleet.",
                        status.phase() == FleetStatus.Phase.MEMBER)
                .gauge("fleet_views", "Views that this host knows.", status.views()));
        return families.done();
    }

    private List<Sample> paths() {
        return Arrays.stream(PathState.values())
                .map(state -> new Sample(figures.paths().getOrDefault(state, 0), "state", ViewMetrics.word(state)))
                .toList();
    }

    private List<Sample> maps() {
        var counts = new TreeMap<Integer, Integer>();
        counts.put(0, 0);
        figures.maps().forEach((paths, maps) -> counts.merge(Math.min(paths, MOST_PATHS), maps, Integer::sum));
        return counts.entrySet().stream()
                .map(count -> new Sample(count.getValue(), "usable_paths", String.valueOf(count.getKey())))
                .toList();
    }

    private static void calls(Families families, String many, String one, String help, CallFigures calls) {
        families.counters(
                        many,
                        help + ", by how they ended.",
                        calls.counts().stream()
                                .map(count ->
                                        new Sample(count.count(), "call", count.call(), "outcome", count.outcome()))
                                .toList())
                .histogram(one + "_duration_seconds", help + ": how long they took.", calls.durations());
    }
}
