package org.lunwarden.map;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import org.apache.pekko.actor.typed.ActorRef;
import org.slf4j.Logger;

import org.lunwarden.model.Wwid;

/** Says what cannot be done to a map, once for each reason. */
final class Complaints {

    private final Wwid wwid;
    private final Logger log;
    private final ActorRef<MapFact> facts;
    private final Map<String, String> said = new HashMap<>();

    Complaints(Wwid wwid, Logger log, ActorRef<MapFact> facts) {
        this.wwid = wwid;
        this.log = log;
        this.facts = facts;
    }

    /** An empty reason: there is nothing to say any more. */
    void say(String what, String reason) {
        if (reason.isEmpty()) {
            said.remove(what);
        } else if (!reason.equals(said.put(what, reason))) {
            log.warn("{}: {} refused: {}", wwid, what, reason);
            facts.tell(new MapFact.Refusal(wwid, what, reason));
        }
    }

    /** These work again: the same refusal would be news. */
    void forget(Collection<String> what) {
        said.keySet().removeAll(what);
    }
}
