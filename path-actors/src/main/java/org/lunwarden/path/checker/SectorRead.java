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
 * The checker {@code readsector0}: READ(10) of the first block, sent {@link #ATTEMPTS} times at most while the device says
 * nothing of it; what the adapter says counts. Read is up; so is a read for which the kernel had no memory ({@code ENOMEM}), since that says nothing of the path. Anything else is down,
 * and silence a timeout.
 */
final class SectorRead {

    static final int ATTEMPTS = 3;

    private static final String COMMAND = "READ of the first block";
    private static final int ENOMEM = 12;
    private static final int LARGEST_BLOCK = 4096;

    private SectorRead() {}

    static CompletionStage<Verdict> ask(DeviceProbe probe, Deadline deadline) {
        return send(probe, deadline).thenCompose(SectorRead::verdict);
    }

    static CompletionStage<Answer<ScsiReply>> send(DeviceProbe probe, Deadline deadline) {
        return Exchange.onAttention(probe, Cdb.readFirstBlock(), LARGEST_BLOCK, deadline.left(), ATTEMPTS);
    }

    private static CompletionStage<Verdict> verdict(Answer<ScsiReply> answer) {
        if (answer instanceof Answer.Refused<ScsiReply>(var errno, var call, var reason)) {
            return new Verdict(errno == ENOMEM ? PathState.UP : PathState.DOWN, answer, call + ": " + reason).done();
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
