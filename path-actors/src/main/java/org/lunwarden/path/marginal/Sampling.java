package org.lunwarden.path.marginal;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.PathProbe;
import org.lunwarden.model.DeviceName;

/**
 * Reads a path for a while and counts what fails. A read that has not ended in a minute has failed, and so has one that is
 * still unanswered at the end after more than a second. As long as one is that slow no more are begun: the commands of a
 * hung device would take those of its adapter's others.
 */
public final class Sampling {

    /** The pace at which {@link #tick} is to be called. */
    public static final Duration PACE = Duration.ofMillis(100);

    static final Duration READ_TIMEOUT = Duration.ofSeconds(60);

    private static final Duration SLOW = Duration.ofSeconds(1);

    private final SamplePlaces places;
    private final DeviceProbe reader;
    private final Duration until;
    private final Map<Long, Duration> underWay = new ConcurrentHashMap<>();
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final AtomicLong timedOut = new AtomicLong();
    private long begun;
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
        var slow = underWay.values().stream()
                .filter(since -> now.minus(since).compareTo(SLOW) > 0)
                .count();
        if (now.compareTo(until) >= 0) {
            var failed = errors.get();
            var ended = reads.get();
            // of those that are under way past their minute, the failure is counted already
            var unheard = Math.max(0, slow - timedOut.get());
            return Optional.of(new Marginality.SampleEnded(ended + unheard, failed + unheard));
        }
        for (var wanted = slow > 0 ? 0 : PathProbe.READS_AT_ONCE - underWay.size(); wanted > 0; wanted--) {
            read(now);
        }
        return Optional.empty();
    }

    private void read(Duration now) {
        var number = begun++;
        underWay.put(number, now);
        var unused = reader.readFirstBlock(READ_TIMEOUT).whenComplete((answer, broke) -> {
            if (answer instanceof Answer.TimedOut<Integer>(var late)) {
                timedOut.incrementAndGet();
                failed();
                late.whenComplete((answered, never) -> {
                    underWay.remove(number);
                    timedOut.decrementAndGet();
                });
                return;
            }
            if (answer != null) {
                count(answer);
            }
            underWay.remove(number);
        });
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
            case Answer.TimedOut<Integer> silent -> failed();
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
