package org.lunwarden.path.prio;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.model.map.Priority;
import org.lunwarden.model.settings.PrioArguments;
import org.lunwarden.path.exchange.Deadline;

/**
 * The prioritizer {@code path_latency}: reads of the first block, each timed. The priority is by how many powers of the
 * base their mean, taken of the logarithms, is shorter than 100 seconds. Where the time is over before the last of them,
 * those that are done decide: a slow path is slow, not unknown.
 *
 * @param reads 20 to 200
 * @param base 1.1 to 10
 */
record LatencyPriority(int reads, double base) {

    /** The base is the fourth root of ten. */
    static final LatencyPriority STANDARD = new LatencyPriority(100, 1.77827941004);

    private static final double LONGEST_MICROSECONDS = 1e8;
    private static final int SMALLEST_BLOCK = 512;

    /**
     * @return empty unless the arguments are whole; {@link #STANDARD} is used then
     */
    static Optional<LatencyPriority> parse(String args) {
        return PrioArguments.latency(args).map(said -> new LatencyPriority(said.reads(), said.base()));
    }

    /** @param logarithm the mean of the logarithms, to the base, of the times in microseconds */
    Priority of(double logarithm) {
        return new Priority((int) Math.max(0, log(LONGEST_MICROSECONDS) - logarithm));
    }

    double log(double microseconds) {
        return Math.log(Math.max(1, microseconds)) / Math.log(base);
    }

    /** Reads the first block. */
    interface Block {
        CompletionStage<Answer<Integer>> read(Duration deadline);
    }

    /** One read after the other. */
    CompletionStage<PrioReading> read(Block block, Duration deadline, LongSupplier nanoTime) {
        return new Series(block, Deadline.in(deadline), nanoTime).next(0, 0);
    }

    private final class Series {

        private final Block block;
        private final Deadline deadline;
        private final LongSupplier nanoTime;

        private Series(Block block, Deadline deadline, LongSupplier nanoTime) {
            this.block = block;
            this.deadline = deadline;
            this.nanoTime = nanoTime;
        }

        private CompletionStage<PrioReading> next(int done, double logarithms) {
            if (done == reads) {
                return done(new PrioReading.Read(of(logarithms / reads), false));
            }
            var left = deadline.left();
            if (!left.isPositive()) {
                return done(
                        done == 0
                                ? new PrioReading.Failed("no time is left to read")
                                : new PrioReading.Read(of(logarithms / done), false));
            }
            var begun = nanoTime.getAsLong();
            return block.read(left).thenCompose(answer -> switch (answer) {
                case Answer.Answered<Integer>(var read)
                when read >= SMALLEST_BLOCK -> next(done + 1, logarithms + log((nanoTime.getAsLong() - begun) / 1e3));
                case Answer.Answered<Integer>(var read) -> done(new PrioReading.Failed("short read of " + read));
                case Answer.TimedOut<Integer> timedOut -> done(new PrioReading.Failed("no answer in time"));
                case Answer.Refused<Integer>(var errno, var call, var reason) ->
                    done(new PrioReading.Failed(call + ": " + reason));
                case Answer.NotAsked<Integer> notAsked -> done(new PrioReading.Skipped());
            });
        }

        private static CompletionStage<PrioReading> done(PrioReading reading) {
            return CompletableFuture.completedStage(reading);
        }
    }
}
