package org.lunwarden.map;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

import org.lunwarden.io.AuditTrail;
import org.lunwarden.io.HostClock;
import org.lunwarden.map.plan.MapAction;

/**
 * Has the actions of one map carried out, one at a time, for one life of its actor, and tells when one hangs.
 *
 * <p>An operation can hang only once a thread is at work on it: one that waits for a thread says nothing of the map.
 */
final class Execution {

    /** How long a thread may be at work before the operation counts as stuck. */
    static final Duration DEADLINE = Duration.ofSeconds(10);

    /** No path is failed with a load on reports that are older. */
    private static final Duration REPORTS_LAST = Duration.ofSeconds(1);

    private final ActorContext<MapActor.Command> context;
    private final TimerScheduler<MapActor.Command> timers;
    private final MapLife life;
    private final MapOperations operations;
    private final HostClock clock;
    private final ActorRef<MapFact> facts;
    private Optional<UnderWay> underWay = Optional.empty();
    private int count;

    /**
     * @param number counts the operations of this life
     * @param taken since when a thread is at work; empty while the operation waits for one
     */
    private record UnderWay(MapAction action, int number, Duration asked, Optional<Duration> taken, boolean toldStuck) {

        UnderWay takenAt(Duration now) {
            return new UnderWay(action, number, asked, Optional.of(now), toldStuck);
        }

        UnderWay told() {
            return new UnderWay(action, number, asked, taken, true);
        }

        Duration since() {
            return taken.orElse(asked);
        }
    }

    Execution(
            ActorContext<MapActor.Command> context,
            TimerScheduler<MapActor.Command> timers,
            MapLife life,
            MapOperations operations,
            HostClock clock,
            ActorRef<MapFact> facts) {
        this.context = context;
        this.timers = timers;
        this.life = life;
        this.operations = operations;
        this.clock = clock;
        this.facts = facts;
    }

    /** What is under way. */
    Optional<MapAction> action() {
        return underWay.map(UnderWay::action);
    }

    /** @param veto asked by the thread that takes it up: a reason not to begin any more */
    void start(MapAction action, Supplier<Optional<String>> veto) {
        if (action instanceof MapAction.Look) {
            context.getLog().debug("{}: look", life.wwid());
        } else {
            AuditTrail.note(life.wwid(), ActWords.audit(action));
        }
        var now = clock.uptime();
        var number = ++count;
        var asked = new UnderWay(action, number, now, Optional.empty(), false);
        underWay = Optional.of(operations.isUnderWay(life.wwid()) ? asked.takenAt(now) : asked);
        lookAgainAfter(DEADLINE);
        var self = context.getSelf();
        var order = new MapOperations.Order(
                life.wwid(),
                action,
                life.name(),
                Upkeep.udev(life.settings()),
                () -> self.tell(new MapActor.Taken(this, number)),
                veto,
                () -> clock.uptime().minus(now).compareTo(REPORTS_LAST) <= 0);
        context.pipeToSelf(operations.start(order), this::piped);
    }

    /** Says what is to be done when the daemon ends, as things stand. */
    void prepareFarewell() {
        operations.atClose(
                new MapOperations.Order(
                        life.wwid(),
                        Upkeep.farewell(),
                        life.name(),
                        Upkeep.udev(life.settings()),
                        () -> {},
                        Optional::empty),
                Upkeep.queueWithoutDaemon(life.settings(), operations.words().isQueueingDisabled(life.wwid())));
    }

    private MapActor.Command piped(MapOperations.@Nullable Ended ended, @Nullable Throwable broke) {
        if (ended != null) {
            return new MapActor.Done(this, ended);
        }
        return new MapActor.Broke(this, broke != null ? broke : new IllegalStateException("no outcome"));
    }

    void taken(int number) {
        underWay.filter(call -> call.number() == number).ifPresent(call -> {
            underWay = Optional.of(call.takenAt(clock.uptime()));
            lookAgainAfter(DEADLINE);
        });
    }

    /** It has taken long: told ever more rarely. */
    void overdue() {
        underWay.ifPresent(call -> {
            var word = ActWords.of(call.action());
            var since = clock.uptime().minus(call.since());
            lookAgainAfter(since.compareTo(DEADLINE) > 0 ? since : DEADLINE);
            if (call.taken().isEmpty()) {
                context.getLog().warn("{}: {} waits, its turn has not come for {}", life.wwid(), word, since);
                return;
            }
            context.getLog().error("{}: {} has not returned for {}", life.wwid(), word, since);
            facts.tell(new MapFact.Stuck(life.wwid(), word, since));
            underWay = Optional.of(call.told());
        });
    }

    void ended() {
        underWay.filter(UnderWay::toldStuck)
                .ifPresent(call -> facts.tell(new MapFact.Freed(
                        life.wwid(), ActWords.of(call.action()), clock.uptime().minus(call.since()))));
        underWay = Optional.empty();
        timers.cancel(MapActor.Overdue.class);
    }

    private void lookAgainAfter(Duration wait) {
        timers.startSingleTimer(MapActor.Overdue.class, new MapActor.Overdue(), wait);
    }
}
