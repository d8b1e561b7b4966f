package org.lunwarden.node;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.io.BlockDevices.Listed;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.node.discovery.Candidates;
import org.lunwarden.node.discovery.Known;
import org.lunwarden.node.discovery.ReadQueue;
import org.lunwarden.node.discovery.Sighting;
import org.lunwarden.node.discovery.Unread;
import org.lunwarden.node.site.Site;

/**
 * The looks at disks, one after the other: lists them, has each identified, has those opened that may have a holder
 * whom only that shows, by a thread that may wait for the disk, and ends when all have been read but those that hang.
 * For one thread, to which its news come.
 */
final class DiskLook {

    private static final Logger LOG = LoggerFactory.getLogger(DiskLook.class);

    /** What takes longer is told to the operator. */
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final int IDENTIFIED_AT_ONCE = 4;
    /** These wait more than they work. */
    private static final int OPENED_AT_ONCE = 16;

    /** To be given to {@link #read}, or to {@link #take}; {@link #proceed} follows. */
    sealed interface News {}

    record Begun(IoResult<Beginning> beginning) implements News {}

    /** Of the look that is under way, or of one that ended without it. */
    sealed interface DiskRead extends News {
        DeviceName name();
    }

    record Identified(DeviceName name, IoResult<Optional<Sighting>> sighting) implements DiskRead {}

    record Opened(DeviceName name, IoResult<Optional<Sighting>> sighting) implements DiskRead {}

    /**
     * What a look begins with.
     *
     * @param known what decides besides the disks
     * @param all whether the disks are all that there are
     * @param numbers of all disks; without any when some are looked at
     */
    record Beginning(
            Known known, List<DeviceName> disks, boolean all, Map<DeviceName, DevT> numbers, DiskReader reader) {}

    /**
     * @param known what it began with
     * @param refusal of a disk that is there and cannot be read; empty when there is none
     */
    record Outcome(Candidates found, Known known, Optional<String> refusal) {}

    private final Consumer<News> inbox;
    private final HostPorts ports;
    private final Site site;
    private final Executor dm;
    private final Executor blocking;
    private final DiskReaders readers;
    private final KnownWwids wwids;

    private final ReadQueue identities = new ReadQueue(IDENTIFIED_AT_ONCE);
    private final ReadQueue openings = new ReadQueue(OPENED_AT_ONCE);
    private final StuckReads stuckIdentities = new StuckReads(DEADLINE);
    private final StuckReads stuckOpenings = new StuckReads(DEADLINE);
    private final Map<DeviceName, DevT> numbers = new HashMap<>();
    private final Map<DeviceName, Optional<Sighting>> looked = new HashMap<>();
    /** Those that are to be opened, or are being opened. */
    private final Map<DeviceName, Sighting> identified = new HashMap<>();

    private final NavigableMap<DeviceName, String> refused = new TreeMap<>();
    private final Map<DeviceName, String> left = new TreeMap<>();
    private Optional<Beginning> begun = Optional.empty();

    /**
     * @param inbox takes news from any thread
     * @param dm runs calls of device-mapper
     * @param blocking lists disks
     * @param readers outlive these looks
     * @param wwids that have had a map
     */
    DiskLook(
            Consumer<News> inbox,
            HostPorts ports,
            Site site,
            Executor dm,
            Executor blocking,
            DiskReaders readers,
            KnownWwids wwids) {
        this.inbox = inbox;
        this.ports = ports;
        this.site = site;
        this.dm = dm;
        this.blocking = blocking;
        this.readers = readers;
        this.wwids = wwids;
    }

    /**
     * Begins a look, at all disks or at some. Comes back as {@link Begun}.
     *
     * @param anew whether the site says otherwise than at the look before
     * @param unheard disks for whose udev properties is not waited any longer
     */
    void begin(boolean all, boolean anew, Collection<DeviceName> some, Set<DeviceName> unheard) {
        stuckIdentities.lookBegins();
        var reader = new DiskReader(ports.blockDevices(), site);
        var disks = List.copyOf(some);
        var unused = CompletableFuture.supplyAsync(() -> DiskReader.maps(ports.deviceMapper()), dm)
                .thenCombine(
                        wwids.soon(),
                        (maps, remembered) -> maps.then(found -> new IoResult.Ok<>(new Known(
                                found,
                                remembered,
                                site.findMultipaths(),
                                anew,
                                site.allowsUsb(),
                                unheard,
                                ports.uevents().udevRuns()))))
                .thenApplyAsync(
                        found -> found.then(known -> all
                                ? listed(known, reader)
                                : new IoResult.Ok<>(new Beginning(known, disks, false, Map.of(), reader))),
                        blocking)
                .whenComplete((beginning, broke) ->
                        inbox.accept(new Begun(broke == null ? beginning : broken("a look at the disks", broke))));
    }

    private static IoResult<Beginning> listed(Known known, DiskReader reader) {
        return reader.look()
                .list()
                .then(disks -> new IoResult.Ok<>(
                        new Beginning(known, disks.stream().map(Listed::name).toList(), true, numbers(disks), reader)));
    }

    private static Map<DeviceName, DevT> numbers(List<Listed> disks) {
        var numbers = new HashMap<DeviceName, DevT>();
        disks.forEach(disk -> disk.device().ifPresent(device -> numbers.put(disk.name(), device)));
        return numbers;
    }

