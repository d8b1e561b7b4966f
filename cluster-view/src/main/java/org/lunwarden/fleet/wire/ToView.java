package org.lunwarden.fleet.wire;

import java.time.Duration;
import java.util.List;

import org.apache.pekko.actor.typed.ActorRef;

import org.lunwarden.fleet.resize.ResizeAct;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusRow;
import org.lunwarden.model.fleet.PathCounts;

/** What a host, and seldom a view, says to each view. Messages of one host reach one view in the order they were sent, or not at all. */
public sealed interface ToView extends Wire {

    /** A piece of a full report. Piece {@code part} of {@code parts}, counted from 1, sent in order. */
    record ReportPart(
            HostId host,
            DaemonRun run,
            long revision,
            Duration uptime,
            String version,
            int part,
            int parts,
            List<NexusRow> nexuses,
            List<MapSummary> maps,
            ActorRef<ToHost> from)
            implements ToView {
        public ReportPart {
            nexuses = List.copyOf(nexuses);
            maps = List.copyOf(maps);
        }
    }

    /**
     * What changed between two reports of one run.
     *
     * @param base revision of the report that this one changes
     * @param rows new ones, and those whose components or transport changed
     * @param rowStates those of which nothing but the counts changed
     * @param maps new ones, and those that changed in more than their state
     */
    record ReportDelta(
            HostId host,
            DaemonRun run,
            long base,
            long revision,
            Duration uptime,
            List<NexusRow> rows,
            List<RowState> rowStates,
            List<Nexus> rowsGone,
            List<MapSummary> maps,
            List<MapState> mapStates,
            List<Wwid> mapsGone,
            ActorRef<ToHost> from)
            implements ToView {
        public ReportDelta {
            rows = List.copyOf(rows);
            rowStates = List.copyOf(rowStates);
            rowsGone = List.copyOf(rowsGone);
            maps = List.copyOf(maps);
            mapStates = List.copyOf(mapStates);
            mapsGone = List.copyOf(mapsGone);
        }
    }

    record RowState(Nexus nexus, PathCounts paths, Duration uptimeOfChange) {}

    record MapState(
            Wwid wwid, int paths, int usablePaths, int bestGroup, int nextGroup, boolean queueing, List<String> using) {
        public MapState {
            using = using == null ? List.of() : List.copyOf(using);
        }
    }

    /** Nothing new since {@code revision}; 0 when there was no report yet. */
    record StillThere(HostId host, DaemonRun run, long revision, Duration uptime, ActorRef<ToHost> from)
            implements ToView {}

    /** Asks whether a map of the host that looks dead may be stale. */
    record MayCleanUp(HostId host, Wwid wwid, ActorRef<ToHost> replyTo) implements ToView {}

    /** What became of a resize that another view, or this one, was asked for. */
    record ResizeTold(ResizeAct resize) implements ToView {}

    /** The daemon is being stopped on purpose. */
    record Goodbye(HostId host, DaemonRun run) implements ToView {}

    /**
     * The answer to a {@link ToHost.CarryOut}.
     *
     * @param last false when more of the same answer follows: a long list of maps comes in pieces
     */
    record Answered(long question, boolean last, HostAnswer answer) implements ToView {}
}
