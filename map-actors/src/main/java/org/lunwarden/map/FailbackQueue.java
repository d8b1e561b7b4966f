package org.lunwarden.map;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import org.apache.pekko.actor.typed.ActorRef;

import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostAnswer.Move;
import org.lunwarden.model.fleet.HostAnswer.Outcome;

/** Who asked for a map to be moved to its best group, or to another, and waits to hear how it went. */
final class FailbackQueue {

    private static final String TOO_LATE = "it could not be begun in time";

    private final Wwid wwid;
    private final List<Asked> asked = new ArrayList<>();
    private final List<Asked> switching = new ArrayList<>();

    private record Asked(ActorRef<Outcome> replyTo, Duration beginBy, Optional<Integer> group) {

        boolean isTooLate(Duration now) {
            return now.compareTo(beginBy) > 0;
        }
    }

    FailbackQueue(Wwid wwid) {
        this.wwid = wwid;
    }

    /**
     * @param beginBy uptime after which it must not be begun
     * @param group 1-based; empty for the best
     */
    void add(ActorRef<Outcome> replyTo, Duration beginBy, Optional<Integer> group) {
        asked.add(new Asked(replyTo, beginBy, group));
    }

    /** The group that is asked for next; empty for the best. */
    Optional<Integer> group() {
        return asked.getFirst().group();
    }

    boolean isEmpty() {
        return asked.isEmpty();
    }

    /** Those whose time is over get their answer. */
    void expire(Duration now) {
        answer(asked, request -> request.isTooLate(now), Move.NOT_MOVED, TOO_LATE);
    }

    /** All who asked get this for an answer. */
    void answer(Move move, String reason) {
        answer(asked, request -> true, move, reason);
    }

    /** All who asked for that group get this for an answer. */
    void answer(Optional<Integer> group, Move move, String reason) {
        answer(asked, request -> request.group().equals(group), move, reason);
    }

    /**
     * The switch that is being started answers all who asked so far for the same group.
     *
     * @return when it must have begun: somebody has waited for it until then
     */
    Duration beginSwitch() {
        var group = group();
        asked.stream().filter(request -> request.group().equals(group)).forEach(switching::add);
        asked.removeAll(switching);
        return switching.stream()
                .map(Asked::beginBy)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Why a switch that had to begin by then must not begin any more. */
    static Optional<String> lateness(Duration beginBy, Duration now) {
        return now.compareTo(beginBy) > 0 ? Optional.of(TOO_LATE) : Optional.empty();
    }

    void endSwitch(Move move, String reason) {
        answer(switching, request -> true, move, reason);
    }

    private void answer(List<Asked> waiting, Predicate<Asked> which, Move move, String reason) {
        waiting.removeIf(request -> {
            if (which.test(request)) {
                request.replyTo().tell(new Outcome(wwid, move, reason));
            }
            return which.test(request);
        });
    }
}
