package org.lunwarden.path.checker;

import java.util.List;
import java.util.concurrent.CompletionStage;

import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.model.PathState;
import org.lunwarden.model.scsi.Cdb;
import org.lunwarden.model.scsi.Decoded;
import org.lunwarden.model.scsi.Sense;
import org.lunwarden.path.exchange.Deadline;
import org.lunwarden.path.exchange.Exchange;

/**
 * The checker {@code hp_sw}: INQUIRY page 0x80, then TEST UNIT READY. The controller that waits for a START STOP UNIT
 * (02/04/02) is a ghost, one that fails otherwise is what {@link TestUnitReady} says.
 */
final class HpTakeover {

    private static final int SERIAL_NUMBER = 0x80;
    private static final int INITIALIZING_COMMAND_REQUIRED = 0x02;

    private HpTakeover() {}

    static CompletionStage<Verdict> ask(DeviceProbe probe, Deadline deadline) {
        return Page.judge(
                probe, SERIAL_NUMBER, deadline, HpTakeover::whatever, (page, answer) -> ready(probe, deadline));
    }

    /** That it answers is all that counts. */
    private static Decoded<List<Byte>> whatever(List<Byte> page) {
        return new Decoded.Ok<>(page);
    }

    private static CompletionStage<Verdict> ready(DeviceProbe probe, Deadline deadline) {
        return Exchange.send(probe, Cdb.testUnitReady(), 0, deadline.left())
                .thenApply(answer -> new Verdict(
                        waits(answer) ? PathState.GHOST : TestUnitReady.verdict(answer),
                        answer,
                        TestUnitReady.why(answer)));
    }

    private static boolean waits(Answer<ScsiReply> answer) {
        return answer instanceof Answer.Answered<ScsiReply>(var reply)
                && reply.hostStatus() == 0
                && Exchange.sense(reply) instanceof Decoded.Ok<Sense>(var sense)
                && sense.is(Sense.NOT_READY, 0x04, INITIALIZING_COMMAND_REQUIRED);
    }
}
