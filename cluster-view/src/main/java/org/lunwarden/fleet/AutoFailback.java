package org.lunwarden.fleet;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

import org.lunwarden.fleet.FailbackAsked.StartReply;
import org.lunwarden.fleet.FailbackProgress.Phase;
import org.lunwarden.fleet.failback.AutoPolicy;
import org.lunwarden.fleet.failback.FailbackPlan;

/**
 * Has the coordinator beside it begin a failback where nobody has to be asked. What the policy rests on is in the book that
 * the views share, so that it holds for the next coordinator, too.
 */
final class AutoFailback {

    /** Who begins it. */
    static final String NAME = "auto";

    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    sealed interface Command {}

    private record Look() implements Command {}

    private record Known(List<FailbackProgress> failbacks) implements Command {}

    private record Seen(FleetSnapshot fleet, List<FailbackProgress> failbacks) implements Command {}

    private record Told(StartReply reply) implements Command {}

    private record NoAnswer() implements Command {}

    private final ActorContext<Command> context;
    private final ActorRef<ViewActor.Command> view;
    private final ActorRef<FailbackBoard.Command> board;
    private final ActorRef<? super FailbackAsked.Start> coordinator;
    private final AutoPolicy policy;
    private final FailbackParts parts;

    private AutoFailback(
            ActorContext<Command> context,
            ActorRef<ViewActor.Command> view,
            ActorRef<FailbackBoard.Command> board,
            ActorRef<? super FailbackAsked.Start> coordinator,
            AutoPolicy policy,
            FailbackParts parts) {
        this.context = context;
        this.view = view;
        this.board = board;
        this.coordinator = coordinator;
        this.policy = policy;
        this.parts = parts;
    }

    static Behavior<Command> create(
            ActorRef<ViewActor.Command> view,
            ActorRef<FailbackBoard.Command> board,
            ActorRef<? super FailbackAsked.Start> coordinator,
            AutoPolicy policy,
            FailbackParts parts) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(new Look(), LOOK);
            return Behaviors.receiveMessage(new AutoFailback(context, view, board, coordinator, policy, parts)::on);
        }));
    }

    private Behavior<Command> on(Command command) {
        switch (command) {
            case Look() ->
                context.ask(
                        FailbackBoard.Shown.class,
                        board,
                        PATIENCE,
                        FailbackBoard.Show::new,
                        (shown, late) -> shown != null ? new Known(shown.failbacks()) : new NoAnswer());
            case Known(var failbacks) ->
                context.ask(
                        FleetSnapshot.class,
                        view,
                        PATIENCE,
                        ViewActor.GetSnapshot::new,
                        (fleet, late) -> fleet != null ? new Seen(fleet, failbacks) : new NoAnswer());
            case Seen(var fleet, var failbacks) -> judge(fleet, failbacks);
            case Told(var reply) ->
                reply.started().ifPresent(begun -> context.getLog().info("{} begins by itself", begun.id()));
            case NoAnswer() -> {}
        }
        return Behaviors.same();
    }

    private void judge(FleetSnapshot fleet, List<FailbackProgress> failbacks) {
        var situation = FailbackFacts.situation(
                fleet, parts.windows().get(), parts.clock().instant());
        var isFree = failbacks.stream().noneMatch(each -> each.phase().isLive());
        if (!isFree || policy.hindrance(situation, past(failbacks)).isPresent()) {
            return;
        }
        var plan = FailbackPlan.of(Optional.empty(), situation, parts.settings());
        if (!plan.isEmpty()) {
            context.ask(
                    StartReply.class,
                    coordinator,
                    PATIENCE,
                    replyTo -> new FailbackAsked.Start(Optional.empty(), Optional.empty(), NAME, replyTo),
                    (reply, late) -> reply != null ? new Told(reply) : new NoAnswer());
        }
    }

    static List<AutoPolicy.Past> past(List<FailbackProgress> failbacks) {
        return failbacks.stream()
                .filter(each -> !each.phase().isLive())
                .map(each ->
                        new AutoPolicy.Past(each.startedAt(), each.by().equals(NAME), each.phase() == Phase.STOPPED))
                .toList();
    }
}
