package org.lunwarden.path.checker;

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
 * The checker {@code tur}.
 *
 * <pre>
 * good, reservation conflict                       up
 * 02/04/0b  target port in standby                 ghost
 * 02/04/0a  asymmetric access state transition     pending
 * 05/25/00  logical unit not supported             disconnected
 * the kernel knows no such command (ENOTTY)        wild
 * no answer in time                                timeout
 * the device was not asked                         pending
 * any other                                        down
 * </pre>
 */
final class TestUnitReady {

    private static final int ENOTTY = 25;

    private TestUnitReady() {}

    static CompletionStage<Verdict> ask(DeviceProbe probe, Deadline deadline) {
        return Exchange.send(probe, Cdb.testUnitReady(), 0, deadline.left())
                .thenApply(answer -> new Verdict(verdict(answer), answer, why(answer)));
    }

    static PathState verdict(Answer<ScsiReply> answer) {
        return switch (answer) {
            case Answer.Answered<ScsiReply>(var reply) -> verdict(reply);
            case Answer.TimedOut<ScsiReply> timedOut -> PathState.TIMEOUT;
            case Answer.Refused<ScsiReply>(var errno, var call, var reason) ->
                errno == ENOTTY ? PathState.WILD : PathState.DOWN;
            case Answer.NotAsked<ScsiReply> notAsked -> PathState.PENDING;
        };
    }

    private static PathState verdict(ScsiReply reply) {
        if (Exchange.isGood(reply)) {
            return PathState.UP;
        }
        if (reply.hostStatus() != 0) {
            return PathState.DOWN;
        }
        if (reply.status() == Exchange.RESERVATION_CONFLICT) {
            return PathState.UP;
        }
        return switch (Exchange.sense(reply)) {
            case Decoded.Ok<Sense>(var sense) -> verdict(sense);
            case Decoded.Invalid<Sense> unreadable -> PathState.DOWN;
        };
    }

    private static PathState verdict(Sense sense) {
        if (sense.is(Sense.NOT_READY, 0x04, 0x0b)) {
            return PathState.GHOST;
        }
        if (sense.is(Sense.NOT_READY, 0x04, 0x0a)) {
            return PathState.PENDING;
        }
        return sense.is(Sense.ILLEGAL_REQUEST, 0x25, 0x00) ? PathState.DISCONNECTED : PathState.DOWN;
    }

    /** For the log: what the device said. */
    static String why(Answer<ScsiReply> answer) {
        return switch (answer) {
            case Answer.Answered<ScsiReply>(var reply) -> "TEST UNIT READY: " + Exchange.words(reply);
            case Answer.TimedOut<ScsiReply> timedOut -> "TEST UNIT READY: no answer in time";
            case Answer.Refused<ScsiReply>(var errno, var call, var reason) -> call + ": " + reason;
            case Answer.NotAsked<ScsiReply>(var reason) -> reason;
        };
    }
}
