package org.lunwarden.node.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.lunwarden.model.DevT;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Transport;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.HostReport;
import org.lunwarden.model.fleet.NexusRow;
import org.lunwarden.model.fleet.NexusState;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.UnitProof;
import org.lunwarden.node.topology.NexusFacts;
import org.lunwarden.node.topology.NexusMemory;

/**
 * Keeps the books of a host for the fleet: what its paths and maps last said, added up by nexus. No clock, no actor.
 *
 * <p>A path that is removed while it is failed still counts as failed, until one of the same WWID and nexus appears or
 * {@code lostAfter} has passed: the kernel deletes the devices of a dead port, and that must not look like repair.
 */
public final class ReportLedger {

    private final HostId host;
    private final DaemonRun run;
    private final String version;
    private final Duration lostAfter;

    private final Map<DevT, Entry> paths = new HashMap<>();
    private final Map<PathId, Duration> lost = new HashMap<>();
    private final Map<Wwid, MapTopology> maps = new TreeMap<>();
    private final Map<Wwid, List<Nexus>> preferred = new HashMap<>();
    private final Map<Wwid, Map<String, String>> settings = new HashMap<>();
    private final Map<Nexus, Change> changes = new HashMap<>();
    private NexusMemory nexuses = NexusMemory.EMPTY;
    private Optional<HostReport> last = Optional.empty();

    private record PathId(Wwid wwid, Nexus nexus) {}

    private record Entry(PathReport report, PathCount counted) {}

    private record Change(NexusState state, Duration uptime) {}

    public ReportLedger(HostId host, DaemonRun run, String version, Duration lostAfter) {
        this.host = host;
        this.run = run;
        this.version = version;
        this.lostAfter = lostAfter;
    }

    public void nexusIs(NexusFacts facts) {
        nexuses = nexuses.learn(facts);
    }

    public void pathIs(PathReport report) {
        var before = paths.get(report.device());
        var counted = before != null && PathCount.mayYetTell(report) ? before.counted() : PathCount.of(report);
        paths.put(report.device(), new Entry(report, counted));
        lost.remove(new PathId(report.wwid(), report.nexus()));
    }

    public void pathGone(DevT device, Duration uptime) {
        var gone = paths.remove(device);
        if (gone != null && gone.counted() == PathCount.FAILED) {
            lost.put(new PathId(gone.report().wwid(), gone.report().nexus()), uptime);
        }
    }

    public void mapIs(MapTopology map) {
        maps.put(map.wwid(), map);
        var nexusesOfBest = MapSummaries.preferred(map);
        if (MapSummaries.allWell(map) || !preferred.containsKey(map.wwid())) {
            preferred.put(map.wwid(), nexusesOfBest);
        }
    }

    /** @param words as {@link SettingsWords} has them */
    public void settingsAre(Wwid wwid, Map<String, String> words) {
        settings.put(wwid, words);
    }

    public void mapGone(Wwid wwid) {
        maps.remove(wwid);
        preferred.remove(wwid);
    }

    /** Other paths and maps than these are not there, though nobody told that they went. */
    public void onlyThese(Set<DevT> present, Set<Wwid> presentMaps, Duration uptime) {
        Set.copyOf(paths.keySet()).stream()
                .filter(device -> !present.contains(device))
                .forEach(device -> pathGone(device, uptime));
        Set.copyOf(maps.keySet()).stream()
                .filter(wwid -> !presentMaps.contains(wwid))
                .forEach(this::mapGone);
        var ofPaths =
                paths.values().stream().map(entry -> entry.report().wwid()).collect(Collectors.toSet());
        settings.keySet().removeIf(wwid -> !presentMaps.contains(wwid) && !ofPaths.contains(wwid));
    }

    /** Whether there was a report before. */
    public boolean hasTold() {
        return last.isPresent();
    }

    /** When {@link #next} will have something to tell though nothing happens: a lost path is forgotten then. */
    public Optional<Duration> nextForgotten() {
        return lost.values().stream().min(Comparator.naturalOrder()).map(lostAfter::plus);
    }

    /** The next report; empty when the fleet knows all of it from the one before. */
    public Optional<HostReport> next(Duration uptime) {
        lost.values().removeIf(since -> uptime.minus(since).compareTo(lostAfter) >= 0);
        var rows = rows(uptime);
        var serials = serials();
        var summaries = maps.values().stream()
                .map(map -> MapSummaries.of(map, preferred.getOrDefault(map.wwid(), List.of()))
                        .with(
                                List.copyOf(serials.getOrDefault(map.wwid(), Set.of())),
                                settings.getOrDefault(map.wwid(), Map.of())))
                .toList();
        if (last.filter(known -> known.nexuses().equals(rows) && known.maps().equals(summaries))
                .isPresent()) {
            return Optional.empty();
        }
        var revision = last.map(HostReport::revision).orElse(0L) + 1;
        last = Optional.of(new HostReport(host, run, revision, uptime, version, rows, summaries));
        return last;
    }

    private Map<Wwid, Set<String>> serials() {
        var serials = new HashMap<Wwid, Set<String>>();
        for (var entry : paths.values()) {
            var report = entry.report();
            if (report.unit() != UnitProof.ANOTHER
                    && !report.grouping().serial().isEmpty()) {
                serials.computeIfAbsent(report.wwid(), any -> new TreeSet<>())
                        .add(report.grouping().serial());
            }
        }
        return serials;
    }

    private List<NexusRow> rows(Duration uptime) {
        var tallies = new TreeMap<Nexus, Tally>();
        paths.values()
                .forEach(entry -> tallies.computeIfAbsent(entry.report().nexus(), nexus -> new Tally())
                        .add(entry.counted()));
        lost.keySet()
                .forEach(path -> tallies.computeIfAbsent(path.nexus(), nexus -> new Tally())
                        .add(PathCount.FAILED));
        changes.keySet().retainAll(tallies.keySet());
        var rows = new ArrayList<NexusRow>();
        tallies.forEach((nexus, tally) -> {
            var counts = tally.counts();
            var change = changes.get(nexus);
            if (change == null || change.state() != counts.state()) {
                change = new Change(counts.state(), uptime);
                changes.put(nexus, change);
            }
            var facts = nexuses.of(nexus);
            rows.add(new NexusRow(
                    nexus,
                    facts.map(NexusFacts::transport).orElse(Transport.OPAQUE),
                    facts.map(NexusFacts::components).orElse(List.of()),
                    counts,
                    change.uptime()));
        });
        return List.copyOf(rows);
    }
}
