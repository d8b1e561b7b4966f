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
 * nothing of it. Any thread may call; listeners are called one event at a time, in order.
 */
final class EventRing {

    private static final Logger log = LoggerFactory.getLogger(EventRing.class);

    private final String prefix;
    private final int capacity;
    private final ArrayDeque<FleetEvent> events = new ArrayDeque<>();
    private final List<Consumer<FleetEvent>> listeners = new ArrayList<>();
    private long count;

    /** @param run tells this ring's ids from those of a view of the same name that ran before */
    EventRing(String view, String run, int capacity) {
        this.prefix = view + "-" + run + "-";
        this.capacity = capacity;
    }

    synchronized FleetEvent add(Instant at, FleetEvent.What what) {
        count++;
        var event = new FleetEvent(prefix + count, at, what);
        if (events.size() == capacity) {
            events.removeFirst();
        }
        events.addLast(event);
        for (var listener : List.copyOf(listeners)) {
            hand(event, listener);
        }
        return event;
    }

    /**
     * Hands over what came after {@code afterId}, then all that is to come. Without an id, only what is to come. An id
     * that is not known gets {@link FleetEvent.EventsMissed} and all that is.
     */
    synchronized AutoCloseable subscribe(Optional<String> afterId, Instant now, Consumer<FleetEvent> listener) {
        afterId.ifPresent(id -> after(id, now).forEach(event -> hand(event, listener)));
        listeners.add(listener);
        return () -> remove(listener);
    }

    synchronized List<FleetEvent> all() {
        return List.copyOf(events);
    }

    private synchronized void remove(Consumer<FleetEvent> listener) {
        listeners.remove(listener);
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

    private static void hand(FleetEvent event, Consumer<FleetEvent> listener) {
        try {
            listener.accept(event);
        } catch (RuntimeException e) {
            log.warn("a listener broke on event {}", event.id(), e);
        }
    }
}
