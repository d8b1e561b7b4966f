package org.lunwarden.deploy.daemon;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.io.PathProbe;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.scsi.Cdb;
import org.lunwarden.model.scsi.Decoded;
import org.lunwarden.model.scsi.Sense;

/**
 * Counts the disks of which the array answers now that it has no such unit: sense 05/25/00 to TEST UNIT READY (SPC-6). No
 * answer, and any other one, is not that.
 */
final class AbsentUnits {

    private static final int CHECK_CONDITION = 0x02;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** A UNIT ATTENTION says nothing of the unit; a few may stand before the answer. */
    private static final int ATTEMPTS = 3;

    private AbsentUnits() {}

    static CompletionStage<Integer> count(PathProbe probes, List<DeviceName> disks) {
        CompletionStage<Integer> count = CompletableFuture.completedStage(0);
        for (var disk : disks) {
            count = count.thenCombine(isAbsent(probes, disk), (before, absent) -> before + (absent ? 1 : 0));
        }
        return count;
    }

    private static CompletionStage<Boolean> isAbsent(PathProbe probes, DeviceName disk) {
        var probe = probes.attach(disk);
        return ask(probe, ATTEMPTS).whenComplete((absent, broke) -> probe.close());
    }

    private static CompletionStage<Boolean> ask(DeviceProbe probe, int attempts) {
        return probe.command(Cdb.testUnitReady(), 0, PATIENCE).thenCompose(answer -> {
            if (!(answer instanceof Answer.Answered<ScsiReply>(var reply))
                    || reply.hostStatus() != 0
                    || reply.status() != CHECK_CONDITION
                    || !(Sense.parse(reply.sense()) instanceof Decoded.Ok<Sense>(var sense))) {
                return CompletableFuture.completedStage(false);
            }
            return sense.key() == Sense.UNIT_ATTENTION && attempts > 1
                    ? ask(probe, attempts - 1)
                    : CompletableFuture.completedStage(
                            !sense.deferred() && sense.is(Sense.ILLEGAL_REQUEST, 0x25, 0x00));
        });
    }
}
