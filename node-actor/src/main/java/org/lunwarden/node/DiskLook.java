package org.lunwarden.node;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.io.BlockDevices.Listed;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;
import org.lunwarden.node.discovery.Candidates;
import org.lunwarden.node.discovery.ReadQueue;
import org.lunwarden.node.discovery.Sighting;

/**
 * The looks at disks that {@link Discovery} wants, one after the other: lists them, has each read by a thread that may
 * wait for it, and ends when all have been read but those that hang. For the actor's thread.
 */
final class DiskLook {

    private static final Logger LOG = LoggerFactory.getLogger(DiskLook.class);

    /** What takes longer is told to the operator. */
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /**
     * What a look begins with.
     *
     * @param maps WWIDs of the kernel's multipath maps
     * @param all whether the disks are all that there are
     */
    record Beginning(Set<Wwid> maps, List<Listed> disks, boolean all, DiskReader reader) {}

    /** @param refusal of a disk that is there and cannot be read; empty when there is none */
    record Outcome(Candidates found, Optional<String> refusal) {}

    private final ActorContext<Discovery.Command> context;
    private final HostPorts ports;
    private final Executor dm;
    private final Executor blocking;
    /** Bounded by the queue; no pool of others is used up by disks that hang. */
    private final ExecutorService readers = Executors.newCachedThreadPool(DiskLook::reader);

    private final ReadQueue queue = new ReadQueue();
    private final StuckReads stuck = new StuckReads(DEADLINE);
    private final Map<DeviceName, Optional<Sighting>> looked = new HashMap<>();
    private Optional<Beginning> begun = Optional.empty();
    private Optional<String> refusal = Optional.empty();

    /**
     * @param dm runs calls of device-mapper
     * @param blocking lists disks
     */
    DiskLook(ActorContext<Discovery.Command> context, HostPorts ports, Executor dm, Executor blocking) {
        this.context = context;
        this.ports = ports;
        this.dm = dm;
        this.blocking = blocking;
    }

    /** Begins a look, at all disks or at some. Comes back as {@link Discovery.Begun}. */
    void begin(boolean all, List<Listed> some) {
        stuck.lookBegins();
        var reader = new DiskReader(ports.blockDevices());
        var maps = CompletableFuture.supplyAsync(() -> DiskReader.maps(ports.deviceMapper()), dm);
        context.pipeToSelf(
                maps.thenApplyAsync(
                        known -> known.then(wwids -> (all ? reader.look().list() : new IoResult.Ok<>(some))
                                .then(disks -> new IoResult.Ok<>(new Beginning(wwids, disks, all, reader)))),
                        blocking),
                (beginning, broke) ->
                        new Discovery.Begun(broke == null ? beginning : broken("a look at the disks", broke)));
    }

    /** Takes up the reading of what was listed; {@link #proceed} follows. */
    void read(Beginning beginning, Candidates known) {
        begun = Optional.of(beginning);
        looked.clear();
        refusal = Optional.empty();
        if (beginning.all()) {
            known.seen().keySet().forEach(name -> looked.put(name, Optional.empty()));
            beginning.disks().forEach(disk -> looked.remove(disk.name()));
        }
        queue.look(beginning.disks());
    }

    /** Has more disks read, each of which comes back as {@link Discovery.DiskRead}; what came of the look at its end. */
    Optional<Outcome> proceed(Candidates known) {
        if (begun.isEmpty()) {
            return Optional.empty();
        }
        var look = begun.get();
        for (var name : queue.start(now())) {
            context.pipeToSelf(
                    CompletableFuture.supplyAsync(() -> look.reader().read(name, known), readers),
                    (sighting, broke) ->
                            new Discovery.DiskRead(name, broke == null ? sighting : broken("read " + name, broke)));
        }
        if (!queue.isOver(now())) {
            return Optional.empty();
        }
        queue.end();
        begun = Optional.empty();
        return Optional.of(new Outcome(known.after(looked, look.maps()), refusal));
    }

    private static <T> IoResult<T> broken(String call, Throwable cause) {
        LOG.error("{} broke", call, cause);
        return new IoResult.Refused<>(0, call, String.valueOf(cause));
    }

    /** Takes what was read of a disk; false when it comes too late for its look. */
    boolean take(DeviceName name, IoResult<Optional<Sighting>> result) {
        stuck.answered(name);
        if (!queue.ended(name)) {
            return false;
        }
        switch (result) {
            case IoResult.Ok<Optional<Sighting>>(var sighting) -> looked.put(name, sighting);
            case IoResult.Refused<Optional<Sighting>> refused -> refusal = Optional.of(refused.toString());
        }
        return true;
    }

    /** @param lookingSince empty when no look is under way */
    void tellWhatIsStuck(Optional<Duration> lookingSince) {
        lookingSince.filter(since -> begun.isEmpty()).ifPresent(since -> stuck.tellOfLook(since, now()));
        stuck.tell(queue, now());
    }

    /** Whether nothing is being read. */
    boolean isIdle() {
        return queue.isIdle();
    }

    /** The disks that hang, and those that the last look left for them. */
    SortedMap<DeviceName, String> unread() {
        var unread = new TreeMap<DeviceName, String>();
        if (begun.isEmpty()) {
            queue.unread().forEach(name -> unread.put(name, "others of its SCSI host do not answer"));
        }
        queue.stuck(now()).forEach((name, age) -> unread.put(name, "no answer for " + age.toSeconds() + " s"));
        return unread;
    }

    void close() {
        readers.shutdown();
    }

    private Duration now() {
        return ports.clock().uptime();
    }

    private static Thread reader(Runnable work) {
        var thread = new Thread(work, "disk-reader");
        thread.setDaemon(true);
        return thread;
    }
}
