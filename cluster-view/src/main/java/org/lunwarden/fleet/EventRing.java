package org.lunwarden.fleet;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last events of a view, and those who listen. Outlives a restart of the fleet system, so that a listener notices
 * nothing of it. Any thread may call; a listener is called one event at a time, in order, by a thread that holds no lock.
 */
final class EventRing {

    private static final Logger log = LoggerFactory.getLogger(EventRing.class);

    private final String prefix;
    private final int capacity;
    private final ArrayDeque<FleetEvent> events = new ArrayDeque<>();
    private final List<Listening> listeners = new ArrayList<>();
    private long count;

    /** @param run tells this ring's ids from those of a view of the same name that ran before */
    EventRing(String view, String run, int capacity) {
        this.prefix = view + "-" + run + "-";
        this.capacity = capacity;
    }

    FleetEvent add(Instant at, FleetEvent.What what) {
        FleetEvent event;
        List<Listening> concerned;
        synchronized (this) {
            count++;
            event = new FleetEvent(prefix + count, at, what);
            if (events.size() == capacity) {
                events.removeFirst();
            }
            events.addLast(event);
            concerned = List.copyOf(listeners);
            concerned.forEach(listening -> listening.put(List.of(event)));
        }
        concerned.forEach(Listening::hand);
        return event;
    }

    /**
     * Hands over what came after {@code afterId}, then all that is to come. Without an id, only what is to come. An id
     * that is not known gets {@link FleetEvent.EventsMissed} and all that is.
     */
    AutoCloseable subscribe(Optional<String> afterId, Instant now, Consumer<FleetEvent> listener) {
        var listening = new Listening(listener);
        synchronized (this) {
            afterId.ifPresent(id -> listening.put(after(id, now)));
            listeners.add(listening);
        }
        listening.hand();
        return () -> remove(listening);
    }

    synchronized List<FleetEvent> all() {
        return List.copyOf(events);
    }

    private synchronized void remove(Listening listening) {
        listeners.remove(listening);
        listening.end();
    }

    private List<FleetEvent> after(String id, Instant now) {
        var last = number(id);
        var missed = last.isEmpty() || last.get() < count - events.size() || last.get() > count;
        var due = new ArrayList<FleetEvent>();
        if (missed) {
            due.add(new FleetEvent(prefix + Math.max(0, count - events.size()), now, new FleetEvent.EventsMissed()));
        }
        for (var event : events) {
            if (missed || number(event.id()).orElse(0L) > last.orElse(0L)) {
                due.add(event);
            }
        }
        return due;
    }

    private Optional<Long> number(String id) {
        if (!id.startsWith(prefix) || !id.substring(prefix.length()).matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return Optional.of(Long.parseLong(id.substring(prefix.length())));
    }

    /** What one listener has still to be told. */
    private static final class Listening {

        private final Consumer<FleetEvent> listener;
        private final ArrayDeque<FleetEvent> due = new ArrayDeque<>();
        private boolean isBeingTold;
        private boolean isOver;

        Listening(Consumer<FleetEvent> listener) {
            this.listener = listener;
        }

        synchronized void put(List<FleetEvent> events) {
            due.addAll(events);
        }

        synchronized void end() {
            isOver = true;
            due.clear();
        }

        /** Tells all that is due, unless another thread does: that one goes on until nothing is left. */
        void hand() {
            synchronized (this) {
                if (isBeingTold) {
                    return;
                }
                isBeingTold = true;
            }
            for (var event = next(); event.isPresent(); event = next()) {
                tell(event.get());
            }
        }

        private synchronized Optional<FleetEvent> next() {
            var event = isOver ? Optional.<FleetEvent>empty() : Optional.ofNullable(due.poll());
            isBeingTold = event.isPresent();
            return event;
        }

        private void tell(FleetEvent event) {
            try {
                listener.accept(event);
            } catch (RuntimeException e) {
                log.warn("a listener broke on event {}", event.id(), e);
            }
        }
    }
}
