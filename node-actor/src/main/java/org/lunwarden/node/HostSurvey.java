package org.lunwarden.node;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.lunwarden.io.HostPorts;
import org.lunwarden.io.IoResult;
import org.lunwarden.map.MapSurvey;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.node.discovery.Candidates;
import org.lunwarden.node.discovery.Sighting;
import org.lunwarden.node.topology.NexusFacts;
import org.lunwarden.path.PathSurvey;

/** One look at a host's maps and paths, without a daemon, that changes nothing. */
public final class HostSurvey {

    private static final int THREADS = 4;

    private HostSurvey() {}

    /**
     * The kernel's multipath maps, sorted by name, each path checked once. Blocks for as long as the slowest check, at
     * most its timeout.
     */
    public static IoResult<List<MapTopology>> survey(HostPorts ports, NodeSettings settings) {
        return DiskReader.all(ports.blockDevices(), ports.deviceMapper())
                .then(candidates -> MapSurvey.maps(ports.deviceMapper(), checked(ports, settings, candidates)));
    }

    private static List<PathReport> checked(HostPorts ports, NodeSettings settings, Candidates candidates) {
        try (ExecutorService pool = Executors.newFixedThreadPool(THREADS, HostSurvey::daemon)) {
            return candidates.taken().values().stream()
                    .map(sighting -> look(ports, settings, sighting, pool))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }
    }

    private static CompletableFuture<PathReport> look(
            HostPorts ports, NodeSettings settings, Sighting sighting, ExecutorService pool) {
        return PathSurvey.look(
                        sighting.disk(),
                        sighting.wwid().orElseThrow(),
                        NexusFacts.of(settings.host(), sighting.disk()).nexus(),
                        settings.path(),
                        ports.pathProbe(),
                        ports.blockDevices(),
                        pool)
                .toCompletableFuture();
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "survey");
        thread.setDaemon(true);
        return thread;
    }
}
