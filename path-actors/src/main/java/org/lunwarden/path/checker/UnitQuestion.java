package org.lunwarden.path.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.io.Disk;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.PortFacts;
import org.lunwarden.model.PathState;
import org.lunwarden.model.scsi.Cdb;
import org.lunwarden.model.scsi.Decoded;
import org.lunwarden.model.scsi.Sense;
import org.lunwarden.path.checker.NamespaceQuestion.Said;
import org.lunwarden.path.exchange.Deadline;
import org.lunwarden.path.exchange.Exchange;
import org.lunwarden.path.identity.UnitName;
import org.lunwarden.path.identity.UnitName.Source;

/**
 * Asks a disk that comes back which logical unit it is. While it was away an array may have given its number to another
 * one; the kernel does not notice, since its pages are those of the last scan, and I/O would go to the wrong unit.
 *
 * <p>The disk itself is asked for the page that its name was read from: 0x83, else 0x80; an NVMe namespace for the names that
 * the kernel made it from. Any other disk is looked up in sysfs again. One that never named itself, known by udev's word alone, has nothing to be held
 * to and is taken at its word: it would stay out of use for ever.
 *
 * <p>So would one that has no such page to give, or no way to be asked for it, while the kernel has one. For it, where the
 * question allows, the kernel's page speaks. A question that comes to no answer, or fails on its way, proves nothing.
 *
 * @param unit what the disk called itself when it became the path
 */
record UnitQuestion(Optional<UnitName> unit, Disk disk, DeviceProbe probe, BlockDevices devices, Executor blocking) {

    private static final int PAGE_83 = 0x83;
    private static final int PAGE_80 = 0x80;
    private static final int HEADER = 4;

    /** {@code ENOTTY, ENOSYS, EOPNOTSUPP}: the kernel passes no command to such a device. */
    private static final Set<Integer> TAKES_NO_COMMAND = Set.of(25, 38, 95);

    /** Before SPC-3 the field has one byte, and the one before it is reserved; the longest that is a multiple of four. */
    static final int FIRST_ALLOCATION = 252;
    /** What the field can say since (SPC-5 6.7). */
    static final int LONGEST_ALLOCATION = 0xffff;

    /**
     * Gives back what was found when the unit is the same; else something that does not let the path be used.
     *
     * @param kernelMayVouch the kernel's page speaks for a disk that has nothing to say
     */
    CompletionStage<Finding> confirm(Finding good, boolean kernelMayVouch, Deadline deadline) {
        if (unit.isEmpty()) {
            return done(good.confirmed());
        }
        return unit.get().source() == Source.KERNEL
                ? confirmNamespace(good, unit.get(), kernelMayVouch, deadline)
                : new Dialogue(good, unit.get(), kernelMayVouch, deadline).ask(FIRST_ALLOCATION, List.of());
    }

    /** The kernel makes names of its own for a namespace that has none: those are looked up. */
    private CompletionStage<Finding> confirmNamespace(
            Finding good, UnitName was, boolean kernelMayVouch, Deadline deadline) {
        var namespace = disk.ports() instanceof PortFacts.Nvme nvme ? nvme.namespace() : 0;
        if (namespace == 0 || !was.isOfNamespaceItself()) {
            return read().thenApply(now -> lookedUp(good, was, now, true));
        }
        return new NamespaceQuestion(namespace, probe, deadline).ask().thenCompose(said -> switch (said) {
            case Said.Names(var all) -> {
                var names = all.stream()
                        .map(name -> new UnitName(Source.KERNEL, name))
                        .toList();
                yield done(was.deniedBy(names)
                        .map(other -> another(good, was, other, true))
                        .orElseGet(good::confirmed));
            }
            case Said.Part(var some) -> done(byPart(good, was, some));
            case Said.Nothing(var why) ->
                kernelMayVouch ? read().thenApply(now -> vouched(good, was, now, why)) : done(good.unproven(why));
            case Said.Failed(var why) -> done(good.unproven(why));
            case Said.Silence(var answer) ->
                done(good.rather(PathState.TIMEOUT, answer, "Identify: no answer in time"));
            case Said.Unreachable(var why) -> done(good.rather(PathState.DOWN, why));
        });
    }

    /** Only a name of the same kind, which is as long, can deny it: those of another kind were there before too. */
    private static Finding byPart(Finding good, UnitName was, List<String> some) {
        if (some.contains(was.name())) {
            return good.confirmed();
        }
        return some.stream()
                .filter(name -> name.length() == was.name().length())
                .findFirst()
                .map(name -> another(good, was, new UnitName(Source.KERNEL, name), true))
                .orElseGet(() -> good.unproven("its list of names breaks off before the one that it had"));
    }

    private static Finding vouched(Finding good, UnitName was, IoResult<Disk> read, String why) {
        var found = lookedUp(good, was, read, false);
        return found.identity() instanceof Identity.Confirmed ? good.vouched(why) : found;
    }

