package org.lunwarden.node;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import org.apache.pekko.actor.typed.ActorRef;

import org.lunwarden.model.Wwid;
import org.lunwarden.node.discovery.Candidates;

/** Who waits for a look at the disks of a WWID that begins after he asked. */
final class LookAskers {

    private record Asker(Wwid wwid, ActorRef<Discovery.Looked> replyTo) {}

    private final List<Asker> waiting = new ArrayList<>();
    private final List<Asker> underWay = new ArrayList<>();

    void ask(Wwid wwid, ActorRef<Discovery.Looked> replyTo) {
        waiting.add(new Asker(wwid, replyTo));
    }

    void begun() {
        underWay.addAll(waiting);
        waiting.clear();
    }

    /** The next look may end well. */
    void failed() {
        waiting.addAll(underWay);
        underWay.clear();
    }

    void ended(Candidates found) {
        for (var asker : underWay) {
            var left = new TreeSet<>(found.of(asker.wwid()));
            left.retainAll(found.unread().keySet());
            asker.replyTo().tell(new Discovery.Looked(left));
        }
        underWay.clear();
    }
}
