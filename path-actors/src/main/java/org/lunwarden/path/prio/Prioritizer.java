package org.lunwarden.path.prio;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.lunwarden.io.BlockDevices.Live;
import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.io.Disk;
import org.lunwarden.io.PortFacts;
import org.lunwarden.model.AluaState;
import org.lunwarden.model.map.Priority;
import org.lunwarden.model.scsi.Cdb;
import org.lunwarden.model.scsi.Decoded;
import org.lunwarden.model.scsi.DeviceIdentification;
import org.lunwarden.model.scsi.StandardInquiry;
import org.lunwarden.model.scsi.TargetPortGroups;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.model.settings.PrioArguments;
import org.lunwarden.model.settings.PrioKind;
import org.lunwarden.path.exchange.Deadline;
import org.lunwarden.path.exchange.Exchange;

/** Reads one path's priority, and finds out by itself where it comes from. No stage fails. */
public final class Prioritizer {

    private static final int EBUSY = 16;
    private static final String RDAC = "rdac";
    private static final Priority CONSTANT = new Priority(1);
    private static final Priority NOTHING = new Priority(0);
    private static final int INQUIRY_LENGTH = 36;
    private static final int FIRST_ALLOCATION = 512;
    private static final long LARGEST_ALLOCATION = 64 * 1024;

    private final Disk disk;
    private final DeviceProbe probe;
    private final Expressions expressions;
    private final OptionalInt group;
    private final AtomicReference<Optional<StandardInquiry>> inquiry;
    private final OwnerPageQuestion ownerPage;
    private final AnaQuestion ana;
    private final AtomicBoolean busy;

    /** @param expressions of arguments */
    public Prioritizer(Disk disk, DeviceProbe probe, Expressions expressions) {
        this(disk, probe, expressions, new AtomicBoolean());
    }

    /** @param busy whether a command has no answer yet */
    private Prioritizer(Disk disk, DeviceProbe probe, Expressions expressions, AtomicBoolean busy) {
        this.busy = busy;
        this.expressions = expressions;
        this.disk = disk;
        this.probe = probe;
        this.inquiry = new AtomicReference<>(told(disk));
        this.ownerPage = new OwnerPageQuestion(this::send, isLedAsRdac(disk));
        this.ana = new AnaQuestion(
                disk.ports() instanceof PortFacts.Nvme nvme ? nvme.namespace() : 0,
                (command, deadline) -> alone(() -> probe.admin(command, deadline)));
        this.group = group(disk);
    }

    /**
     * The one that the kernel's word about a disk decides for; empty where the disk itself must be asked. Asks nothing.
     */
    public static Optional<PrioKind> known(Disk disk, PathSettings settings) {
        return source(disk, settings, disk.accessState(), group(disk), told(disk), isLedAsRdac(disk), Optional.empty())
                .prioritizer();
    }

    private static OptionalInt group(Disk disk) {
        return switch (DeviceIdentification.parse(disk.vpd83())) {
            case Decoded.Ok<DeviceIdentification>(var page) -> page.targetPortGroup();
            case Decoded.Invalid<DeviceIdentification> unreadable -> OptionalInt.empty();
        };
    }

    /** What the kernel read of the disk needs not be asked. */
    private static Optional<StandardInquiry> told(Disk disk) {
        return Optional.of(new StandardInquiry(true, true, !disk.handler().implicitOnly()))
                .filter(known -> disk.handler().targetPortGroups());
    }

    private static Optional<Boolean> isLedAsRdac(Disk disk) {
        return Optional.of(true).filter(yes -> disk.handler().attached().equals(RDAC));
    }

    /**
     * That of the disk as it is described now. What the device has told of itself is not asked anew unless the description
     * says otherwise than before, and one command at a time is sent all the same.
     */
    public Prioritizer with(Disk now) {
        return mattersOf(now).equals(mattersOf(disk)) ? this : new Prioritizer(now, probe, expressions, busy);
    }

    /** What of a description a priority may depend on: not its size, nor what is read with each check. */
    private static List<Object> mattersOf(Disk disk) {
        return List.of(
                disk.name(),
                disk.device(),
                disk.hctl(),
                disk.vendor(),
                disk.product(),
                disk.revision(),
                disk.handler(),
                disk.vpd83(),
                disk.udev(),
                disk.ports());
    }

