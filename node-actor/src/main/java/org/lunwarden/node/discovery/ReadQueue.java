package org.lunwarden.node.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.lunwarden.model.DeviceName;

/**
 * Which disks are read when: a few at once, and few of one unit, that is of what hangs as a whole. A read that takes
 * longer than {@link #SLOW} is a stuck one: it keeps its entry, others are read beside it, and the look ends without it.
 * Times are of the host's clock.
 */
public final class ReadQueue {

    static final Duration SLOW = Duration.ofSeconds(2);
    static final int PER_UNIT = 2;
    /** With those that are stuck: each costs a thread. */
    static final int MOST = 256;

    private record Reading(String unit, Duration since, boolean ofThisLook) {}

    private final int atOnce;
    /** By unit; none without a disk. */
    private final Map<String, Set<DeviceName>> waiting = new LinkedHashMap<>();

    private final Map<DeviceName, Reading> reading = new LinkedHashMap<>();

    /** @param atOnce reads at work that are not stuck */
    public ReadQueue(int atOnce) {
        this.atOnce = atOnce;
    }

    /** To be read in this look, unless a read of it is at work. */
    public void add(DeviceName name, String unit) {
        if (!reading.containsKey(name)) {
            waiting.computeIfAbsent(unit, first -> new LinkedHashSet<>()).add(name);
        }
    }

    /** The disks to be read from now on. Units take turns. */
    public List<DeviceName> start(Duration now) {
        var started = new ArrayList<DeviceName>();
        for (var next = nextUnit(now); next.isPresent(); next = nextUnit(now)) {
            var unit = next.get();
            var name = take(unit);
            reading.put(name, new Reading(unit, now, true));
            started.add(name);
        }
        return started;
    }

    private DeviceName take(String unit) {
        var disks = Objects.requireNonNull(waiting.get(unit)).iterator();
        var name = disks.next();
        disks.remove();
        if (!disks.hasNext()) {
            waiting.remove(unit);
        }
        return name;
    }

    /** That of which least is read. The first that is not read at all is as good as any, and there may be thousands. */
    private Optional<String> nextUnit(Duration now) {
        if (waiting.isEmpty() || isFull() || swift(now) >= atOnce) {
            return Optional.empty();
        }
        var atWork = new TreeMap<String, Integer>();
        reading.values().forEach(one -> atWork.merge(one.unit(), 1, Integer::sum));
        Optional<String> least = Optional.empty();
        var few = PER_UNIT;
        for (var unit : waiting.keySet()) {
            var here = atWork.getOrDefault(unit, 0);
            if (here == 0) {
                return Optional.of(unit);
            }
            if (here < few) {
                few = here;
                least = Optional.of(unit);
            }
        }
        return least;
    }

    private boolean isFull() {
        return reading.size() >= MOST;
    }

    private long swift(Duration now) {
        return reading.values().stream().filter(one -> !isSlow(one, now)).count();
    }

    private static boolean isSlow(Reading one, Duration now) {
        return isSlow(one.since(), now);
    }

    /** Whether a read that began then is a stuck one. */
    public static boolean isSlow(Duration since, Duration now) {
        return now.minus(since).compareTo(SLOW) >= 0;
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

    /** Ends the look. What it did not read, and why; nothing waits any more. */
    public SortedMap<DeviceName, String> end(Duration now) {
        var left = new TreeMap<DeviceName, String>();
        stuck(now).forEach((name, age) -> left.put(name, noAnswer(age)));
        waiting.forEach((unit, disks) -> disks.forEach(name -> left.put(
                name, isFull() ? MOST + " reads of disks hang already" : "others of " + unit + " do not answer")));
        waiting.clear();
        reading.replaceAll((name, one) -> new Reading(one.unit(), one.since(), false));
        return left;
    }

    /** Why a disk that is stuck is not read. */
    public static String noAnswer(Duration age) {
        return "no answer for " + age.toSeconds() + " s";
    }

    /** Whether no read is at work. */
    public boolean isIdle() {
        return reading.isEmpty();
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
