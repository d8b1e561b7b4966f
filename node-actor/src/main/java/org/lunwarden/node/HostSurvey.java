package org.lunwarden.node;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.lunwarden.io.HostPorts;
import org.lunwarden.io.IoResult;
import org.lunwarden.map.MapSurvey;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.node.discovery.Candidates;
import org.lunwarden.node.discovery.Sighting;
import org.lunwarden.node.site.PosixExpressions;
import org.lunwarden.node.topology.NexusFacts;
import org.lunwarden.path.PathSurvey;

/** One look at a host's maps and paths, without a daemon, that changes nothing. */
public final class HostSurvey {

    /** How long the lists of disks and maps may take. */
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final Duration TICK = Duration.ofMillis(100);
    private static final int THREADS = 4;
    private static final int ETIMEDOUT = 110;

    /**
     * @param maps the kernel's multipath maps, sorted by name, each path checked once
     * @param unread disks that could not be read, with the reason
     */
    public record Surveyed(List<MapTopology> maps, SortedMap<DeviceName, String> unread) {
        public Surveyed {
            maps = List.copyOf(maps);
            unread = new TreeMap<>(unread);
        }
    }

    private record Disks(Candidates found, SortedMap<DeviceName, String> unread) {}

    private final HostPorts ports;
    private final NodeSettings settings;
    private final ExecutorService threads;
    private final BlockingQueue<DiskLook.News> news = new LinkedBlockingQueue<>();

    private HostSurvey(HostPorts ports, NodeSettings settings, ExecutorService threads) {
        this.ports = ports;
        this.settings = settings;
        this.threads = threads;
    }

    /**
     * Blocks for as long as the slowest check, at most its timeout, and for a few seconds more when disks do not
     * answer. Refused when the disks or the maps cannot be listed.
     */
    public static IoResult<Surveyed> survey(HostPorts ports, NodeSettings settings) {
        var threads = Executors.newFixedThreadPool(THREADS, HostSurvey::daemon);
        try {
            var survey = new HostSurvey(ports, settings, threads);
            return survey.disks()
                    .then(disks -> MapSurvey.maps(ports.deviceMapper(), survey.checked(disks.found()))
                            .then(maps -> new IoResult.Ok<>(new Surveyed(maps, disks.unread()))));
        } finally {
            threads.shutdown();
        }
    }

    private IoResult<Disks> disks() {
        try (var readers = new DiskReaders(ports.clock())) {
            var wwids = new KnownWwids();
            threads.execute(() -> wwids.are(MapMemory.wwids(ports.stateFiles())));
            var look = new DiskLook(news::add, ports, settings.site(), threads, threads, readers, wwids);
            look.begin(true, false, List.of(), Set.of());
            return ended(look);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new IoResult.Refused<>(0, "read the disks", "interrupted");
        }
    }

    private IoResult<Disks> ended(DiskLook look) throws InterruptedException {
        var since = ports.clock().uptime();
        var listed = false;
        while (listed || ports.clock().uptime().minus(since).compareTo(DEADLINE) < 0) {
            var next = news.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
            if (next instanceof DiskLook.Begun(IoResult.Refused<DiskLook.Beginning> refused)) {
                return refused.as();
            }
            if (next instanceof DiskLook.Begun(IoResult.Ok<DiskLook.Beginning>(var beginning))) {
                look.read(beginning, Candidates.NONE);
                listed = true;
            } else if (next instanceof DiskLook.DiskRead read) {
                look.take(read, Candidates.NONE);
            }
            var outcome = look.proceed(Candidates.NONE);
            if (outcome.isPresent()) {
                return new IoResult.Ok<>(new Disks(outcome.get().found(), look.unread()));
            }
        }
        return new IoResult.Refused<>(ETIMEDOUT, "list disks and maps", "no answer for " + DEADLINE.toSeconds() + " s");
    }

    private List<PathReport> checked(Candidates candidates) {
        return candidates.taken().values().stream().map(this::check).toList().stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private CompletableFuture<PathReport> check(Sighting sighting) {
        return PathSurvey.look(
                        sighting.disk(),
                        sighting.wwid().orElseThrow(),
                        NexusFacts.of(settings.host(), sighting.disk()).nexus(),
                        settings.site().path(sighting.disk(), sighting.wwid().orElseThrow()),
                        ports.pathProbe(),
                        ports.blockDevices(),
                        threads,
                        new PosixExpressions())
                .toCompletableFuture();
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "survey");
        thread.setDaemon(true);
        return thread;
    }
}
