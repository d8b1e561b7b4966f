package org.lunwarden.map;

import java.time.Duration;
import java.util.Optional;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

import org.lunwarden.io.AuditTrail;
import org.lunwarden.io.HostClock;
import org.lunwarden.io.IoResult.Refused;
import org.lunwarden.map.plan.MapAction;

/**
 * Has what stands on a map's paths moved onto it, beside the map's own acts, for one life of its actor: that may wait for
 * I/O which is none of the map's.
 */
final class Reassigning {

    private final ActorContext<MapActor.Command> context;
    private final TimerScheduler<MapActor.Command> timers;
    private final MapLife life;
    private final MapOperations operations;
    private final HostClock clock;
    private final MapVoice voice;
    private final ActorRef<MapFact> facts;
    private Duration since = Duration.ZERO;
    private boolean toldStuck;

    Reassigning(
            ActorContext<MapActor.Command> context,
            TimerScheduler<MapActor.Command> timers,
            MapLife life,
            MapOperations operations,
            HostClock clock,
            MapVoice voice,
            ActorRef<MapFact> facts) {
        this.context = context;
        this.timers = timers;
        this.life = life;
        this.operations = operations;
        this.clock = clock;
        this.voice = voice;
        this.facts = facts;
    }

    void start(MapAction.Reassign reassign) {
        AuditTrail.note(life.wwid(), ActWords.audit(reassign));
        life.reassignBegun(reassign);
        since = clock.uptime();
        toldStuck = false;
        var decided = since;
        var order = new MapOperations.Order(
                life.wwid(), reassign, life.name(), Upkeep.udev(life.settings()), () -> {}, () -> veto(decided));
        timers.startSingleTimer(MapActor.ReassignOverdue.class, new MapActor.ReassignOverdue(), Execution.DEADLINE);
        context.pipeToSelf(
                operations.startBeside(order),
                (ended, broke) -> new MapActor.ReassignEnded(this, reassign, refusal(ended, broke)));
    }

    private Optional<String> veto(Duration decided) {
        if (operations.isClosed()) {
            return Optional.of("the daemon stops");
        }
        return clock.uptime().minus(decided).compareTo(KernelFailures.PROOF_LASTS) > 0
                ? Optional.of("the proof of its paths is too old")
                : Optional.empty();
    }

    private static Optional<String> refusal(MapOperations.@Nullable Ended ended, @Nullable Throwable broke) {
        return switch (ended) {
            case null -> Optional.of(String.valueOf(broke));
            case MapOperations.NotBegun(var action, var reason) -> Optional.of(reason);
            case MapOperations.Performed(var outcome) -> outcome.refusal().map(Refused::toString);
        };
    }

    void ended(MapAction.Reassign reassign, Optional<String> refusal) {
        timers.cancel(MapActor.ReassignOverdue.class);
        var now = clock.uptime();
        if (toldStuck) {
            facts.tell(new MapFact.Freed(life.wwid(), ActWords.of(reassign), now.minus(since)));
        }
        life.reassignEnded(reassign, refusal.isEmpty(), now);
        voice.complain(ActWords.of(reassign), refusal.orElse(""));
    }

    /** It has taken long: told ever more rarely. */
    void overdue() {
        var age = clock.uptime().minus(since);
        var wait = age.compareTo(Execution.DEADLINE) > 0 ? age : Execution.DEADLINE;
        timers.startSingleTimer(MapActor.ReassignOverdue.class, new MapActor.ReassignOverdue(), wait);
        context.getLog().error("{}: what stands on its paths has not been moved for {}", life.wwid(), age);
        facts.tell(new MapFact.Stuck(life.wwid(), "reassign", age));
        toldStuck = true;
    }
}
