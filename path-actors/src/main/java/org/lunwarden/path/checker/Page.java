package org.lunwarden.path.checker;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.model.PathState;
import org.lunwarden.model.scsi.Cdb;
import org.lunwarden.model.scsi.Decoded;
import org.lunwarden.model.scsi.Sense;
import org.lunwarden.path.exchange.Deadline;
import org.lunwarden.path.exchange.Exchange;

/** One page of INQUIRY, asked for to check a path. */
final class Page {

    /** Fits the one byte that the field had before SPC-3. */
    static final int ALLOCATION = 252;

    private Page() {}

    static CompletionStage<Answer<ScsiReply>> send(DeviceProbe probe, int code, Deadline deadline) {
        return Exchange.send(probe, Cdb.inquiryPage(code, ALLOCATION), ALLOCATION, deadline.left());
    }

    /**
     * Asks, and judges what is in the page. A device that has no such page cannot be checked in this way, which is wild.
     * Any other failure, an answer that cannot be read included, is down; a unit that the array does not have is
     * disconnected, as to TEST UNIT READY.
     */
    static <T> CompletionStage<Verdict> judge(
            DeviceProbe probe, int code, Deadline deadline, Function<List<Byte>, Decoded<T>> reader, Judge<T> judge) {
        return send(probe, code, deadline).thenCompose(answer -> {
            var command = "INQUIRY page 0x" + Integer.toHexString(code);
            return Verdict.of(command, answer, reply -> {
                if (!Exchange.hasData(reply)) {
                    return withoutPage(answer, reply, command + ": " + Exchange.words(reply))
                            .done();
                }
                return switch (reader.apply(reply.data())) {
                    case Decoded.Ok<T>(var page) -> judge.of(page, answer);
                    case Decoded.Invalid<T>(var fault, var offset, var problem) ->
                        failed(answer, command + ": " + problem).done();
                };
            });
        });
    }

    interface Judge<T> {
        CompletionStage<Verdict> of(T page, Answer<ScsiReply> answer);
    }

    private static Verdict withoutPage(Answer<ScsiReply> answer, ScsiReply reply, String why) {
        if (isUnsupported(reply)) {
            return new Verdict(PathState.WILD, answer, why);
        }
        return illegal(reply).filter(Page::isOfNoUnit).isPresent()
                ? new Verdict(PathState.DISCONNECTED, answer, why)
                : failed(answer, why);
    }

    private static Verdict failed(Answer<ScsiReply> answer, String why) {
        return new Verdict(PathState.DOWN, answer, "inquiry failed (" + why + ")");
    }

    /** Whether the device has no such page, or no such command. */
    static boolean isUnsupported(ScsiReply reply) {
        return illegal(reply).filter(sense -> !isOfNoUnit(sense)).isPresent();
    }

    private static Optional<Sense> illegal(ScsiReply reply) {
        return reply.hostStatus() == 0
                        && Exchange.sense(reply) instanceof Decoded.Ok<Sense>(var sense)
                        && !sense.deferred()
                        && sense.key() == Sense.ILLEGAL_REQUEST
                ? Optional.of(sense)
                : Optional.empty();
    }

    /** LOGICAL UNIT NOT SUPPORTED: the array no longer has it. */
    private static boolean isOfNoUnit(Sense sense) {
        return sense.is(Sense.ILLEGAL_REQUEST, 0x25, 0x00);
    }
}
