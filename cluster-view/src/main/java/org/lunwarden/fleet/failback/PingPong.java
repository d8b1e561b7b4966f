package org.lunwarden.fleet.failback;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.lunwarden.model.Component;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;

/**
 * Finds LUNs that hosts take from each other: two hosts go on switching the same LUN though nothing that either prefers has
 * failed. A fabric that fails and comes back gives each host one such switch, its way home. Pure.
 *
 * @param recent switches of the last minute by LUN, oldest first
 */
public record PingPong(SortedMap<Wwid, List<GroupSwitch>> recent) {

    public static final PingPong NONE = new PingPong(Collections.emptySortedMap());

    static final Duration WITHIN = Duration.ofMinutes(1);
    /** Switches of each of the two hosts: it was driven off and went home, twice. */
    static final int EACH = 4;

    public PingPong {
        recent = Collections.unmodifiableSortedMap(new TreeMap<>(recent));
    }

    /** The same with these, and without what is long ago. */
    public PingPong heard(Collection<GroupSwitch> switches, Instant now) {
        var next = new TreeMap<Wwid, List<GroupSwitch>>();
        recent.forEach((map, known) -> next.put(map, new ArrayList<>(known)));
        switches.forEach(
                one -> next.computeIfAbsent(one.map(), any -> new ArrayList<>()).add(one));
        var begin = now.minus(WITHIN);
        next.values().forEach(known -> known.removeIf(one -> one.at().isBefore(begin)));
        next.values().removeIf(List::isEmpty);
        next.replaceAll((map, known) -> List.copyOf(known));
        return new PingPong(next);
    }

    /** Sorted by LUN. */
    public List<Dispute> disputes(Instant now) {
        var begin = now.minus(WITHIN);
        return recent.values().stream()
                .map(known ->
                        known.stream().filter(one -> !one.at().isBefore(begin)).toList())
                .flatMap(known -> dispute(known).stream())
                .toList();
    }

    private static Optional<Dispute> dispute(List<GroupSwitch> switches) {
        var ofHost = new TreeMap<HostId, List<GroupSwitch>>();
        switches.forEach(one ->
                ofHost.computeIfAbsent(one.host(), any -> new ArrayList<>()).add(one));
        var busy = ofHost.values().stream()
                .filter(known -> known.size() >= EACH)
                .sorted(Comparator.comparingInt((List<GroupSwitch> known) -> -known.size()))
                .toList();
        if (busy.size() < 2) {
            return Optional.empty();
        }
        var one = busy.getFirst().getLast();
        var rivals = busy.subList(1, busy.size()).stream().map(List::getLast).toList();
        var other = rivals.stream()
                .filter(rival -> disagree(one, rival))
                .findFirst()
                .orElse(rivals.getFirst());
        return Optional.of(new Dispute(
                one.map(),
                one.host(),
                other.host(),
                switches.size(),
                switches.getFirst().at(),
                switches.getLast().at(),
                disagree(one, other)
                        ? one.host() + " prefers " + ids(one) + ", " + other.host() + " prefers " + ids(other)
                        : ""));
    }

    private static boolean disagree(GroupSwitch one, GroupSwitch other) {
        return !one.preferred().isEmpty()
                && !other.preferred().isEmpty()
                && Collections.disjoint(one.preferred(), other.preferred());
    }

    private static String ids(GroupSwitch one) {
        return String.join(
                ", ", one.preferred().stream().sorted().map(Component::toString).toList());
    }
}
