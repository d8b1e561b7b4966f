package org.lunwarden.io.simulated;

import java.time.Duration;
import java.util.PriorityQueue;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The time of a simulated SAN, and what is due in it. Actions run one after the other, in the order of their times, and
 * of their scheduling when the times are equal.
 */
public abstract sealed class SimulatedTime implements AutoCloseable {

    private record Action(long at, long order, Runnable run) implements Comparable<Action> {
        @Override
        public int compareTo(Action other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    final Object monitor = new Object();
    private final PriorityQueue<Action> actions = new PriorityQueue<>();
    private long scheduled;

    private SimulatedTime() {}

    /** Time that stands still until it is advanced; what is due runs on the thread that advances it. */
    public static Manual manual() {
        return new Manual();
    }

    /** The machine's time; one daemon thread runs what is due, for the whole SAN. */
    public static SimulatedTime real() {
        return new Real();
    }

    /** Time since the start of the simulation. */
    public final Duration now() {
        return Duration.ofNanos(nanos());
    }

    /** Runs {@code action} after {@code delay}; never on the calling thread before this returns. */
    final void after(Duration delay, Runnable action) {
        synchronized (monitor) {
            actions.add(new Action(nanos() + Math.max(0, delay.toNanos()), scheduled++, action));
            monitor.notifyAll();
        }
    }

    abstract long nanos();

    /** Ends the running of actions. */
    @Override
    public abstract void close();

    /** Moves only when told. */
    public static final class Manual extends SimulatedTime {

        private long now;

        private Manual() {}

        /** Runs all that falls due within {@code step}, each at its time; zero runs what is due now. */
        public void advance(Duration step) {
            long end;
            synchronized (monitor) {
                end = now + step.toNanos();
            }
            for (var next = dueBy(end); next != null; next = dueBy(end)) {
                next.run();
            }
            synchronized (monitor) {
                now = end;
            }
        }

        private @Nullable Runnable dueBy(long end) {
            synchronized (monitor) {
                var first = super.actions.peek();
                if (first == null || first.at() > end) {
                    return null;
                }
                super.actions.remove();
                now = Math.max(now, first.at());
                return first.run();
            }
        }

        @Override
        long nanos() {
            synchronized (monitor) {
                return now;
            }
        }

        @Override
        public void close() {}
    }

    private static final class Real extends SimulatedTime {

        private final long start = System.nanoTime();
        private boolean closed;

        private Real() {
            var thread = new Thread(this::run, "simulated-san");
            thread.setDaemon(true);
            thread.start();
        }

        private void run() {
            for (var next = next(); next != null; next = next()) {
                try {
                    next.run();
                } catch (RuntimeException e) {
                    LoggerFactory.getLogger(SimulatedTime.class).error("a simulated action broke", e);
                }
            }
        }

        private @Nullable Runnable next() {
            synchronized (monitor) {
                while (!closed) {
                    var first = super.actions.peek();
                    var wait = first == null ? Long.MAX_VALUE : first.at() - nanos();
                    if (first != null && wait <= 0) {
                        super.actions.remove();
                        return first.run();
                    }
                    try {
                        monitor.wait(
                                first == null ? 0 : wait / 1_000_000, first == null ? 0 : (int) (wait % 1_000_000));
                    } catch (InterruptedException e) {
                        return null;
                    }
                }
                return null;
            }
        }

        @Override
        long nanos() {
            return System.nanoTime() - start;
        }

        @Override
        public void close() {
            synchronized (monitor) {
                closed = true;
                monitor.notifyAll();
            }
        }
    }
}
