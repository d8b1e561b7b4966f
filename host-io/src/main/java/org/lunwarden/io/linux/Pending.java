package org.lunwarden.io.linux;

import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.lunwarden.io.DeviceProbe.Answer;

/** A probe that has no answer yet. Past its deadline it is overdue: its answer is given as late when it comes. */
final class Pending<T> {

    /** The one with the next deadline first. */
    static final Comparator<Pending<?>> BY_DEADLINE = (a, b) -> {
        var byTime = Long.compare(a.deadline - b.deadline, 0);
        return byTime != 0 ? byTime : Long.compare(a.number, b.number);
    };

    private final CompletableFuture<Answer<T>> answer = new CompletableFuture<>();
    private final CompletableFuture<Answer<T>> late = new CompletableFuture<>();
    private final long number;
    private final long deadline;
    private boolean overdue;

    /** @param deadline as {@link System#nanoTime} counts */
    Pending(long number, long deadline) {
        this.number = number;
        this.deadline = deadline;
    }

    long number() {
        return number;
    }

    long deadline() {
        return deadline;
    }

    boolean isOverdue() {
        return overdue;
    }

    CompletionStage<Answer<T>> stage() {
        return answer;
    }

    void expire() {
        overdue = true;
        answer.complete(new Answer.TimedOut<>(late));
    }

    void end(Answer<T> with) {
        (overdue ? late : answer).complete(with);
    }
}
