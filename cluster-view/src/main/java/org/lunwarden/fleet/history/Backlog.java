package org.lunwarden.fleet.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.lunwarden.fleet.history.HistoryStore.Observed;
import org.lunwarden.fleet.incident.Incident;

/**
 * What waits to be written, in bounded room: of each incident its newest state, of happenings the newest. Any thread may
 * call.
 */
final class Backlog {

    private static final int INCIDENTS = 1_000;
    private static final int HAPPENINGS = 10_000;

    /** Each holds on to what was known of all hosts. */
    private static final int OBSERVED = 16;

    private static final int AT_ONCE = 200;

    /** What is written in one go. */
    record Batch(List<Incident> incidents, List<Happening> happenings, List<Observed> observed) {

        private static final Batch NONE = new Batch(List.of(), List.of(), List.of());

        int size() {
            return incidents.size() + happenings.size() + observed.size();
        }
    }

    private final Map<String, Incident> incidents = new LinkedHashMap<>();
    private final ArrayDeque<Happening> happenings = new ArrayDeque<>();
    private final ArrayDeque<Observed> observed = new ArrayDeque<>();
    private Batch taken = Batch.NONE;
    private long dropped;

    synchronized void add(Incident incident) {
        incidents.put(incident.id(), incident);
        incident.formerIds().forEach(incidents::remove);
        if (incidents.size() > INCIDENTS) {
            var oldest = incidents.values().stream()
                    .filter(one -> !one.isOpen())
                    .findFirst()
                    .orElseGet(() -> incidents.values().iterator().next());
            incidents.remove(oldest.id());
            dropped++;
        }
        notifyAll();
    }

    synchronized void add(Happening happening) {
        happenings.addLast(happening);
        if (happenings.size() > HAPPENINGS) {
            happenings.removeFirst();
            dropped++;
        }
        notifyAll();
    }

    synchronized void add(Observed moment) {
        observed.addLast(moment);
        if (observed.size() > OBSERVED) {
            observed.removeFirst();
            dropped++;
        }
        notifyAll();
    }

    synchronized int size() {
        return incidents.size() + happenings.size() + observed.size() + taken.size();
    }

    synchronized long dropped() {
        return dropped;
    }

    /** Waits for something to write, so long at most. */
    synchronized void await(long millis) throws InterruptedException {
        var end = System.nanoTime() + millis * 1_000_000;
        for (var left = millis; size() == 0 && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }

    /** Wakes up whoever waits. */
    synchronized void nudge() {
        notifyAll();
    }

    /** What is to be written next; the same again until it is {@link #done}. */
    synchronized Batch take() {
        if (taken.size() > 0) {
            return taken;
        }
        var some = new Batch(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        incidents.values().stream().limit(AT_ONCE).forEach(some.incidents()::add);
        some.incidents().forEach(one -> incidents.remove(one.id()));
        while (some.happenings().size() < AT_ONCE && !happenings.isEmpty()) {
            some.happenings().add(happenings.removeFirst());
        }
        if (!observed.isEmpty()) {
            some.observed().add(observed.removeFirst());
        }
        taken = some;
        return some;
    }

    /** @param lost whether it was not written and never will be */
    synchronized void done(boolean lost) {
        dropped += lost ? taken.size() : 0;
        taken = Batch.NONE;
    }
}