    /** Takes up the reading of what was listed. */
    void read(Beginning beginning, Candidates known) {
        begun = Optional.of(beginning);
        looked.clear();
        identified.clear();
        refused.clear();
        if (beginning.all()) {
            numbers.clear();
            numbers.putAll(beginning.numbers());
            known.seen().keySet().forEach(name -> looked.put(name, Optional.empty()));
            beginning.disks().forEach(looked::remove);
        }
        beginning.disks().forEach(name -> identities.add(name, name.value()));
    }

    /** Has more disks read; what came of the look at its end. */
    Optional<Outcome> proceed(Candidates known) {
        if (begun.isEmpty()) {
            return Optional.empty();
        }
        var look = begun.get();
        for (var name : identities.start(now())) {
            var unused = run(
                            name, DiskReaders.Kind.IDENTITY, () -> look.reader().identify(name, known))
                    .thenAccept(sighting -> inbox.accept(new Identified(name, sighting)));
        }
        for (var name : openings.start(now())) {
            var sighting = Objects.requireNonNull(identified.get(name));
            var unused = run(
                            name,
                            DiskReaders.Kind.OPENING,
                            () -> new IoResult.Ok<>(look.reader().open(sighting)))
                    .thenAccept(opened -> inbox.accept(new Opened(name, opened)));
        }
        return identities.isOver(now()) && openings.isOver(now()) ? Optional.of(end(look, known)) : Optional.empty();
    }

    private CompletableFuture<IoResult<Optional<Sighting>>> run(
            DeviceName disk, DiskReaders.Kind kind, Supplier<IoResult<Optional<Sighting>>> read) {
        return readers.read(disk, kind, read).exceptionally(broke -> broken("reading " + disk, broke));
    }

    private static <T> IoResult<T> broken(String call, Throwable cause) {
        LOG.error("{} broke", call, cause);
        return new IoResult.Refused<>(0, call, String.valueOf(cause));
    }

    private Outcome end(Beginning look, Candidates known) {
        begun = Optional.empty();
        left.clear();
        left.putAll(identities.end(now()));
        left.putAll(openings.end(now()));
        left.putAll(refused);
        look.disks().forEach(name -> left.putIfAbsent(name, "it answered a look before this one"));
        looked.keySet().forEach(left::remove);
        if (look.all()) {
            // a disk that vanished while its reading hung would be awaited for ever
            left.keySet().retainAll(Set.copyOf(look.disks()));
        }
        var unread = new HashMap<DeviceName, Unread>();
        left.keySet()
                .forEach(name -> unread.put(
                        name,
                        new Unread(Optional.ofNullable(numbers.get(name)), Optional.ofNullable(identified.get(name)))));
        return new Outcome(
                known.after(looked, unread, look.known()),
                look.known(),
                Optional.ofNullable(refused.firstEntry()).map(Map.Entry::getValue));
    }

    /** Takes what was read of a disk; false when it comes too late for its look. */
    boolean take(DiskRead read, Candidates known) {
        var name = read.name();
        if (!ofThisLook(read)) {
            left.remove(name);
            return false;
        }
        switch (read) {
            case Identified(var same, IoResult.Ok<Optional<Sighting>>(var sighting)) ->
                sighting.ifPresentOrElse(disk -> identified(disk, known), () -> looked.put(name, sighting));
            case Opened(var same, IoResult.Ok<Optional<Sighting>>(var sighting)) -> looked.put(name, sighting);
            case Identified(var same, IoResult.Refused<Optional<Sighting>> refusal) ->
                refused.put(name, refusal.toString());
            case Opened(var same, IoResult.Refused<Optional<Sighting>> refusal) ->
                refused.put(name, refusal.toString());
        }
        return true;
    }

    private boolean ofThisLook(DiskRead read) {
        return switch (read) {
            case Identified(var name, var sighting) -> {
                stuckIdentities.answered(name);
                yield identities.ended(name);
            }
            case Opened(var name, var sighting) -> {
                stuckOpenings.answered(name);
                yield openings.ended(name);
            }
        };
    }

    private void identified(Sighting sighting, Candidates known) {
        var disk = sighting.disk();
        numbers.put(disk.name(), disk.device());
        if (!known.mayHaveOpener(sighting, begun.orElseThrow().known())) {
            looked.put(disk.name(), Optional.of(sighting));
            return;
        }
        identified.put(disk.name(), sighting);
        openings.add(
                disk.name(),
                disk.hctl()
                        .map(hctl -> "SCSI host " + hctl.host())
                        .orElse(disk.name().value()));
    }

    /** @param lookingSince empty when no look is under way */
    void tellWhatIsStuck(Optional<Duration> lookingSince) {
        lookingSince.filter(since -> begun.isEmpty()).ifPresent(since -> stuckIdentities.tellOfLook(since, now()));
        stuckIdentities.tell(identities, now());
        stuckOpenings.tell(openings, now());
    }

    /** Whether nothing is being read. */
    boolean isIdle() {
        return identities.isIdle() && openings.isIdle();
    }

    /** The disks that hang, and those that the last look left, with the reason. */
    SortedMap<DeviceName, String> unread() {
        var unread = new TreeMap<>(left);
        for (var queue : List.of(identities, openings)) {
            queue.stuck(now()).forEach((name, age) -> unread.put(name, ReadQueue.noAnswer(age)));
        }
        return unread;
    }

    private Duration now() {
        return ports.clock().uptime();
    }
}
