package org.lunwarden.fleet.failback;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;

import org.lunwarden.fleet.failback.FailbackRun.Stage;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostAnswer.Move;
import org.lunwarden.model.fleet.HostAnswer.Outcome;
import org.lunwarden.model.fleet.HostId;

/**
 * What a wave is at.
 *
 * @param sent whether the hosts were told; what follows from it is on the disks of most of the seeds before
 * @param asked how often the hosts were asked whether they could move their maps
 * @param steps maps that are asked for or moved, by host
 * @param awaited hosts that have not answered
 * @param outcomes what the others answered
 * @param refusal of a host that would not even look, in words
 * @param due not sent before, or to be answered by, or to be seen well by
 * @param wellSince since when the wave was seen well; empty while it was not
 */
record Round(
        Stage stage,
        boolean sent,
        int asked,
        SortedMap<HostId, List<Wwid>> steps,
        NavigableSet<HostId> awaited,
        SortedMap<HostId, List<Outcome>> outcomes,
        Optional<String> refusal,
        Instant due,
        Optional<Instant> wellSince) {

    Round {
        steps = Collections.unmodifiableSortedMap(new TreeMap<>(steps));
        awaited = Collections.unmodifiableNavigableSet(new TreeSet<>(awaited));
        outcomes = Collections.unmodifiableSortedMap(new TreeMap<>(outcomes));
    }

    static Round unsent(Stage stage, int asked, SortedMap<HostId, List<Wwid>> steps, Instant notBefore) {
        return new Round(
                stage,
                false,
                asked,
                steps,
                Collections.emptyNavigableSet(),
                Collections.emptySortedMap(),
                Optional.empty(),
                notBefore,
                Optional.empty());
    }

    /** The same maps, which are to be seen on their best group. */
    Round watching(Instant seenBy, Optional<Instant> newWellSince) {
        return new Round(
                Stage.WATCHING,
                true,
                asked,
                steps,
                Collections.emptyNavigableSet(),
                outcomes,
                Optional.empty(),
                seenBy,
                newWellSince);
    }

    /** With those moved of which that was not known, and which are seen where they belong. */
    Round settled(BiPredicate<HostId, Wwid> isHome) {
        var known = new TreeMap<HostId, List<Outcome>>();
        outcomes.forEach((host, all) -> known.put(
                host,
                all.stream()
                        .map(each -> each.move() == Move.UNKNOWN && isHome.test(host, each.wwid())
                                ? new Outcome(each.wwid(), Move.SWITCHED, "")
                                : each)
                        .toList()));
        return new Round(stage, sent, asked, steps, awaited, known, refusal, due, wellSince);
    }

    /** The first map of which nobody knows whether it was moved, and why, in words. */
    Optional<String> unsettled() {
        return outcomes.entrySet().stream()
                .flatMap(host -> host.getValue().stream()
                        .filter(each -> each.move() == Move.UNKNOWN)
                        .map(each ->
                                "map " + each.wwid() + " on host " + host.getKey() + " is not known: " + each.reason()))
                .findFirst();
    }

    /** Whether hosts may yet move what they were told to. */
    boolean isOpen() {
        return sent
                && (stage == Stage.MOVING
                        || (stage == Stage.WATCHING && unsettled().isPresent()));
    }

    static Round over(Stage stage, Instant now) {
        return unsent(stage, 0, Collections.emptySortedMap(), now);
    }

    Round sent(Instant newDue) {
        return new Round(
                stage, true, asked, steps, new TreeSet<>(steps.keySet()), outcomes, refusal, newDue, Optional.empty());
    }

    Round answered(HostId host, List<Outcome> told) {
        var left = new TreeSet<>(awaited);
        left.remove(host);
        var all = new TreeMap<>(outcomes);
        all.put(host, List.copyOf(told));
        return new Round(stage, sent, asked, steps, left, all, refusal, due, wellSince);
    }

    Round refused(String why) {
        return new Round(
                stage, sent, asked, steps, awaited, outcomes, refusal.or(() -> Optional.of(why)), due, wellSince);
    }

    boolean isAwaiting(HostId host) {
        return sent && awaited.contains(host);
    }
}