    /**
     * @param live what sysfs says now
     * @param answers whether the path takes commands; else only sysfs and constants are used
     */
    public CompletionStage<PrioReading> read(PathSettings settings, Live live, boolean answers, Duration deadline) {
        return switch (source(settings, live)) {
            case PrioSource.Constant() -> done(new PrioReading.Read(CONSTANT, false));
            case PrioSource.Sysfs(var exclusive) -> done(sysfs(live, exclusive));
            case PrioSource.Alua(var id, var exclusive) ->
                answers ? ask(id, exclusive, FIRST_ALLOCATION, deadline) : done(new PrioReading.Skipped());
            case PrioSource.Ana() -> answers ? ana.read(Deadline.in(deadline)) : done(new PrioReading.Skipped());
            case PrioSource.Configured(var kind) ->
                answers || !asksDevice(kind)
                        ? configured(kind, settings.prioArgs(), deadline)
                        : done(new PrioReading.Skipped());
            case PrioSource.Unknown() -> answers ? detect(settings, live, deadline) : done(new PrioReading.Skipped());
        };
    }

    /** The one that is in use, whatever the settings name; empty while the device has not told what it has. */
    public Optional<PrioKind> kind(PathSettings settings, Live live) {
        return source(settings, live).prioritizer();
    }

    private static boolean asksDevice(PrioKind kind) {
        return kind != PrioKind.RANDOM && kind != PrioKind.IET && kind != PrioKind.WEIGHTEDPATH;
    }

    private CompletionStage<PrioReading> configured(PrioKind kind, String args, Duration deadline) {
        var line = line(deadline);
        return switch (kind) {
            case EMC -> VendorPriority.emc(line);
            case RDAC -> VendorPriority.rdac(line);
            case HP_SW -> VendorPriority.hp(line);
            case HDS -> VendorPriority.hds(line);
            case DATACORE ->
                PrioArguments.server(args)
                        .map(server ->
                                VendorPriority.datacore(line(shorter(server.timeout(), deadline)), server.name()))
                        .orElseGet(() -> done(new PrioReading.Read(NOTHING, false)));
            case ONTAP -> VendorPriority.ontap(line);
            case PATH_LATENCY ->
                LatencyPriority.parse(args)
                        .orElse(LatencyPriority.STANDARD)
                        .read(this::readBlock, deadline, System::nanoTime);
            case IET -> done(new PrioReading.Read(PreferredPlace.iet(args, disk), false));
            case WEIGHTEDPATH -> done(new PrioReading.Read(WeightedPath.of(args, disk, expressions), false));
            case RANDOM ->
                done(new PrioReading.Read(
                        new Priority(ThreadLocalRandom.current().nextInt(1, 11)), false));
            case CONST, ALUA, SYSFS, ANA -> throw new IllegalArgumentException(kind.word());
        };
    }

    /** Commands that have so much time each. */
    private VendorPriority.Line line(Duration deadline) {
        return (cdb, dataIn) -> send(cdb, dataIn, deadline);
    }

    private static Duration shorter(Optional<Duration> said, Duration deadline) {
        return said.filter(most -> most.compareTo(deadline) < 0).orElse(deadline);
    }

    private PrioSource source(PathSettings settings, Live live) {
        return source(disk, settings, live.accessState(), group, inquiry.get(), ownerPage.known(), ana.known());
    }

    private static PrioSource source(
            Disk disk,
            PathSettings settings,
            String accessState,
            OptionalInt group,
            Optional<StandardInquiry> inquiry,
            Optional<Boolean> ownerPage,
            Optional<Boolean> ana) {
        if (disk.isNvme()) {
            return PrioSource.ofNvme(settings, ana);
        }
        return disk.hctl().isEmpty()
                ? PrioSource.configured(settings)
                : PrioSource.ofScsi(settings, accessState, group, inquiry, ownerPage);
    }

    private CompletionStage<PrioReading> detect(PathSettings settings, Live live, Duration deadline) {
        if (disk.isNvme()) {
            var end = Deadline.in(deadline);
            return ana.detect(end)
                    .thenCompose(reading ->
                            ana.known().isPresent() ? read(settings, live, true, end.left()) : done(reading));
        }
        if (inquiry.get().isPresent()) {
            return ownerPage
                    .ask(deadline)
                    .thenCompose(failed ->
                            failed.map(Prioritizer::done).orElseGet(() -> read(settings, live, true, deadline)));
        }
        return send(Cdb.inquiry(INQUIRY_LENGTH), INQUIRY_LENGTH, deadline)
                .thenCompose(answer -> switch (data(answer, StandardInquiry::parse)) {
                    case Decoded.Invalid<StandardInquiry> none
                    when answer instanceof Answer.NotAsked<ScsiReply> -> done(new PrioReading.Skipped());
                    case Decoded.Ok<StandardInquiry>(var said) -> {
                        inquiry.set(Optional.of(said));
                        yield read(settings, live, true, deadline);
                    }
                    case Decoded.Invalid<StandardInquiry>(var fault, var offset, var problem) ->
                        done(new PrioReading.Failed("INQUIRY: " + problem));
                });
    }

