package org.lunwarden.path.checker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.model.PathState;
import org.lunwarden.path.exchange.Deadline;

/**
 * The checker {@code directio}: a full block read is up, anything else, silence included, is down. Where nothing was
 * read, for lack of a thread or a file, it is pending.
 */
final class FirstBlockRead {

    private static final int SMALLEST_BLOCK = 512;

    private FirstBlockRead() {}

    static CompletionStage<Verdict> ask(DeviceProbe probe, Deadline deadline) {
        var left = deadline.left();
        var read = left.isPositive()
                ? probe.readFirstBlock(left)
                : CompletableFuture.<Answer<Integer>>completedStage(new Answer.NotAsked<>("no time is left to ask"));
        return read.thenApply(answer -> new Verdict(verdict(answer), answer, why(answer)));
    }

    static PathState verdict(Answer<Integer> answer) {
        return switch (answer) {
            case Answer.Answered<Integer>(var read) -> read >= SMALLEST_BLOCK ? PathState.UP : PathState.DOWN;
            case Answer.TimedOut<Integer> timedOut -> PathState.DOWN;
            case Answer.Refused<Integer> refused -> PathState.DOWN;
            case Answer.NotAsked<Integer> notAsked -> PathState.PENDING;
        };
    }

    static String why(Answer<Integer> answer) {
        return switch (answer) {
            case Answer.Answered<Integer>(var read) -> "read of the first block: " + read + " bytes";
            case Answer.TimedOut<Integer> timedOut -> "read of the first block: no answer in time";
            case Answer.Refused<Integer>(var errno, var call, var reason) -> call + ": " + reason;
            case Answer.NotAsked<Integer>(var reason) -> reason;
        };
    }
}
