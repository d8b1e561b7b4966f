package org.lunwarden.path.checker;

import java.util.concurrent.CompletionStage;

import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.model.PathState;
import org.lunwarden.model.scsi.Cdb;
import org.lunwarden.path.exchange.Deadline;
import org.lunwarden.path.exchange.Exchange;

/**
 * The checker {@code cciss_tur}: TEST UNIT READY, where anything but success is down. It goes through the sg driver, as
 * the units of such adapters have been SCSI disks since Linux 4.14 (hpsa).
 */
final class CcissReady {

    private static final String COMMAND = "TEST UNIT READY";

    private CcissReady() {}

    static CompletionStage<Verdict> ask(DeviceProbe probe, Deadline deadline) {
        return Exchange.send(probe, Cdb.testUnitReady(), 0, deadline.left()).thenCompose(CcissReady::verdict);
    }

    private static CompletionStage<Verdict> verdict(Answer<ScsiReply> answer) {
        if (answer instanceof Answer.Refused<ScsiReply>(var errno, var call, var reason)) {
            return new Verdict(PathState.DOWN, answer, call + ": " + reason).done();
        }
        return Verdict.of(
                COMMAND,
                answer,
                reply -> new Verdict(
                                Exchange.isGood(reply) ? PathState.UP : PathState.DOWN,
                                answer,
                                COMMAND + ": " + Exchange.words(reply))
                        .done());
    }
}
