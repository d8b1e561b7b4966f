package org.lunwarden.io.linux;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;

import org.lunwarden.io.CallThreads;

/**
 * Threads for calls that may wait for a device. Those to one target may hang together, and so may those through one
 * adapter: each target has a few threads at most, and so have all targets of an adapter, so that what hangs leaves the
 * others theirs.
 */
final class CallPool {

    /** @param ofTarget threads for the calls to one target at most; {@code ofAdapter} for those to all of an adapter's */
    record Quota(int ofTarget, int ofAdapter) {}

    /**
     * Whom a call is for. The names are told apart within their kind only.
     *
     * @param target as reached through that adapter
     */
    record Place(String adapter, String target) {}

    private final CallThreads threads;
    private final Quota quota;
    /** The calls of each place that has any. */
    private final Map<Place, Line> lines = new HashMap<>();

    private final Map<String, Adapter> adapters = new HashMap<>();

    private boolean closing;

    /** Calls to one target: those that wait, of them those that have a place among the next, and those at work. */
    private static final class Line {
        private final Place place;
        private final Adapter adapter;
        private final Deque<Runnable> waiting = new ArrayDeque<>();
        private int placed;
        private int atWork;

        private Line(Place place, Adapter adapter) {
            this.place = place;
            this.adapter = adapter;
        }
    }

    private static final class Adapter {
        /** Calls that are placed or at work. */
        private int taken;
        /** Lines with calls that only the adapter has no thread for, the first one first. */
        private final Set<Line> kept = new LinkedHashSet<>();
    }

    /** @param bound threads at most */
    CallPool(int bound, Quota quota) {
        this.threads = new CallThreads("probe-calls", bound);
        this.quota = quota;
    }

    void execute(Place place, Runnable call) {
        synchronized (lines) {
            if (closing) {
                throw new RejectedExecutionException("closed");
            }
            var line = lines.computeIfAbsent(
                    place, first -> new Line(place, adapters.computeIfAbsent(place.adapter(), one -> new Adapter())));
            line.waiting.add(call);
            try {
                place(line);
            } catch (RuntimeException | Error noThread) {
                // what has a place is made nevertheless: it was for another line that there was no thread
                if (withdraw(place, call)) {
                    throw noThread;
                }
            }
        }
    }

    /** Places the calls that there is room for, those of the line behind those of the others. */
    private void place(Line line) {
        var adapter = line.adapter;
        keepIfItMayHaveMore(line);
        while (adapter.taken < quota.ofAdapter() && !adapter.kept.isEmpty()) {
            var next = adapter.kept.iterator().next();
            if (mayHaveMore(next)) {
                // without a thread for it, it stays where it is
                threads.execute(() -> perform(next));
                next.placed++;
                adapter.taken++;
            }
            adapter.kept.remove(next);
            keepIfItMayHaveMore(next);
        }
    }

    private void keepIfItMayHaveMore(Line line) {
        if (mayHaveMore(line)) {
            line.adapter.kept.add(line);
        }
    }

    private boolean mayHaveMore(Line line) {
        return line.waiting.size() > line.placed && line.placed + line.atWork < quota.ofTarget();
    }

    /** One call of the line; the next one goes behind those of the others. */
    private void perform(Line line) {
        try {
            begin(line).run();
        } finally {
            end(line);
        }
    }

    private Runnable begin(Line line) {
        synchronized (lines) {
            line.placed--;
            line.atWork++;
            return line.waiting.remove();
        }
    }

    private void end(Line line) {
        synchronized (lines) {
            line.atWork--;
            line.adapter.taken--;
            try {
                place(line);
            } finally {
                forgetIfIdle(line);
            }
        }
    }

    private void forgetIfIdle(Line line) {
        if (line.waiting.isEmpty() && line.atWork == 0) {
            lines.remove(line.place);
            line.adapter.kept.remove(line);
            if (line.adapter.taken == 0 && line.adapter.kept.isEmpty()) {
                adapters.remove(line.place.adapter());
            }
            closeWhenIdle();
        }
    }

    /** Takes back a call that waits; false when it has a place among the next already, and will be made. */
    boolean withdraw(Place place, Runnable call) {
        synchronized (lines) {
            var line = lines.get(place);
            if (line == null || line.waiting.size() <= line.placed || !line.waiting.remove(call)) {
                return false;
            }
            forgetIfIdle(line);
            return true;
        }
    }

    int busy() {
        return threads.busy();
    }

    int bound() {
        return threads.bound();
    }

    /** Whether it takes no more calls and has done all. */
    boolean isClosed() {
        return threads.isClosed();
    }

    /** Takes no more calls; those it has are done. */
    void close() {
        synchronized (lines) {
            closing = true;
            closeWhenIdle();
        }
    }

    private void closeWhenIdle() {
        if (closing && lines.isEmpty()) {
            threads.close();
        }
    }
}
