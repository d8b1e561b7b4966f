package org.lunwarden.fleet.wire;

import java.util.ArrayList;
import java.util.List;

import org.apache.pekko.actor.typed.ActorRef;

import org.lunwarden.fleet.wire.ToView.ReportDelta;
import org.lunwarden.fleet.wire.ToView.ReportPart;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.fleet.HostReport;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusRow;

/** Cuts a report into messages that fit the frame of the transport even when they do not compress. */
public final class ReportParts {

    /** Estimated bytes of one message; less than half of the frame, since the estimate is one. */
    static final int LIMIT = 100_000;

    private ReportParts() {}

    /** At least one part, the last of which ends the report. */
    public static List<ReportPart> of(HostReport report, ActorRef<ToHost> from) {
        var pieces = new ArrayList<Piece>();
        var piece = new Piece();
        for (var row : report.nexuses()) {
            piece = roomFor(weight(row), piece, pieces);
            piece.rows.add(row);
        }
        for (var map : report.maps()) {
            piece = roomFor(weight(map), piece, pieces);
            piece.maps.add(map);
        }
        pieces.add(piece);
        var parts = new ArrayList<ReportPart>();
        for (var each : pieces) {
            parts.add(new ReportPart(
                    report.host(),
                    report.run(),
                    report.revision(),
                    report.uptime(),
                    report.version(),
                    parts.size() + 1,
                    pieces.size(),
                    each.rows,
                    each.maps,
                    from));
        }
        return parts;
    }

    /** Whether a difference fits one message; if not, a full report in parts does. */
    public static boolean fits(ReportDelta delta) {
        var weight = 200L * delta.rowStates().size();
        weight += delta.mapStates().stream()
                .mapToLong(state -> 160 + weightOfPorts(state.using()))
                .sum();
        weight += 100L * delta.rowsGone().size() + 60L * delta.mapsGone().size();
        weight += delta.rows().stream().mapToLong(ReportParts::weight).sum();
        weight += delta.maps().stream().mapToLong(ReportParts::weight).sum();
        return weight <= LIMIT;
    }

    private static Piece roomFor(int weight, Piece piece, List<Piece> done) {
        if (piece.weight > 0 && piece.weight + weight > LIMIT) {
            done.add(piece);
            var fresh = new Piece();
            fresh.weight = weight;
            return fresh;
        }
        piece.weight += weight;
        return piece;
    }

    private static int weight(NexusRow row) {
        var weight = 250
                + row.nexus().initiatorPort().length()
                + row.nexus().targetPort().length();
        for (var component : row.components()) {
            weight += 30 + component.id().length();
        }
        return weight;
    }

    private static int weight(MapSummary map) {
        var weight = 200 + map.wwid().value().length() + map.name().length();
        weight +=
                map.serials().stream().mapToInt(serial -> 10 + serial.length()).sum();
        for (var setting : map.settings().entrySet()) {
            weight += 10 + setting.getKey().length() + setting.getValue().length();
        }
        return weight + weight(map.preferred()) + weight(map.nexuses()) + weightOfPorts(map.using());
    }

    private static int weightOfPorts(List<String> ports) {
        return ports.stream().mapToInt(port -> 4 + port.length()).sum();
    }

    private static int weight(List<Nexus> nexuses) {
        var weight = 0;
        for (var nexus : nexuses) {
            weight += 40 + nexus.initiatorPort().length() + nexus.targetPort().length();
        }
        return weight;
    }

    private static final class Piece {
        final List<NexusRow> rows = new ArrayList<>();
        final List<MapSummary> maps = new ArrayList<>();
        int weight;
    }
}
