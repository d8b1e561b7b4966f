package org.lunwarden.path.marginal;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.PathProbe;
import org.lunwarden.model.DeviceName;

/** Reads a path for a while and counts what fails. A read that has not ended in a minute has failed. */
public final class Sampling {

    /** The pace at which {@link #tick} is to be called. */
    public static final Duration PACE = Duration.ofMillis(100);

    static final Duration READ_TIMEOUT = Duration.ofSeconds(60);

    private final SamplePlaces places;
    private final DeviceProbe reader;
    private final Duration until;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private boolean closed;

    private Sampling(SamplePlaces places, DeviceProbe reader, Duration until) {
        this.places = places;
        this.reader = reader;
        this.until = until;
    }

    /** @return empty when there is no place */
    public static Optional<Sampling> begin(
            SamplePlaces places, PathProbe probe, DeviceName device, Duration length, Duration now) {
        return places.take()
                ? Optional.of(new Sampling(places, probe.attachReader(device), now.plus(length)))
                : Optional.empty();
    }

    /** Keeps the reads going. @return what they came to, when they are over */
    public Optional<Marginality.SampleEnded> tick(Duration now) {
        if (now.compareTo(until) >= 0) {
            var failed = errors.get();
            return Optional.of(new Marginality.SampleEnded(reads.get(), failed));
        }
        for (var wanted = PathProbe.READS_AT_ONCE - underWay.get(); wanted > 0; wanted--) {
            underWay.incrementAndGet();
            var unused = reader.readFirstBlock(READ_TIMEOUT).whenComplete((answer, broke) -> {
                if (answer != null) {
                    count(answer);
                }
                underWay.decrementAndGet();
            });
        }
        return Optional.empty();
    }

    /** Those under way are left to themselves. */
    public void close() {
        if (!closed) {
            closed = true;
            reader.close();
            places.giveBack();
        }
    }

    /** A read that did not reach the device says nothing of it. */
    private void count(Answer<Integer> answer) {
        switch (answer) {
            case Answer.Answered<Integer> read -> reads.incrementAndGet();
            case Answer.TimedOut<Integer> timedOut -> failed();
            case Answer.Refused<Integer> refused -> failed();
            case Answer.NotAsked<Integer> notAsked -> {}
        }
    }

    private void failed() {
        // in this order, so that there are never more errors than reads
        reads.incrementAndGet();
        errors.incrementAndGet();
    }
}
