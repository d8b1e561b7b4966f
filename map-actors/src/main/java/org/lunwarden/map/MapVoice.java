package org.lunwarden.map;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.apache.pekko.actor.typed.ActorRef;
import org.slf4j.Logger;

import org.lunwarden.io.IoResult.Refused;
import org.lunwarden.map.plan.KernelMap;
import org.lunwarden.map.plan.KernelView;
import org.lunwarden.map.plan.MapAction;
import org.lunwarden.model.map.MapTopology;

/** Tells the owner of a map, and the log, what became of it. */
final class MapVoice {

    private final MapLife life;
    private final Logger log;
    private final ActorRef<MapFact> facts;
    private final Complaints complaints;
    private Optional<MapTopology> published = Optional.empty();

    MapVoice(MapLife life, Logger log, ActorRef<MapFact> facts) {
        this.life = life;
        this.log = log;
        this.facts = facts;
        this.complaints = new Complaints(life.wwid(), log, facts);
    }

    /** How it is, when it is otherwise than before. */
    void publish() {
        var now = life.kernelMap().map(this::topology);
        if (now.isPresent() && !now.equals(published)) {
            published = now;
            facts.tell(new MapFact.MapIs(now.get()));
        }
    }

    /** What its paths must do now. */
    void ask(Duration now) {
        life.proofsWanted(now).forEach(path -> facts.tell(new MapFact.ProofWanted(life.wwid(), path)));
        life.pathNeeded(now).ifPresent(path -> facts.tell(new MapFact.PathNeeded(life.wwid(), path)));
    }

    /** See {@link Complaints#say}. */
    void complain(String what, String reason) {
        complaints.say(what, reason);
    }

    void tell(DmOperation.Outcome outcome, MapLife.Seen seen) {
        complaints.say(
                ActWords.of(outcome.action()),
                outcome.refusal().map(Refused::toString).orElse(""));
        switch (outcome.view()) {
            case KernelView.Unreadable(var refusal) -> complaints.say("look", refusal.toString());
            case KernelView.Present present -> complaints.forget(List.of("look", "map"));
            case KernelView.Absent absent -> complaints.forget(List.of("look", "map"));
            case KernelView.NameTaken taken -> complaints.forget(List.of("look"));
            case KernelView.Foreign foreign -> complaints.forget(List.of("look"));
        }
        if (outcome.action() instanceof MapAction.Create && outcome.refusal().isPresent() && !outcome.metAnother()) {
            facts.tell(new MapFact.NotMade(life.wwid()));
        }
        for (var path : seen.failedByKernel()) {
            log.warn("{}: the kernel failed path {}", life.wwid(), path);
            facts.tell(new MapFact.PathFailedByKernel(life.wwid(), path));
        }
        if (seen.vanished()) {
            published = Optional.empty();
            facts.tell(new MapFact.MapVanished(life.wwid()));
        }
    }

    /** Before it is made, as it would be made. */
    MapTopology topology() {
        return life.kernelMap()
                .map(this::topology)
                .orElseGet(() -> TopologyView.ofWanted(life.wwid(), life.settings(), life.allPaths()));
    }

    private MapTopology topology(KernelMap map) {
        return TopologyView.of(life.wwid(), map, life.allPaths());
    }
}
