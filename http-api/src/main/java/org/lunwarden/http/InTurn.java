package org.lunwarden.http;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;

import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.FleetView;

/** Answers to questions that walk the whole fleet: on a thread of their own, one at a time, and a few wait. */
final class InTurn {

    private static final int WAITING = 8;

    private final FleetView view;
    private final ThreadPoolExecutor one;

    InTurn(FleetView view, String name) {
        this.view = view;
        this.one = new ThreadPoolExecutor(
                0,
                1,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                work -> Thread.ofPlatform().daemon().name(name).unstarted(work));
    }

    CompletionStage<HttpResponse> answer(Function<FleetSnapshot, HttpResponse> answer) {
        return view.snapshot().thenCompose(fleet -> {
            try {
                return CompletableFuture.supplyAsync(() -> answer.apply(fleet), one);
            } catch (RejectedExecutionException busy) {
                return CompletableFuture.completedStage(
                        ProblemDocument.of(StatusCodes.SERVICE_UNAVAILABLE, "too many such questions wait; ask again"));
            }
        });
    }
}