    /** @param itself no more can be had of it than what the kernel says */
    private static Finding lookedUp(Finding good, UnitName was, IoResult<Disk> read, boolean itself) {
        return switch (read) {
            case IoResult.Ok<Disk>(var now) -> {
                var names = UnitName.all(was.source(), now);
                yield names.isEmpty()
                        ? good.unproven("it does not say which unit it is")
                        : was.deniedBy(names)
                                .map(other -> another(good, was, other, itself))
                                .orElseGet(good::confirmed);
            }
            case IoResult.Refused<Disk> refused -> good.unproven(refused.toString());
        };
    }

    private CompletionStage<IoResult<Disk>> read() {
        return CompletableFuture.supplyAsync(() -> devices.disk(disk.name()), blocking);
    }

    private static Finding another(Finding good, UnitName was, UnitName now, boolean itself) {
        return good.ofAnother(now.name(), itself, "it is unit " + now.name() + " now, was " + was.name());
    }

    private static CompletionStage<Finding> done(Finding finding) {
        return CompletableFuture.completedStage(finding);
    }

    /** With a disk that takes SCSI commands: two questions at most. */
    private final class Dialogue {

        private final Finding good;
        private final UnitName was;
        private final boolean kernelMayVouch;
        private final Deadline deadline;

        private Dialogue(Finding good, UnitName was, boolean kernelMayVouch, Deadline deadline) {
            this.good = good;
            this.was = was;
            this.kernelMayVouch = kernelMayVouch;
            this.deadline = deadline;
        }

        /** @param heard names that a part of the page gave, none of which is that of the unit */
        private CompletionStage<Finding> ask(int allocation, List<UnitName> heard) {
            var left = deadline.left();
            if (!left.isPositive()) {
                return done(good.unproven("no time is left to ask which unit it is"));
            }
            var page = was.source() == Source.PAGE_83 ? PAGE_83 : PAGE_80;
            return Exchange.send(probe, Cdb.inquiryPage(page, allocation), allocation, left)
                    .thenCompose(answer -> switch (answer) {
                        case Answer.Answered<ScsiReply>(var reply) -> answered(reply, allocation, heard);
                        case Answer.TimedOut<ScsiReply> timedOut ->
                            done(good.rather(PathState.TIMEOUT, timedOut, "INQUIRY: no answer in time"));
                        case Answer.Refused<ScsiReply>(var errno, var call, var reason) ->
                            TAKES_NO_COMMAND.contains(errno)
                                    ? silent(call + ": " + reason, heard)
                                    : done(good.rather(PathState.DOWN, call + ": " + reason));
                        case Answer.NotAsked<ScsiReply>(var reason) -> done(good.unproven("INQUIRY: " + reason));
                    });
        }

        private CompletionStage<Finding> answered(ScsiReply reply, int allocation, List<UnitName> before) {
            if (!Exchange.isGood(reply)) {
                var reason = "INQUIRY: " + Exchange.words(reply);
                return isUnsupported(reply) ? silent(reason, before) : done(good.unproven(reason));
            }
            var names = UnitName.all(was.source(), reply.data());
            if (names.contains(was)) {
                return done(good.confirmed());
            }
            var length = announced(reply.data());
            var heard = new ArrayList<>(before);
            heard.addAll(names);
            if (length > allocation && allocation < LONGEST_ALLOCATION) {
                return ask(Math.min(length, LONGEST_ALLOCATION), heard);
            }
            if (names.isEmpty() || reply.data().size() < Math.min(length, LONGEST_ALLOCATION)) {
                return silent("it does not say which unit it is", heard);
            }
            return done(another(good, was, names.getFirst(), true));
        }

        /** It has nothing to say; the kernel's page must at least have all that it said. */
        private CompletionStage<Finding> silent(String reason, List<UnitName> heard) {
            if (!kernelMayVouch) {
                return done(good.unproven(reason));
            }
            return read().thenApply(read -> switch (read) {
                case IoResult.Ok<Disk>(var now) -> {
                    var names = UnitName.all(was.source(), now);
                    if (names.isEmpty() || !names.containsAll(heard)) {
                        yield good.unproven(reason);
                    }
                    yield was.deniedBy(names)
                            .map(other -> another(good, was, other, false))
                            .orElseGet(() -> good.vouched(reason));
                }
                case IoResult.Refused<Disk> refused -> good.unproven(reason + "; " + refused);
            });
        }
    }

    /** Invalid command operation code; invalid field in CDB. */
    private static boolean isUnsupported(ScsiReply reply) {
        return reply.hostStatus() == 0
                && Exchange.sense(reply) instanceof Decoded.Ok<Sense>(var sense)
                && (sense.is(Sense.ILLEGAL_REQUEST, 0x20, 0x00) || sense.is(Sense.ILLEGAL_REQUEST, 0x24, 0x00));
    }

    /** How long the page is, its header counted. */
    private static int announced(List<Byte> page) {
        return page.size() < HEADER ? page.size() : HEADER + (((page.get(2) & 0xff) << 8) | (page.get(3) & 0xff));
    }
}
