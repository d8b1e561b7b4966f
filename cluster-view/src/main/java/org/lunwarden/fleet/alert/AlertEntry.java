package org.lunwarden.fleet.alert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

import org.lunwarden.fleet.alert.Notification.Kind;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.fleet.wire.Wire;

/**
 * What was told of one incident, and what is still to be told to whom. The views keep it together: it outlives whoever
 * tells.
 *
 * @param incident by the id under which it was first told of
 * @param names all ids that the incident goes by, sorted
 * @param epoch of the notifier that wrote it
 * @param write which write of that notifier it was part of, from 1; 0 where a version wrote it that did not count them, or
 *     nobody has yet
 * @param last what was decided last
 * @param due what at least one channel has not got yet, oldest first
 * @param delivered by channel, the highest number that it got
 */
public record AlertEntry(
        String incident,
        List<String> names,
        long epoch,
        long write,
        Notification last,
        List<Notification> due,
        Map<String, Integer> delivered)
        implements Wire {

    /** What was written last of a book is the greatest. */
    public static final Comparator<AlertEntry> BY_WRITE = Comparator.comparingLong(AlertEntry::epoch)
            .thenComparingLong(AlertEntry::write)
            .thenComparing(AlertEntry::incident);

    private static final Comparator<AlertEntry> BY_WRITING = Comparator.comparingLong(AlertEntry::epoch)
            .thenComparingInt(entry -> entry.last().number())
            .thenComparingLong(AlertEntry::write)
            .thenComparing(AlertEntry::isRemembered)
            .thenComparing(entry -> entry.due().size(), Comparator.reverseOrder());

    /** So much waits for one channel that does not take it; more of it is left out, the oldest updates first. */
    static final int MOST_DUE = 8;

    public AlertEntry {
        names = List.copyOf(names);
        due = List.copyOf(due);
        delivered = new TreeMap<>(delivered);
    }

    static AlertEntry first(Incident incident, Notification firing) {
        return new AlertEntry(firing.incident(), namesOf(List.of(), incident), 0, 0, firing, List.of(firing), Map.of());
    }

    private static List<String> namesOf(Collection<String> known, Incident incident) {
        var names = new TreeSet<>(known);
        names.add(incident.id());
        names.addAll(incident.formerIds());
        return List.copyOf(names);
    }

    public boolean isOf(Incident one) {
        return one.isKnownAs(incident) || names.contains(one.id());
    }

    /** The same in few words: what was decided last, and nothing of before. */
    AlertEntry brief() {
        var least = last.brief();
        var still = due.isEmpty() ? List.<Notification>of() : List.of(least);
        return new AlertEntry(incident, names, epoch, write, least, still, delivered);
    }

    /** Of what is done: its names, and how often it was told of. Should it come back, no number is given twice. */
    public AlertEntry remembered() {
        return new AlertEntry(incident, names, epoch, write, last.bare(), List.of(), delivered);
    }

    public boolean isRemembered() {
        return last.isBare();
    }

    /** Characters of all of it. */
    public int size() {
        return incident.length()
                + names.stream().mapToInt(String::length).sum()
                + last.size()
                + due.stream().mapToInt(Notification::size).sum();
    }

    public boolean isOpen() {
        return !last.isResolved();
    }

    /** Says one thing more. */
    AlertEntry told(Notification next) {
        var more = new ArrayList<>(due);
        more.add(next);
        for (var at = 1; more.size() > MOST_DUE && at < more.size() - 1; ) {
            if (more.get(at).kind() == Kind.UPDATED) {
                more.remove(at);
            } else {
                at++;
            }
        }
        while (more.size() > MOST_DUE) {
            more.removeFirst();
        }
        return new AlertEntry(incident, names, epoch, write, next, more, delivered);
    }

    AlertEntry known(Incident now) {
        var all = namesOf(names, now);
        return all.equals(names) ? this : new AlertEntry(incident, all, epoch, write, last, due, delivered);
    }

    /** As part of that write of that notifier. */
    public AlertEntry written(long byEpoch, long inWrite) {
        return new AlertEntry(incident, names, byEpoch, inWrite, last, due, delivered);
    }

    /**
     * Whether a view that knows this one has heard of the other one, too, if only that it was dropped. A view hears of all
     * writes of a notifier in their order, and a notifier begins with a write of all that it knows.
     */
    boolean isHeardAfter(AlertEntry other) {
        return write > 0 && (epoch > other.epoch || (epoch == other.epoch && other.write > 0 && write >= other.write));
    }

    /** What that channel is told next, after all that it got. One that never heard of the incident is not told its end. */
    public Optional<Notification> nextFor(String channel) {
        var got = delivered.getOrDefault(channel, 0);
        return due.stream()
                .filter(each -> each.number() > got)
                .filter(each -> got > 0 || !each.isResolved())
                .findFirst();
    }

    /** That channel got what has this number. What all channels have got is dropped. */
    public AlertEntry delivered(String channel, int number, Collection<String> channels) {
        var now = new TreeMap<>(delivered);
        now.merge(channel, number, Math::max);
        return new AlertEntry(incident, names, epoch, write, last, due, now).without(channels);
    }

    private AlertEntry without(Collection<String> channels) {
        var still = due.stream()
                .filter(each ->
                        channels.stream().anyMatch(channel -> delivered.getOrDefault(channel, 0) < each.number()))
                .toList();
        return new AlertEntry(incident, names, epoch, write, last, still, delivered);
    }

    /**
     * What two views know of it together: what was written last, and whatever any channel got. What was never agreed on may
     * have had a number that was given again since; so nobody has got more than there is.
     */
    AlertEntry with(AlertEntry other) {
        var later = BY_WRITING.compare(this, other) >= 0 ? this : other;
        var all = new TreeSet<>(names);
        all.addAll(other.names);
        var got = new TreeMap<>(delivered);
        other.delivered.forEach((channel, number) -> got.merge(channel, number, Math::max));
        got.replaceAll((channel, number) -> Math.min(number, later.last.number()));
        return new AlertEntry(incident, List.copyOf(all), later.epoch, later.write, later.last, later.due, got);
    }

    /** Whether nothing of it is of use any more. */
    public boolean isDone(Collection<String> channels, Instant resolvedBefore) {
        return !isOpen()
                && last.at().isBefore(resolvedBefore)
                && channels.stream().allMatch(channel -> nextFor(channel).isEmpty());
    }
}
