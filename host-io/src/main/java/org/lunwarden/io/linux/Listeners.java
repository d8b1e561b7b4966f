package org.lunwarden.io.linux;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.io.Subscription;

/** Those who listen to one source of events. The source runs from the first subscription to the last one's end. */
final class Listeners<E> {

    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Listener<E>> all = new LinkedHashSet<>();
    private final Source<E> source;
    private Running running = () -> {};

    Listeners(Source<E> source) {
        this.source = source;
    }

    /** Starts a source; its events from the return of the call on are told to {@code to}. */
    interface Source<E> {
        Running start(Consumer<E> to);
    }

    /** A source at work. {@code stop} does not wait for its thread. */
    interface Running {
        void stop();
    }

    private static final class Listener<E> {
        private final Consumer<E> listener;

        Listener(Consumer<E> listener) {
            this.listener = listener;
        }
    }

    Subscription add(Consumer<E> listener) {
        var added = new Listener<>(listener);
        lock.lock();
        try {
            if (all.isEmpty()) {
                running = source.start(this::tell);
            }
            all.add(added);
        } finally {
            lock.unlock();
        }
        return () -> remove(added);
    }

    private void remove(Listener<E> listener) {
        lock.lock();
        try {
            if (all.remove(listener) && all.isEmpty()) {
                running.stop();
            }
        } finally {
            lock.unlock();
        }
    }

    private void tell(E event) {
        lock.lock();
        try {
            for (var each : List.copyOf(all)) {
                if (all.contains(each)) {
                    tell(each, event);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void tell(Listener<E> each, E event) {
        try {
            each.listener.accept(event);
        } catch (RuntimeException broke) {
            log.error("a listener broke on {}", event, broke);
        }
    }
}
