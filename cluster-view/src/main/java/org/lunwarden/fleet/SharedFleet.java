package org.lunwarden.fleet;

import java.time.Duration;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

import org.lunwarden.fleet.FailbackCoordinator.Command;
import org.lunwarden.fleet.failback.FailbackRun.Order;
import org.lunwarden.model.fleet.Epoch;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostId;

/** How the coordinator sees the fleet and reaches its hosts: through the view of its own member. */
record SharedFleet(ActorContext<Command> context, ActorRef<ViewActor.Command> view, Duration answerWithin) {

    /** What comes of it; of interest only while a failback runs. */
    sealed interface Answer extends Command {}

    /** Time to look. */
    record Look() implements Answer {}

    record Seen(FleetSnapshot fleet) implements Answer {}

    record NotSeen(String problem) implements Answer {}

    /** @param epoch of the step that was answered */
    record Answered(Epoch epoch, HostId host, HostAnswer answer) implements Answer {}

    void look() {
        context.ask(
                FleetSnapshot.class,
                view,
                SharedBook.MAJORITY,
                ViewActor.GetSnapshot::new,
                (fleet, broke) -> fleet != null ? new Seen(fleet) : new NotSeen(String.valueOf(broke)));
    }

    void send(Order order) {
        context.ask(
                HostAnswer.class,
                view,
                answerWithin,
                replyTo -> new ViewActor.AskHost(order.host(), order.command(), replyTo),
                (answer, broke) -> new Answered(
                        order.command().epoch(),
                        order.host(),
                        answer != null ? answer : new HostAnswer.Unanswered(String.valueOf(broke))));
    }
}
