package org.lunwarden.map;

import java.util.ArrayList;
import java.util.List;

import org.apache.pekko.actor.typed.ActorRef;

import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostAnswer.Move;
import org.lunwarden.model.fleet.HostAnswer.Outcome;

/** Who asked for a failback of a map and waits to hear how it went. */
final class FailbackQueue {

    private final Wwid wwid;
    private final List<ActorRef<Outcome>> asked = new ArrayList<>();
    private final List<ActorRef<Outcome>> switching = new ArrayList<>();

    FailbackQueue(Wwid wwid) {
        this.wwid = wwid;
    }

    void add(ActorRef<Outcome> replyTo) {
        asked.add(replyTo);
    }

    boolean isEmpty() {
        return asked.isEmpty();
    }

    /** All who asked get this for an answer. */
    void answer(Move move, String reason) {
        answer(asked, move, reason);
    }

    /** The switch that is being started answers all who asked so far. */
    void beginSwitch() {
        switching.addAll(asked);
        asked.clear();
    }

    void endSwitch(Move move, String reason) {
        answer(switching, move, reason);
    }

    private void answer(List<ActorRef<Outcome>> waiting, Move move, String reason) {
        waiting.forEach(replyTo -> replyTo.tell(new Outcome(wwid, move, reason)));
        waiting.clear();
    }
}
