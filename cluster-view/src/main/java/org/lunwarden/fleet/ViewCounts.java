package org.lunwarden.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

import org.lunwarden.fleet.ViewFigures.Told;
import org.lunwarden.fleet.ViewFigures.Waiting;
import org.lunwarden.fleet.ViewFigures.Work;
import org.lunwarden.fleet.channel.Channel.Outcome;
import org.lunwarden.model.figures.DurationTally;

/** What a view counts of its own work for as long as its process lives. Any thread may count; nothing blocks. */
final class ViewCounts {

    /** A notifier looks each second: one that did not for so long does not run here. */
    private static final Duration LATELY = Duration.ofSeconds(10);

    private final DurationTally diagnosis = DurationTally.ofCalls();
    private final LongAdder granted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Map<String, Deliveries> told = new ConcurrentSkipListMap<>();
    private volatile Map<String, Instant> replication = Map.of();
    private volatile Optional<Boolean> spoolWritten = Optional.empty();
    private volatile boolean isBookWritten = true;
    private volatile Standing standing = new Standing(Instant.EPOCH, List.of(), 0, 0);

    private record Deliveries(LongAdder delivered, LongAdder failed, LongAdder refused) {}

    private record Standing(Instant at, List<Waiting> waiting, int bookEntries, long bookSize) {}

    void diagnosed(Duration took) {
        diagnosis.add(took);
    }

    void checks(int asked, int notAsked) {
        granted.add(asked);
        refused.add(notAsked);
    }

    void told(String channel, Outcome outcome) {
        var counts = told.computeIfAbsent(
                channel, first -> new Deliveries(new LongAdder(), new LongAdder(), new LongAdder()));
        (switch (outcome) {
                    case Outcome.Delivered() -> counts.delivered();
                    case Outcome.Again again -> counts.failed();
                    case Outcome.Refused forGood -> counts.refused();
                })
                .increment();
    }

    /** Whether the disk took what was written there last. */
    void spoolWritten(boolean isTaken) {
        spoolWritten = Optional.of(isTaken);
    }

    /** Whether a majority of the views took what the notifier, here, wrote last. */
    void bookWritten(boolean isTaken) {
        isBookWritten = isTaken;
    }

    /** The notifier runs here, and stands so. */
    void notifierIs(Instant now, List<Waiting> waiting, int bookEntries, long bookSize) {
        standing = new Standing(now, waiting, bookEntries, bookSize);
    }

    /** @param heard by the address of each other view, when it was last heard of */
    void replicated(Map<String, Instant> heard) {
        replication = Map.copyOf(heard);
    }

    SortedMap<String, Duration> replication(Instant now) {
        var ages = new TreeMap<String, Duration>();
        replication.forEach((view, at) -> ages.put(view, at.isAfter(now) ? Duration.ZERO : Duration.between(at, now)));
        return ages;
    }

    Work work() {
        return new Work(
                diagnosis.now(),
                granted.sum(),
                refused.sum(),
                told.entrySet().stream()
                        .map(each -> new Told(
                                each.getKey(),
                                each.getValue().delivered().sum(),
                                each.getValue().failed().sum(),
                                each.getValue().refused().sum()))
                        .toList(),
                spoolWritten);
    }

    Optional<ViewFigures.Notifier> notifier(Instant now) {
        var last = standing;
        return last.at().plus(LATELY).isBefore(now)
                ? Optional.empty()
                : Optional.of(
                        new ViewFigures.Notifier(last.waiting(), last.bookEntries(), last.bookSize(), isBookWritten));
    }
}
