package org.lunwarden.path.checker;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.BlockDevices.Live;
import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.Disk;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.PathState;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.path.checker.SysfsState.Bus;
import org.lunwarden.path.exchange.Deadline;
import org.lunwarden.path.identity.UnitName;

/**
 * Checks one path: the kernel's word first, then, where the kernel lets commands through, the device itself. An NVMe
 * namespace is judged by the kernel's word, unless the checker is {@code directio}. Of any other device the kernel has no
 * word: a checker that would ask it in SCSI commands cannot check it.
 */
public final class Checker {

    private final Disk disk;
    private final Optional<UnitName> unit;
    private final ClariionUnit clariion;
    private final Detection detection;
    private final DeviceProbe probe;
    private final BlockDevices devices;
    private final Executor blocking;
    private final Runnable rdacAnswered;

    /** Asks only, and changes nothing. */
    public Checker(
            Disk disk,
            Optional<UnitName> unit,
            ClariionUnit clariion,
            DeviceProbe probe,
            BlockDevices devices,
            Executor blocking) {
        this(disk, unit, clariion, probe, devices, blocking, () -> {});
    }

    /**
     * @param unit what the disk called itself when it became the path, which may not be what it is called now
     * @param clariion outlives the checker
     * @param blocking runs the reading of sysfs
     * @param rdacAnswered called whenever the checker {@code rdac} found the path usable, and the unit the one that it was
     */
    public Checker(
            Disk disk,
            Optional<UnitName> unit,
            ClariionUnit clariion,
            DeviceProbe probe,
            BlockDevices devices,
            Executor blocking,
            Runnable rdacAnswered) {
        this.disk = disk;
        this.unit = unit;
        this.clariion = clariion;
        this.detection = new Detection(probe);
        this.probe = probe;
        this.devices = devices;
        this.blocking = blocking;
        this.rdacAnswered = rdacAnswered;
    }

    /** What a path that is found good must show before it is called so. */
    public enum Proof {
        /** It is in use. */
        NONE,
        /** It is out of use, and must say itself that it is the unit it was. */
        ITS_WORD,
        /** As before, but where it has nothing to say the page that the kernel read of it will do. */
        ITS_WORD_OR_PAGE
    }

    /** @param detect the device may ask for another checker */
    public record Question(CheckerKind kind, boolean detect, Duration timeout, Proof proof) {}

    /**
     * Fails only when the executor refuses or sysfs access breaks, which is a bug or a shutdown.
     *
     * @param begun called by the executor when it takes the check up, which may be long after the call
     */
    public CompletionStage<Finding> check(Question question, Runnable begun) {
        return live(begun)
                .thenCompose(live -> {
                    var deadline = Deadline.in(question.timeout());
                    return ask(question, live, deadline).thenCompose(finding -> {
                        return question.proof() != Proof.NONE
                                        && finding.observed().isUsable()
                                ? new UnitQuestion(unit, disk, probe, devices, blocking)
                                        .confirm(finding, question.proof() == Proof.ITS_WORD_OR_PAGE, deadline)
                                : CompletableFuture.completedStage(finding);
                    });
                })
                .thenApply(this::told);
    }

    /** The kernel's word alone, for a device that has too many questions open: {@code UP} says nothing of it. */
    public CompletionStage<Finding> look(Runnable begun) {
        return live(begun).thenApply(live -> Finding.ofSysfs(SysfsState.of(Bus.of(disk), live), seen(live), why(live)));
    }

    private CompletionStage<IoResult<Live>> live(Runnable begun) {
        return CompletableFuture.supplyAsync(
                () -> {
                    begun.run();
                    return devices.live(disk.name());
                },
                blocking);
    }

    private CompletionStage<Finding> ask(Question question, IoResult<Live> read, Deadline deadline) {
        var bus = Bus.of(disk);
        var sysfs = SysfsState.of(bus, read);
        if (sysfs == PathState.UP && bus == Bus.OTHER && asksScsi(question.kind())) {
            var why = question.kind().word() + ": the device takes no SCSI commands";
            return CompletableFuture.completedStage(
                    Finding.of(PathState.WILD, sysfs, seen(read), new Answer.NotAsked<>(why), why));
        }
        if (sysfs != PathState.UP || (bus != Bus.SCSI && question.kind() != CheckerKind.DIRECTIO)) {
            return CompletableFuture.completedStage(Finding.ofSysfs(sysfs, seen(read), why(read)));
        }
        if (bus != Bus.SCSI || !question.detect()) {
            return ask(question, question.kind(), read, deadline);
        }
        return detection.of(question.kind(), deadline).thenCompose(outcome -> switch (outcome) {
            case Detection.Outcome.Chosen(var kind) -> ask(question, kind, read, deadline);
            case Detection.Outcome.NoAnswer(var answer) ->
                CompletableFuture.completedStage(
                        Finding.of(PathState.TIMEOUT, sysfs, seen(read), answer, "INQUIRY: no answer in time"));
        });
    }

    /** Of a device that the kernel lets commands through to. */
    private CompletionStage<Finding> ask(Question question, CheckerKind kind, IoResult<Live> read, Deadline deadline) {
        var verdict = switch (kind) {
            case TUR -> TestUnitReady.ask(probe, deadline);
            case DIRECTIO -> FirstBlockRead.ask(probe, deadline);
            case READSECTOR0 -> SectorRead.ask(probe, deadline);
            case RDAC -> RdacOwner.ask(probe, deadline);
            case EMC_CLARIION -> clariion.ask(probe, deadline);
            case HP_SW -> HpTakeover.ask(probe, deadline);
            case CCISS_TUR -> CcissReady.ask(probe, deadline);
            case NONE -> new Verdict(PathState.UP, new Answer.Answered<>(PathState.UP), why(read)).done();
        };
        return verdict.thenApply(found -> Finding.of(found.state(), PathState.UP, seen(read), found.last(), found.why())
                .by(new Finding.Asked(kind, kind != question.kind())));
    }

    private static boolean asksScsi(CheckerKind kind) {
        return kind != CheckerKind.DIRECTIO && kind != CheckerKind.NONE;
    }

    private Finding told(Finding found) {
        if (found.observed().isUsable()
                && found.by().filter(asked -> asked.kind() == CheckerKind.RDAC).isPresent()) {
            rdacAnswered.run();
        }
        return found;
    }

    private static Optional<Live> seen(IoResult<Live> read) {
        return switch (read) {
            case IoResult.Ok<Live>(var live) -> Optional.of(live);
            case IoResult.Refused<Live> refused -> Optional.empty();
        };
    }

    private static String why(IoResult<Live> read) {
        return switch (read) {
            case IoResult.Ok<Live>(var live) -> "sysfs state " + live.state();
            case IoResult.Refused<Live> refused -> refused.toString();
        };
    }
}
