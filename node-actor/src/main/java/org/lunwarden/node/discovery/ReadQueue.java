package org.lunwarden.node.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.lunwarden.io.BlockDevices.Listed;
import org.lunwarden.model.DeviceName;

/**
 * Which disks are read when: a few at once, and of one SCSI host, which may hang as a whole, no more than {@value
 * #PER_HOST}. A read that takes longer than {@link #SLOW} is a stuck one: it keeps its entry, others are read beside
 * it, and the look ends without it. Times are of the host's clock.
 */
public final class ReadQueue {

    static final Duration SLOW = Duration.ofSeconds(2);
    static final int PER_HOST = 2;
    static final int AT_ONCE = 4;
    /** With those that are stuck: each costs a thread. */
    static final int MOST = 32;

    private record Reading(String unit, Duration since, boolean ofThisLook) {}

    private final Map<DeviceName, String> waiting = new LinkedHashMap<>();
    private final Map<DeviceName, Reading> reading = new LinkedHashMap<>();

    /** A new look, at these disks. What waited for the look before is forgotten. */
    public void look(Collection<Listed> disks) {
        waiting.clear();
        disks.forEach(disk -> waiting.put(disk.name(), unit(disk)));
        waiting.keySet().removeAll(reading.keySet());
    }

    private static String unit(Listed disk) {
        return disk.hctl()
                .map(hctl -> "SCSI host " + hctl.host())
                .orElse(disk.name().value());
    }

    /** The disks to be read from now on. */
    public List<DeviceName> start(Duration now) {
        var started = new ArrayList<DeviceName>();
        for (var next = next(now); next.isPresent(); next = next(now)) {
            var name = next.get().getKey();
            waiting.remove(name);
            reading.put(name, new Reading(next.get().getValue(), now, true));
            started.add(name);
        }
        return started;
    }

    private Optional<Map.Entry<DeviceName, String>> next(Duration now) {
        if (reading.size() >= MOST || swift(now) >= AT_ONCE) {
            return Optional.empty();
        }
        return waiting.entrySet().stream()
                .filter(disk -> atWork(disk.getValue()) < PER_HOST)
                .findFirst();
    }

    private long swift(Duration now) {
        return reading.values().stream().filter(one -> !isSlow(one, now)).count();
    }

    private long atWork(String unit) {
        return reading.values().stream().filter(one -> one.unit().equals(unit)).count();
    }

    private static boolean isSlow(Reading one, Duration now) {
        return now.minus(one.since()).compareTo(SLOW) >= 0;
    }

    /** A read has ended. Whether it was one of the look that is under way. */
    public boolean ended(DeviceName name) {
        var ended = reading.remove(name);
        return ended != null && ended.ofThisLook();
    }

    /** Whether the look, after all that could be started was, has nothing more to wait for. */
    public boolean isOver(Duration now) {
        return reading.values().stream().noneMatch(one -> one.ofThisLook() && !isSlow(one, now));
    }

    /** Ends the look: what it did not read is left for a later one. */
    public void end() {
        reading.replaceAll((name, one) -> new Reading(one.unit(), one.since(), false));
    }

    /** Whether no read is at work. */
    public boolean isIdle() {
        return reading.isEmpty();
    }

    /** Disks that were to be read and have not been. */
    public List<DeviceName> unread() {
        return List.copyOf(waiting.keySet());
    }

    /** Reads that take so long or longer, and for how long they have. */
    public SortedMap<DeviceName, Duration> stuck(Duration atLeast, Duration now) {
        var stuck = new TreeMap<DeviceName, Duration>();
        reading.forEach((name, one) -> {
            var age = now.minus(one.since());
            if (age.compareTo(atLeast) >= 0) {
                stuck.put(name, age);
            }
        });
        return stuck;
    }

    /** Reads that are stuck. */
    public SortedMap<DeviceName, Duration> stuck(Duration now) {
        return stuck(SLOW, now);
    }
}
