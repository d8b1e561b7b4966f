package org.lunwarden.model.figures;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** Counts how long something takes. Any thread may add; nothing blocks. */
public final class DurationTally {

    private static final double NANOS = 1e9;

    private static final long[] CALLS = Arrays.stream(
                    new double[] {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10})
            .mapToLong(seconds -> Math.round(seconds * NANOS))
            .toArray();

    private final long[] bounds;
    private final LongAdder[] counts;
    private final LongAdder sum = new LongAdder();

    /** @param bounds ascending */
    public DurationTally(Duration... bounds) {
        this.bounds = Arrays.stream(bounds).mapToLong(Duration::toNanos).toArray();
        this.counts = Stream.generate(LongAdder::new).limit(bounds.length + 1L).toArray(LongAdder[]::new);
    }

    /** From half a millisecond to ten seconds: calls of a kernel or a disk, and what is computed of them. */
    public static DurationTally ofCalls() {
        return new DurationTally(
                Arrays.stream(CALLS).mapToObj(Duration::ofNanos).toArray(Duration[]::new));
    }

    public void add(Duration took) {
        var nanos = Math.max(0, took.toNanos());
        var at = Arrays.binarySearch(bounds, nanos);
        counts[at < 0 ? -at - 1 : at].increment();
        sum.add(nanos);
    }

    public Durations now() {
        return new Durations(
                Arrays.stream(bounds).mapToObj(nanos -> nanos / NANOS).toList(),
                Arrays.stream(counts).map(LongAdder::sum).toList(),
                sum.sum() / NANOS);
    }
}
