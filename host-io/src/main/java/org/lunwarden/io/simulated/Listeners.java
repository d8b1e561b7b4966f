package org.lunwarden.io.simulated;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.lunwarden.io.Subscription;

/** Who wants to hear; after a subscription's close returns, its listener is not called again. */
final class Listeners<T> {

    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    Subscription add(Consumer<T> listener) {
        var entry = new Entry(listener);
        entries.add(entry);
        return entry;
    }

    /** Calls all listeners; never with the SAN's lock held. */
    void tell(T event) {
        entries.forEach(entry -> entry.hear(event));
    }

    private final class Entry implements Subscription {
        private final Consumer<T> listener;
        private boolean closed;

        private Entry(Consumer<T> listener) {
            this.listener = listener;
        }

        private synchronized void hear(T event) {
            if (!closed) {
                listener.accept(event);
            }
        }

        @Override
        public synchronized void close() {
            closed = true;
            entries.remove(this);
        }
    }
}
