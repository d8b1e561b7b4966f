package org.lunwarden.io.contract;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.Disk;
import org.lunwarden.io.IoResult;

/** What the suites expect of results, and waiting for what must come. */
public final class Expect {

    static final Duration PATIENCE = Duration.ofSeconds(90);

    private Expect() {}

    public static <T> T ok(IoResult<T> result) {
        return switch (result) {
            case IoResult.Ok<T>(var value) -> value;
            case IoResult.Refused<T> refused -> throw new AssertionError("refused: " + refused);
        };
    }

    /** All disks of a host that do not vanish while they are read. */
    public static List<Disk> disks(BlockDevices devices) {
        var look = devices.look();
        return ok(look.list()).stream()
                .map(listed -> look.disk(listed.name()))
                .flatMap(disk -> disk instanceof IoResult.Ok<Disk>(var found) ? Stream.of(found) : Stream.empty())
                .toList();
    }

    static int refusedWith(IoResult<?> result) {
        return switch (result) {
            case IoResult.Ok<?>(var value) -> throw new AssertionError("not refused, but " + value);
            case IoResult.Refused<?> refused -> refused.errno();
        };
    }

    static <T> T soon(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("no answer", e);
        }
    }

    public static void eventually(String what, BooleanSupplier condition) {
        eventually(() -> what, condition);
    }

    static void eventually(Supplier<String> what, BooleanSupplier condition) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("still not so: " + what.get());
            }
            LockSupport.parkNanos(2_000_000);
        }
    }
}
