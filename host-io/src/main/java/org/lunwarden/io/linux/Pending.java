package org.lunwarden.io.linux;

import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

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
    private final AtomicReference<Place> place = new AtomicReference<>(Place.HERE);
    private BooleanSupplier takingBack = () -> false;
    private boolean overdue;

    private enum Place {
        HERE,
        AT_DEVICE,
        TAKEN_BACK
    }

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

    /** Lets the device have it; false when it was taken back before. In the pool, before the call. */
    boolean hand() {
        return place.compareAndSet(Place.HERE, Place.AT_DEVICE);
    }

    /** False when the device has it. */
    boolean takeBack() {
        return place.compareAndSet(Place.HERE, Place.TAKEN_BACK);
    }

    boolean isAtDevice() {
        return place.get() == Place.AT_DEVICE;
    }

    /** @param takingBack see {@link #wasTakenBack} */
    void keptBy(BooleanSupplier takingBack) {
        this.takingBack = takingBack;
    }

    /** Asks its keeper, once the deadline has passed, whether it takes it back from a queue of this process. */
    boolean wasTakenBack() {
        return takingBack.getAsBoolean();
    }

    void expire() {
        overdue = true;
        answer.complete(new Answer.TimedOut<>(late));
    }

    void end(Answer<T> with) {
        (overdue ? late : answer).complete(with);
    }
}
