package org.lunwarden.fleet;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.JoinSeedNodes;

import org.lunwarden.model.fleet.HostCommands;

/** The root of one fleet system: joins the fleet and starts what the member's roles ask for. */
final class FleetGuardian {

    sealed interface Command {}

    /** Tells the views that the daemon is being stopped. */
    record SayGoodbye() implements Command {}

    private record FoundAfterAll() implements Command {}

    /** The actors that others talk to. */
    record Actors(Scheduler scheduler, Optional<ActorRef<HostShare.Command>> share, Optional<ViewActors> view) {}

    /** @param coordinator the fleet's one, wherever it runs */
    record ViewActors(
            ActorRef<ViewActor.Command> state,
            ActorRef<FailbackBoard.Command> board,
            ActorRef<FailbackCoordinator.Command> coordinator,
            ActorRef<WindowBook.Command> windows,
            ActorRef<Resizes.Command> resizes) {}

    /**
     * What a fleet system is made of.
     *
     * @param life 1 for the first of this member
     * @param actors completed once they are there
     */
    record Parts(
            FleetSettings settings,
            int life,
            LatestReport latest,
            Optional<HostCommands> host,
            ViewMemory memory,
            SteadyClock clock,
            CompletableFuture<Actors> actors) {}

    private FleetGuardian() {}

    static Behavior<Command> create(Parts parts) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            join(context, timers, parts);
            var actors = spawn(context, parts);
            parts.actors().complete(actors);
            return Behaviors.receiveMessage(command -> {
                switch (command) {
                    case SayGoodbye() -> actors.share().ifPresent(share -> share.tell(new HostShare.SayGoodbye()));
                    case FoundAfterAll() -> foundUnlessMember(context);
                }
                return Behaviors.same();
            });
        }));
    }

    /** Both restart at once; a report that was lost by it is asked for again within a heartbeat. */
    private static Actors spawn(ActorContext<Command> context, Parts parts) {
        var settings = parts.settings();
        context.spawn(
                Behaviors.supervise(IslandWatch.create(settings)).onFailure(SupervisorStrategy.restart()),
                IslandWatch.NAME);
        var view = settings.isView() ? Optional.of(spawnView(context, parts)) : Optional.<ViewActors>empty();
        var share = parts.host()
                .filter(host -> settings.isHost())
                .map(host -> context.spawn(
                        Behaviors.supervise(HostShare.create(parts.latest()::now, host, settings.timings()))
                                .onFailure(SupervisorStrategy.restart()),
                        "share"));
        return new Actors(context.getSystem().scheduler(), share, view);
    }

    private static ViewActors spawnView(ActorContext<Command> context, Parts parts) {
        var state = context.spawn(
                Behaviors.supervise(ViewActor.create(parts.settings(), parts.memory(), parts.clock()))
                        .onFailure(SupervisorStrategy.restart()),
                "view");
        var board = FailbackActors.board(context, parts);
        var coordinator = FailbackActors.spawn(context, parts, state, board);
        context.spawn(
                Behaviors.supervise(ReplicationWatch.create(parts.memory().counts, parts.clock()))
                        .onFailure(SupervisorStrategy.restart()),
                "replication-watch");
        context.spawn(
                Behaviors.supervise(SiteWatch.create(
                                parts.memory(), parts.settings().address()))
                        .onFailure(SupervisorStrategy.restart()),
                "site-watch");
        var resizes = context.spawn(
                Behaviors.supervise(Resizes.create(state, parts.clock())).onFailure(SupervisorStrategy.restart()),
                "resizes");
        return new ViewActors(state, board, coordinator, AlertActors.spawn(context, parts, state), resizes);
    }

    /**
     * A member that was in a fleet before looks for the others first, even if it is the one that founds: cut off, it
     * would found a second fleet. If all are gone it founds in the end.
     */
    private static void join(ActorContext<Command> context, TimerScheduler<Command> timers, Parts parts) {
        var cluster = Cluster.get(context.getSystem());
        var settings = parts.settings();
        var others = settings.seeds().stream()
                .filter(seed -> !seed.equals(settings.address()))
                .toList();
        if (others.isEmpty()) {
            cluster.manager().tell(new Join(cluster.selfMember().address()));
        } else if (parts.life() == 1) {
            cluster.manager().tell(new JoinSeedNodes(addresses(cluster, settings.seeds())));
        } else {
            cluster.manager().tell(new JoinSeedNodes(addresses(cluster, others)));
            if (settings.seeds().getFirst().equals(settings.address())) {
                var patience = settings.timings().stableAfter().multipliedBy(2).plus(Duration.ofSeconds(10));
                timers.startSingleTimer(new FoundAfterAll(), patience);
            }
        }
    }

    private static void foundUnlessMember(ActorContext<Command> context) {
        var cluster = Cluster.get(context.getSystem());
        if (cluster.selfMember().status().equals(MemberStatus.removed())) {
            context.getLog().warn("none of the other seeds is in a fleet: founding one");
            cluster.manager().tell(new Join(cluster.selfMember().address()));
        }
    }

    private static List<Address> addresses(Cluster cluster, List<MemberAddress> members) {
        var self = cluster.selfMember().address();
        return members.stream()
                .map(member -> new Address(self.protocol(), self.system(), member.host(), member.port()))
                .toList();
    }
}
