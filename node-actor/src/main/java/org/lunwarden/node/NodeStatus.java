package org.lunwarden.node;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.lunwarden.io.PathProbe;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.figures.HostFigures;
import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.HostId;

/**
 * How a host's daemon is itself.
 *
 * @param stuck maps with a dm call that does not return: which, and since when
 * @param keptOut paths that answer and are not used, since they are or may be other logical units, and marginal ones,
 *     with the reason
 * @param figures how paths and maps are, counted
 * @param configuration what became of reading it again
 * @param epoch the highest failback epoch seen; 0 before the first
 */
public record NodeStatus(
        HostId host,
        DaemonRun run,
        Duration uptime,
        Looking discovery,
        int paths,
        int usablePaths,
        int maps,
        SortedMap<Wwid, String> stuck,
        SortedMap<DeviceName, String> keptOut,
        PathProbe.Load probes,
        Configuration configuration,
        long epoch,
        HostFigures figures) {

    static NodeStatus of(
            HostId host,
            DaemonRun run,
            Duration uptime,
            Looking discovery,
            Census census,
            PathProbe.Load probes,
            Configuration configuration,
            long epoch) {
        return new NodeStatus(
                host,
                run,
                uptime,
                discovery,
                census.allPaths(),
                census.usablePaths(),
                census.allMaps(),
                census.stuck(),
                census.keptOut(),
                probes,
                configuration,
                epoch,
                new HostFigures(
                        census.paths(),
                        census.maps(),
                        census.queueing(),
                        census.stuck().size(),
                        census.keptOut().size(),
                        discovery.figures(),
                        new HostFigures.Probes(probes.pending(), probes.overdue(), probes.lateAnswers()),
                        !configuration.refused().isEmpty()));
    }

    /**
     * @param looks looks at disks that ended well, since the start
     * @param underWay for how long a look goes on; empty when no look is under way
     * @param failure why the last look failed; empty when it did not
     * @param uevents heard since the start
     * @param left disks that are no paths, with the reason
     * @param unread disks that the last look could not read, with the reason
     * @param hanging readings that wait for a disk for longer than a look does, a thread each, those too that were begun
     *     before discovery was restarted
     */
    public record Looking(
            long looks,
            Optional<Duration> underWay,
            Optional<String> failure,
            long uevents,
            SortedMap<DeviceName, String> left,
            SortedMap<DeviceName, String> unread,
            int hanging) {
        public Looking {
            left = new TreeMap<>(left);
            unread = new TreeMap<>(unread);
        }

        private HostFigures.Looks figures() {
            return new HostFigures.Looks(looks, failure.isPresent(), uevents, unread.size(), hanging);
        }
    }

    /**
     * @param applied how often another configuration was put in place of the first one
     * @param refused why the newest one was not, a sentence each with file and line; empty when it was
     */
    public record Configuration(long applied, List<String> refused) {

        public static final Configuration FIRST = new Configuration(0, List.of());

        public Configuration {
            refused = List.copyOf(refused);
        }
    }

    public NodeStatus {
        stuck = new TreeMap<>(Map.copyOf(stuck));
        keptOut = new TreeMap<>(keptOut);
    }
}
