package org.lunwarden.path.checker;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.BlockDevices.Live;
import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.Disk;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.PathState;
import org.lunwarden.model.scsi.Cdb;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.path.checker.SysfsState.Bus;
import org.lunwarden.path.exchange.Deadline;
import org.lunwarden.path.exchange.Exchange;
import org.lunwarden.path.identity.UnitName;

/**
 * Checks one path: the kernel's word first, then, where the kernel lets commands through, the device itself. NVMe and
 * other devices that know no SCSI commands are judged by the kernel's word when the checker is {@code tur}.
 */
public final class Checker {

    private final Disk disk;
    private final Optional<UnitName> unit;
    private final DeviceProbe probe;
    private final BlockDevices devices;
    private final Executor blocking;

    /**
     * @param unit what the disk called itself when it became the path, which may not be what it is called now
     * @param blocking runs the reading of sysfs
     */
    public Checker(Disk disk, Optional<UnitName> unit, DeviceProbe probe, BlockDevices devices, Executor blocking) {
        this.disk = disk;
        this.unit = unit;
        this.probe = probe;
        this.devices = devices;
        this.blocking = blocking;
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

    public record Question(CheckerKind kind, Duration timeout, Proof proof) {}

    /**
     * Fails only when the executor refuses or sysfs access breaks, which is a bug or a shutdown.
     *
     * @param begun called by the executor when it takes the check up, which may be long after the call
     */
    public CompletionStage<Finding> check(Question question, Runnable begun) {
        return live(begun).thenCompose(live -> {
            var deadline = Deadline.in(question.timeout());
            return ask(question, live).thenCompose(finding -> {
                return question.proof() != Proof.NONE && finding.observed().isUsable()
                        ? new UnitQuestion(unit, disk.name(), probe, devices, blocking)
                                .confirm(finding, question.proof() == Proof.ITS_WORD_OR_PAGE, deadline)
                        : CompletableFuture.completedStage(finding);
            });
        });
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

    private CompletionStage<Finding> ask(Question question, IoResult<Live> read) {
        var bus = Bus.of(disk);
        var sysfs = SysfsState.of(bus, read);
        var live = seen(read);
        if (sysfs != PathState.UP || (question.kind() == CheckerKind.TUR && bus != Bus.SCSI)) {
            return CompletableFuture.completedStage(Finding.ofSysfs(sysfs, live, why(read)));
        }
        return switch (question.kind()) {
            case TUR ->
                Exchange.send(probe, Cdb.testUnitReady(), 0, question.timeout())
                        .thenApply(answer -> Finding.of(
                                TestUnitReady.verdict(answer), sysfs, live, answer, TestUnitReady.why(answer)));
            case DIRECTIO ->
                probe.readFirstBlock(question.timeout())
                        .thenApply(answer -> Finding.of(
                                FirstBlockRead.verdict(answer), sysfs, live, answer, FirstBlockRead.why(answer)));
        };
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
