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

        int size() {
            return incidents.size() + happenings.size() + observed.size();
        }
    }

    private final Map<String, Incident> incidents = new LinkedHashMap<>();
    private final ArrayDeque<Happening> happenings = new ArrayDeque<>();
    private final ArrayDeque<Observed> observed = new ArrayDeque<>();
    private final ArrayDeque<Batch> taken = new ArrayDeque<>();
    private boolean isHandedOut;
    private boolean isRepeated;
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
        return incidents.size()
                + happenings.size()
                + observed.size()
                + taken.stream().mapToInt(Batch::size).sum();
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
        isRepeated = !taken.isEmpty() && isHandedOut;
        if (!taken.isEmpty()) {
            isHandedOut = true;
            return taken.getFirst();
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
        if (some.size() > 0) {
            taken.addFirst(some);
            isHandedOut = true;
        }
        return some;
    }

    /** Whether what was last taken had been taken before: nobody knows whether it was written then. */
    synchronized boolean isRepeated() {
        return isRepeated;
    }

    /** What was taken was written, or is lost for ever. */
    synchronized void done(boolean lost) {
        var over = taken.removeFirst();
        dropped += lost ? over.size() : 0;
        isHandedOut = false;
    }

    /** What was taken is not written; it is given again entry by entry. */
    synchronized void apart() {
        var whole = taken.removeFirst();
        isHandedOut = false;
        for (var one : whole.observed().reversed()) {
            taken.addFirst(new Batch(List.of(), List.of(), List.of(one)));
        }
        for (var one : whole.happenings().reversed()) {
            taken.addFirst(new Batch(List.of(), List.of(one), List.of()));
        }
        for (var one : whole.incidents().reversed()) {
            taken.addFirst(new Batch(List.of(one), List.of(), List.of()));
        }
    }
}
