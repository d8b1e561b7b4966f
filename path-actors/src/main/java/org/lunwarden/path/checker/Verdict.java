package org.lunwarden.path.checker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.model.PathState;

/**
 * What a device's answers come to.
 *
 * @param last the answer that decided
 * @param why for the log
 */
record Verdict(PathState state, Answer<?> last, String why) {

    private static final int ENOTTY = 25;

    CompletionStage<Verdict> done() {
        return CompletableFuture.completedStage(this);
    }

    /**
     * Judges a reply; what is none is the same for every command: silence is a timeout, a device that was not asked is
     * pending, and one that takes no such command cannot be checked.
     */
    static CompletionStage<Verdict> of(
            String command, Answer<ScsiReply> answer, Function<ScsiReply, CompletionStage<Verdict>> judge) {
        return switch (answer) {
            case Answer.Answered<ScsiReply>(var reply) -> judge.apply(reply);
            case Answer.TimedOut<ScsiReply> timedOut ->
                new Verdict(PathState.TIMEOUT, answer, command + ": no answer in time").done();
            case Answer.Refused<ScsiReply>(var errno, var call, var reason) ->
                new Verdict(errno == ENOTTY ? PathState.WILD : PathState.DOWN, answer, call + ": " + reason).done();
            case Answer.NotAsked<ScsiReply>(var reason) -> new Verdict(PathState.PENDING, answer, reason).done();
        };
    }
}
