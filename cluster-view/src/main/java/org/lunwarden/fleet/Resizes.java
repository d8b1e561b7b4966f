package org.lunwarden.fleet;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;

import org.lunwarden.fleet.resize.ResizeAct;
import org.lunwarden.fleet.resize.ResizePlan;
import org.lunwarden.fleet.resize.ResizeProgress;
import org.lunwarden.fleet.resize.ResizeRun;
import org.lunwarden.fleet.wire.ToView;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostId;

/**
 * The resizes that were asked of this view. They end with it: a map has its size or has not, and another one finds out.
 */
final class Resizes {

    /** So many are remembered. */
    private static final int MOST = 100;

    private static final Duration LOOK = Duration.ofSeconds(5);

    sealed interface Command {}

    record Start(Wwid wwid, String by, ActorRef<ResizeProgress> replyTo) implements Command {}

    record Find(String id, ActorRef<Found> replyTo) implements Command {}

    record Found(Optional<ResizeProgress> resize) {}

    private record Seen(Start start, ResizePlan plan) implements Command {}

    private record Listed(Receptionist.Listing listing) implements Command {}

    private record Answered(String id, HostId host, HostAnswer answer) implements Command {}

    private final ActorContext<Command> context;
    private final ActorRef<ViewActor.Command> view;
    private final InstantSource clock;
    private final Map<String, ResizeRun> runs = new LinkedHashMap<>();
    private Set<ActorRef<ToView>> views = Set.of();
    private int count;

    private Resizes(ActorContext<Command> context, ActorRef<ViewActor.Command> view, InstantSource clock) {
        this.context = context;
        this.view = view;
        this.clock = clock;
    }

    static Behavior<Command> create(ActorRef<ViewActor.Command> view, InstantSource clock) {
        return Behaviors.setup(context -> {
            var resizes = new Resizes(context, view, clock);
            var listings = context.messageAdapter(Receptionist.Listing.class, Listed::new);
            context.getSystem().receptionist().tell(Receptionist.subscribe(HostShare.VIEWS, listings));
            return Behaviors.receiveMessage(resizes::on);
        });
    }

    private Behavior<Command> on(Command command) {
        switch (command) {
            case Start start -> look(start);
            case Seen(var start, var plan) -> start(start, plan);
            case Answered(var id, var host, var answer) -> answered(id, host, answer);
            case Listed(var listing) -> views = listing.getServiceInstances(HostShare.VIEWS);
            case Find(var id, var replyTo) ->
                replyTo.tell(new Found(Optional.ofNullable(runs.get(id)).map(ResizeRun::progress)));
        }
        return Behaviors.same();
    }

    private void look(Start start) {
        context.ask(
                FleetSnapshot.class,
                view,
                LOOK,
                ViewActor.GetSnapshot::new,
                (fleet, late) -> new Seen(
                        start,
                        fleet != null
                                ? ResizePlan.of(fleet, start.wwid())
                                : new ResizePlan(start.wwid(), List.of(), List.of("the view does not answer"))));
    }

    private void start(Start start, ResizePlan plan) {
        var other = runs.values().stream()
                .filter(run ->
                        run.wwid().equals(start.wwid()) && !run.progress().isOver())
                .findFirst();
        if (other.isPresent()) {
            start.replyTo().tell(other.get().progress());
            return;
        }
        var now = clock.instant();
        var id = "resize-" + now.getEpochSecond() + "-" + ++count;
        var first = ResizeRun.start(id, plan, start.by(), now);
        if (runs.size() >= MOST) {
            runs.remove(runs.keySet().iterator().next());
        }
        follow(first);
        start.replyTo().tell(first.run().progress());
    }

    private void answered(String id, HostId host, HostAnswer answer) {
        Optional.ofNullable(runs.get(id))
                .flatMap(run -> run.answered(host, answer, clock.instant()))
                .ifPresent(this::follow);
    }

    private void follow(ResizeRun.Next next) {
        var run = next.run();
        var before = Optional.ofNullable(runs.put(run.id(), run)).map(ResizeRun::phase);
        if (!before.equals(Optional.of(run.phase()))) {
            context.getLog()
                    .info("{} of {}: {} {}", run.id(), run.wwid(), run.phase().word(), run.reason());
            var told = new ToView.ResizeTold(ResizeAct.of(run.progress()));
            views.forEach(each -> each.tell(told));
        }
        for (var order : next.orders()) {
            context.ask(
                    HostAnswer.class,
                    view,
                    HostCommand.RESIZE_PATIENCE.plus(LOOK),
                    replyTo -> new ViewActor.AskHost(order.host(), order.command(), replyTo),
                    (answer, late) -> new Answered(
                            run.id(),
                            order.host(),
                            answer != null ? answer : new HostAnswer.Unanswered("the view did not answer in time")));
        }
    }
}
