package org.lunwarden.map;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import org.apache.pekko.actor.typed.ActorRef;

import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.Epoch;
import org.lunwarden.model.fleet.HostAnswer.Move;
import org.lunwarden.model.fleet.HostAnswer.Outcome;

/** Who asked something of a map, and waits to hear how it went. */
final class WishQueue {

    private static final String TOO_LATE = "it could not be begun in time";

    static final String OUTDATED = "who ordered it is not the one any more who may";

    private final List<Asked> asked = new ArrayList<>();
    private final List<Asked> underWay = new ArrayList<>();

    /** Hears how it went. */
    interface Reply {
        /** @param reason empty unless nothing was changed though it was to be */
        void went(Move move, String reason);

        /** Of a map that was to be moved to a group. */
        static Reply moved(Wwid wwid, ActorRef<Outcome> replyTo) {
            return (move, reason) -> replyTo.tell(new Outcome(wwid, move, reason));
        }

        /** Of a map that was to be loaded. */
        static Reply loaded(ActorRef<MapAnswer> replyTo) {
            return (move, reason) -> replyTo.tell(
                    move == Move.NOT_MOVED || move == Move.UNKNOWN
                            ? new MapAnswer.Refused(reason)
                            : new MapAnswer.Done());
        }
    }

    private record Asked(Wish wish, Duration beginBy, Reply reply) {

        boolean isTooLate(Duration now) {
            return now.compareTo(beginBy) > 0;
        }
    }

    /** @param beginBy uptime after which it must not be begun */
    void add(Wish wish, Duration beginBy, Reply reply) {
        asked.add(new Asked(wish, beginBy, reply));
    }

    /** What is asked for next; empty when nothing is. */
    Optional<Wish> next() {
        return asked.stream().findFirst().map(Asked::wish);
    }

    /** Those whose time is over get their answer. */
    void expire(Duration now) {
        answer(asked, request -> request.isTooLate(now), Move.NOT_MOVED, TOO_LATE);
    }

    /** What was asked for under an older epoch, and is not begun, is not done any more. */
    void withdraw(Epoch epoch) {
        answer(
                asked,
                request -> request.wish() instanceof Wish.FailBack(var older, var ports) && older.isOlderThan(epoch),
                Move.NOT_MOVED,
                OUTDATED);
    }

    /** Whether a failback was begun and has not ended. */
    boolean isFailingBack() {
        return underWay.stream().anyMatch(request -> request.wish() instanceof Wish.FailBack);
    }

    /** All who asked get this for an answer. */
    void answer(Move move, String reason) {
        answer(asked, request -> true, move, reason);
    }

    /** All who asked for the same get this for an answer. */
    void answer(Wish wish, Move move, String reason) {
        answer(asked, request -> request.wish().equals(wish), move, reason);
    }

    /**
     * What is being started answers all who asked so far for the same.
     *
     * @return when it must have begun: somebody has waited for it until then
     */
    Duration begin(Wish wish) {
        asked.stream().filter(request -> request.wish().equals(wish)).forEach(underWay::add);
        asked.removeAll(underWay);
        return underWay.stream()
                .map(Asked::beginBy)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Why an act that had to begin by then must not begin any more. */
    static Optional<String> lateness(Duration beginBy, Duration now) {
        return now.compareTo(beginBy) > 0 ? Optional.of(TOO_LATE) : Optional.empty();
    }

    /** What was begun for a wish, if anything was, has ended so. */
    void end(Move move, String reason) {
        answer(underWay, request -> true, move, reason);
    }

    private static void answer(List<Asked> waiting, Predicate<Asked> which, Move move, String reason) {
        var answered = waiting.stream().filter(which).toList();
        waiting.removeAll(answered);
        answered.forEach(request -> request.reply().went(move, reason));
    }
}
