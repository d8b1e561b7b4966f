package org.lunwarden.fleet.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

import org.apache.pekko.actor.typed.ActorRef;

import org.lunwarden.fleet.wire.ToView.MapState;
import org.lunwarden.fleet.wire.ToView.ReportDelta;
import org.lunwarden.fleet.wire.ToView.RowState;
import org.lunwarden.model.fleet.HostReport;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusRow;

/** The difference of two reports, and a report with a difference applied. Each undoes the other. */
public final class ReportChanges {

    private ReportChanges() {}

    /** Both reports are of one run; {@code next} is the newer one. */
    public static ReportDelta between(HostReport base, HostReport next, ActorRef<ToHost> from) {
        var rows = new ArrayList<NexusRow>();
        var rowStates = new ArrayList<RowState>();
        var oldRows = byKey(base.nexuses(), NexusRow::nexus);
        for (var row : next.nexuses()) {
            var old = oldRows.remove(row.nexus());
            if (old == null || !sameButState(old, row)) {
                rows.add(row);
            } else if (!old.equals(row)) {
                rowStates.add(new RowState(row.nexus(), row.paths(), row.uptimeOfChange()));
            }
        }
        var maps = new ArrayList<MapSummary>();
        var mapStates = new ArrayList<MapState>();
        var oldMaps = byKey(base.maps(), MapSummary::wwid);
        for (var map : next.maps()) {
            var old = oldMaps.remove(map.wwid());
            if (old == null || !sameButState(old, map)) {
                maps.add(map);
            } else if (!old.equals(map)) {
                mapStates.add(new MapState(
                        map.wwid(),
                        map.paths(),
                        map.usablePaths(),
                        map.bestGroup(),
                        map.nextGroup(),
                        map.queueing(),
                        map.using()));
            }
        }
        return new ReportDelta(
                next.host(),
                next.run(),
                base.revision(),
                next.revision(),
                next.uptime(),
                rows,
                rowStates,
                oldRows.keySet().stream().sorted().toList(),
                maps,
                mapStates,
                oldMaps.keySet().stream().sorted().toList(),
                from);
    }

    /** Empty when the difference is not one of {@code base}: another run or revision, or a row that it does not have. */
    public static Optional<HostReport> apply(HostReport base, ReportDelta delta) {
        if (!base.run().equals(delta.run()) || base.revision() != delta.base()) {
            return Optional.empty();
        }
        var rows = new TreeMap<>(byKey(base.nexuses(), NexusRow::nexus));
        delta.rowsGone().forEach(rows::remove);
        delta.rows().forEach(row -> rows.put(row.nexus(), row));
        for (var state : delta.rowStates()) {
            var old = rows.get(state.nexus());
            if (old == null) {
                return Optional.empty();
            }
            rows.put(state.nexus(), with(old, state));
        }
        var maps = new TreeMap<>(byKey(base.maps(), MapSummary::wwid));
        delta.mapsGone().forEach(maps::remove);
        delta.maps().forEach(map -> maps.put(map.wwid(), map));
        for (var state : delta.mapStates()) {
            var old = maps.get(state.wwid());
            if (old == null) {
                return Optional.empty();
            }
            maps.put(state.wwid(), with(old, state));
        }
        return Optional.of(new HostReport(
                base.host(),
                base.run(),
                delta.revision(),
                delta.uptime(),
                base.version(),
                List.copyOf(rows.values()),
                List.copyOf(maps.values())));
    }

    private static boolean sameButState(NexusRow old, NexusRow row) {
        return old.transport() == row.transport() && old.components().equals(row.components());
    }

    private static boolean sameButState(MapSummary old, MapSummary map) {
        return old.name().equals(map.name())
                && old.sizeSectors() == map.sizeSectors()
                && old.preferred().equals(map.preferred())
                && old.nexuses().equals(map.nexuses())
                && old.serials().equals(map.serials())
                && old.settings().equals(map.settings());
    }

    private static NexusRow with(NexusRow old, RowState state) {
        return new NexusRow(old.nexus(), old.transport(), old.components(), state.paths(), state.uptimeOfChange());
    }

    private static MapSummary with(MapSummary old, MapState state) {
        return new MapSummary(
                old.wwid(),
                old.name(),
                old.sizeSectors(),
                state.paths(),
                state.usablePaths(),
                state.bestGroup(),
                state.nextGroup(),
                state.queueing(),
                old.preferred(),
                old.nexuses(),
                old.serials(),
                state.using(),
                old.settings());
    }

    private static <K, V> Map<K, V> byKey(List<V> values, Function<V, K> key) {
        var byKey = new HashMap<K, V>(values.size() * 2);
        values.forEach(value -> byKey.put(key.apply(value), value));
        return byKey;
    }
}
