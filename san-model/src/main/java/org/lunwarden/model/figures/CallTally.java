package org.lunwarden.model.figures;

import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts calls. Any thread may add; nothing blocks. */
public final class CallTally {

    private record Key(String call, String outcome) {}

    private final ConcurrentSkipListMap<Key, LongAdder> counts =
            new ConcurrentSkipListMap<>(Comparator.comparing(Key::call).thenComparing(Key::outcome));
    private final DurationTally durations = DurationTally.ofCalls();

    /**
     * One call more.
     *
     * @param call one of a few
     * @param outcome one of a few
     */
    public void add(String call, String outcome, Duration took) {
        counts.computeIfAbsent(new Key(call, outcome), first -> new LongAdder()).increment();
        durations.add(took);
    }

    public CallFigures now() {
        return new CallFigures(
                counts.entrySet().stream()
                        .map(count -> new CallFigures.Count(
                                count.getKey().call(),
                                count.getKey().outcome(),
                                count.getValue().sum()))
                        .toList(),
                durations.now());
    }
}