    private CompletionStage<PrioReading> ask(int id, boolean exclusive, int allocation, Duration deadline) {
        return send(Cdb.reportTargetPortGroups(allocation), allocation, deadline)
                .thenCompose(answer -> switch (data(answer, TargetPortGroups::parse)) {
                    case Decoded.Invalid<TargetPortGroups> none
                    when answer instanceof Answer.NotAsked<ScsiReply> -> done(new PrioReading.Skipped());
                    case Decoded.Ok<TargetPortGroups>(var groups)
                    when mustAskForMore(groups, id, allocation) ->
                        ask(id, exclusive, (int) Math.min(groups.size(), LARGEST_ALLOCATION), deadline);
                    case Decoded.Ok<TargetPortGroups>(var groups) -> done(priority(groups, id, exclusive));
                    case Decoded.Invalid<TargetPortGroups>(var fault, var offset, var problem) ->
                        done(new PrioReading.Failed("REPORT TARGET PORT GROUPS: " + problem));
                });
    }

    private CompletionStage<Answer<ScsiReply>> send(byte[] cdb, int dataIn, Duration deadline) {
        return alone(() -> Exchange.send(probe, cdb, dataIn, deadline));
    }

    private CompletionStage<Answer<Integer>> readBlock(Duration deadline) {
        return alone(() -> probe.readFirstBlock(deadline));
    }

    /** One command at a time: one that hangs is not joined by a second. */
    private <T> CompletionStage<Answer<T>> alone(Supplier<CompletionStage<Answer<T>>> question) {
        if (!busy.compareAndSet(false, true)) {
            return CompletableFuture.completedStage(
                    new Answer.Refused<>(EBUSY, "send", "the command before still has no answer"));
        }
        return question.get().whenComplete((answer, broke) -> {
            if (answer instanceof Answer.TimedOut<T>(var late)) {
                late.whenComplete((answered, never) -> busy.set(false));
            } else {
                busy.set(false);
            }
        });
    }

    private static boolean mustAskForMore(TargetPortGroups groups, int id, int allocation) {
        return !groups.complete()
                && groups.group(id).isEmpty()
                && allocation < Math.min(groups.size(), LARGEST_ALLOCATION);
    }

    private static PrioReading priority(TargetPortGroups groups, int id, boolean exclusive) {
        return groups.group(id)
                .<PrioReading>map(found -> new PrioReading.Read(
                        AluaPriority.of(found.state().orElse(AluaState.OFFLINE), found.preferred(), exclusive), true))
                .orElseGet(() -> new PrioReading.Failed("REPORT TARGET PORT GROUPS: no group " + id));
    }

    private static PrioReading sysfs(Live live, boolean exclusive) {
        return Arrays.stream(AluaState.values())
                .filter(state -> state.sysfsWord().equals(live.accessState()))
                .findFirst()
                .<PrioReading>map(state -> new PrioReading.Read(
                        AluaPriority.of(state, live.preferredPath().orElse(false), exclusive), true))
                .orElseGet(() -> new PrioReading.Failed("access_state '" + live.accessState() + "'"));
    }

    private interface Reader<T> {
        Decoded<T> parse(List<Byte> data);
    }

    private static <T> Decoded<T> data(Answer<ScsiReply> answer, Reader<T> reader) {
        return switch (answer) {
            case Answer.Answered<ScsiReply>(var reply) ->
                Exchange.hasData(reply)
                        ? reader.parse(reply.data())
                        : missing("status " + reply.status() + ", host " + reply.hostStatus());
            case Answer.TimedOut<ScsiReply> timedOut -> missing("no answer in time");
            case Answer.Refused<ScsiReply>(var errno, var call, var reason) -> missing(reason);
            case Answer.NotAsked<ScsiReply>(var reason) -> missing(reason);
        };
    }

    private static <T> Decoded<T> missing(String why) {
        return new Decoded.Invalid<>(Decoded.Fault.NOTHING_USABLE, 0, why);
    }

    private static CompletionStage<PrioReading> done(PrioReading reading) {
        return CompletableFuture.completedStage(reading);
    }
}
