package org.lunwarden.path.checker;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.io.Disk;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.scsi.Cdb;
import org.lunwarden.model.scsi.Decoded;
import org.lunwarden.model.scsi.DeviceIdentification;
import org.lunwarden.model.scsi.UnitSerialNumber;
import org.lunwarden.path.exchange.Exchange;
import org.lunwarden.path.identity.DiskIdentity;

/**
 * Asks a disk that comes back which logical unit it is. While it was away an array may have given its number to another
 * one; the kernel does not notice, since its pages are those of the last scan, and I/O would go to the wrong unit.
 *
 * <p>The disk itself is asked for the page that its identity was read from: 0x83, else the serial number of page 0x80. A
 * disk that takes no SCSI commands is looked up in sysfs again. One that never named itself is taken at its word.
 */
record UnitQuestion(Disk disk, DeviceProbe probe, BlockDevices devices, Executor blocking) {

    private static final int PAGE_83 = 0x83;
    private static final int PAGE_80 = 0x80;
    private static final int ALLOCATION = 1024;

    /** Gives back what was found when the unit is the same; else something that does not let the path be used. */
    CompletionStage<Finding> confirm(Finding good, Duration left) {
        if (disk.hctl().isEmpty()) {
            return DiskIdentity.wwid(disk).map(was -> lookUp(good, was)).orElseGet(() -> done(good));
        }
        return unit(PAGE_83, disk.vpd83())
                .map(was -> ask(good, PAGE_83, was, left))
                .or(() -> unit(PAGE_80, disk.vpd80()).map(was -> ask(good, PAGE_80, was, left)))
                .orElseGet(() -> done(good));
    }

    private CompletionStage<Finding> ask(Finding good, int page, String was, Duration left) {
        if (!left.isPositive()) {
            return done(good.rather(PathState.PENDING, "no time is left to ask which unit it is"));
        }
        return Exchange.send(probe, Cdb.inquiryPage(page, ALLOCATION), ALLOCATION, left)
                .thenApply(answer -> switch (answer) {
                    case Answer.Answered<ScsiReply>(var reply) ->
                        Exchange.isGood(reply)
                                ? judge(good, was, unit(page, reply.data()))
                                : good.rather(PathState.PENDING, "INQUIRY: status " + reply.status());
                    case Answer.TimedOut<ScsiReply> timedOut ->
                        good.rather(PathState.TIMEOUT, timedOut, "INQUIRY: no answer in time");
                    case Answer.Refused<ScsiReply>(var errno, var call, var reason) ->
                        good.rather(PathState.DOWN, call + ": " + reason);
                    case Answer.NotAsked<ScsiReply>(var reason) -> good.rather(PathState.PENDING, reason);
                });
    }

    private CompletionStage<Finding> lookUp(Finding good, Wwid was) {
        return CompletableFuture.supplyAsync(() -> devices.disk(disk.name()), blocking)
                .thenApply(read -> switch (read) {
                    case IoResult.Ok<Disk>(var now) ->
                        judge(good, was.value(), DiskIdentity.wwid(now).map(Wwid::value));
                    case IoResult.Refused<Disk> refused -> good.rather(PathState.PENDING, refused.toString());
                });
    }

    private static Finding judge(Finding good, String was, Optional<String> now) {
        if (now.isEmpty()) {
            return good.rather(PathState.PENDING, "it does not say which unit it is");
        }
        return now.get().equals(was) ? good : good.ofAnother(now.get(), "it is unit " + now.get() + " now, was " + was);
    }

    private static Optional<String> unit(int page, List<Byte> content) {
        return page == PAGE_83
                ? value(DeviceIdentification.parse(content))
                        .flatMap(identification -> value(identification.wwid()))
                        .map(Wwid::value)
                : value(UnitSerialNumber.parse(content));
    }

    private static <T> Optional<T> value(Decoded<T> decoded) {
        return switch (decoded) {
            case Decoded.Ok<T>(var value) -> Optional.of(value);
            case Decoded.Invalid<T> unusable -> Optional.empty();
        };
    }

    private static CompletionStage<Finding> done(Finding finding) {
        return CompletableFuture.completedStage(finding);
    }
}
