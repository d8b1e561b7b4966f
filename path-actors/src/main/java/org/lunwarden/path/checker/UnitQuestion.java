package org.lunwarden.path.checker;

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
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.PathState;
import org.lunwarden.model.scsi.Cdb;
import org.lunwarden.path.exchange.Deadline;
import org.lunwarden.path.exchange.Exchange;
import org.lunwarden.path.identity.UnitName;
import org.lunwarden.path.identity.UnitName.Source;

/**
 * Asks a disk that comes back which logical unit it is. While it was away an array may have given its number to another
 * one; the kernel does not notice, since its pages are those of the last scan, and I/O would go to the wrong unit.
 *
 * <p>The disk itself is asked for the page that its name was read from: 0x83, else 0x80. A disk that takes no SCSI
 * commands is looked up in sysfs again. One that never named itself, known by udev's word alone, has nothing to be held
 * to and is taken at its word: it would stay out of use for ever.
 *
 * @param unit what the disk called itself when it became the path
 */
record UnitQuestion(
        Optional<UnitName> unit, DeviceName disk, DeviceProbe probe, BlockDevices devices, Executor blocking) {

    private static final int PAGE_83 = 0x83;
    private static final int PAGE_80 = 0x80;
    private static final int HEADER = 4;

    /** Holds every page but that of an array with many names; such a page is asked for again, whole. */
    static final int FIRST_ALLOCATION = 1024;
    /** What the field in INQUIRY can say (SPC-5 6.7). */
    static final int LONGEST_ALLOCATION = 0xffff;

    /** Gives back what was found when the unit is the same; else something that does not let the path be used. */
    CompletionStage<Finding> confirm(Finding good, Deadline deadline) {
        return unit.map(was ->
                        was.source() == Source.KERNEL ? lookUp(good, was) : ask(good, was, FIRST_ALLOCATION, deadline))
                .orElseGet(() -> done(good.confirmed()));
    }

    private CompletionStage<Finding> ask(Finding good, UnitName was, int allocation, Deadline deadline) {
        var left = deadline.left();
        if (!left.isPositive()) {
            return done(good.unproven("no time is left to ask which unit it is"));
        }
        var page = was.source() == Source.PAGE_83 ? PAGE_83 : PAGE_80;
        return Exchange.send(probe, Cdb.inquiryPage(page, allocation), allocation, left)
                .thenCompose(answer -> switch (answer) {
                    case Answer.Answered<ScsiReply>(var reply) -> {
                        if (!Exchange.isGood(reply)) {
                            yield done(good.unproven("INQUIRY: " + Exchange.words(reply)));
                        }
                        var length = announced(reply.data());
                        yield length > allocation && allocation < LONGEST_ALLOCATION
                                ? ask(good, was, Math.min(length, LONGEST_ALLOCATION), deadline)
                                : done(judge(good, was, UnitName.all(was.source(), reply.data())));
                    }
                    case Answer.TimedOut<ScsiReply> timedOut ->
                        done(good.rather(PathState.TIMEOUT, timedOut, "INQUIRY: no answer in time"));
                    case Answer.Refused<ScsiReply>(var errno, var call, var reason) ->
                        done(good.rather(PathState.DOWN, call + ": " + reason));
                    case Answer.NotAsked<ScsiReply>(var reason) -> done(good.unproven("INQUIRY: " + reason));
                });
    }

    /** How long the page is, its header counted. */
    private static int announced(List<Byte> page) {
        return page.size() < HEADER ? page.size() : HEADER + (((page.get(2) & 0xff) << 8) | (page.get(3) & 0xff));
    }

    private CompletionStage<Finding> lookUp(Finding good, UnitName was) {
        return CompletableFuture.supplyAsync(() -> devices.disk(disk), blocking).thenApply(read -> switch (read) {
            case IoResult.Ok<Disk>(var now) -> judge(good, was, UnitName.all(was.source(), now));
            case IoResult.Refused<Disk> refused -> good.unproven(refused.toString());
        });
    }

    private static Finding judge(Finding good, UnitName was, List<UnitName> names) {
        if (names.isEmpty()) {
            return good.unproven("it does not say which unit it is");
        }
        return was.deniedBy(names)
                .map(now -> good.ofAnother(now.name(), "it is unit " + now.name() + " now, was " + was.name()))
                .orElseGet(good::confirmed);
    }

    private static CompletionStage<Finding> done(Finding finding) {
        return CompletableFuture.completedStage(finding);
    }
}
