package org.lunwarden.fleet;

import java.time.Duration;
import java.util.function.Function;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.ClusterSingletonSettings;
import org.apache.pekko.cluster.typed.SingletonActor;

/** What a view starts for failbacks: a board and a spool of its own, and the fleet's one coordinator. */
final class FailbackActors {

    private FailbackActors() {}

    /**
     * A coordinator that restarts finds in the book what it was doing, and goes on with it; a spool finds on its disk what it
     * kept.
     */
    static ActorRef<FailbackCoordinator.Command> spawn(
            ActorContext<FleetGuardian.Command> context,
            FleetGuardian.Parts parts,
            ActorRef<ViewActor.Command> state,
            ActorRef<FailbackBoard.Command> board) {
        var settings = parts.settings();
        context.spawn(
                Behaviors.supervise(FailbackSpool.create(
                                settings.failbacks().folder().map(FailbackSpool::in)))
                        .onFailure(SupervisorStrategy.restart()),
                FailbackSpool.NAME,
                DispatcherSelector.blocking());
        var spools = SeedSpools.of(context.getSystem(), settings.seeds());
        var given = new FailbackParts(
                settings.failbacks().pace(),
                settings.failbacks().auto(),
                parts.memory()::windows,
                Membership.uniqueAddress(context.getSystem()),
                parts.clock());
        return ClusterSingleton.get(context.getSystem())
                .init(SingletonActor.of(
                                Behaviors.supervise(coordinator(
                                                state, board, given, own -> SharedBook.durable(own, spools)))
                                        .onFailure(SupervisorStrategy.restartWithBackoff(
                                                Duration.ofSeconds(1), Duration.ofSeconds(30), 0.2)),
                                "failback-coordinator")
                        .withSettings(ClusterSingletonSettings.create(context.getSystem())
                                .withRole(FleetRole.VIEW.word())));
    }

    /** Where the policy is on, the one coordinator has beside it the one that follows the policy. */
    static Behavior<FailbackCoordinator.Command> coordinator(
            ActorRef<ViewActor.Command> state,
            ActorRef<FailbackBoard.Command> board,
            FailbackParts given,
            Function<ActorContext<FailbackCoordinator.Command>, SharedBook> book) {
        return Behaviors.setup(context -> {
            if (given.auto().enabled()) {
                context.spawn(
                        Behaviors.supervise(AutoFailback.create(state, board, context.getSelf(), given.auto(), given))
                                .onFailure(SupervisorStrategy.restart()),
                        AutoFailback.NAME);
            }
            return FailbackCoordinator.create(state, given, book);
        });
    }

    static ActorRef<FailbackBoard.Command> board(
            ActorContext<FleetGuardian.Command> context, FleetGuardian.Parts parts) {
        return context.spawn(
                Behaviors.supervise(FailbackBoard.create(parts.memory().events, parts.clock()))
                        .onFailure(SupervisorStrategy.restart()),
                "failbacks");
    }
}
