package org.lunwarden.fleet;

import java.util.function.Function;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

import org.lunwarden.fleet.SharedBook.Answer;

/** Sees to it that one question to the shared book is answered, and once, also when its {@link BookPoll} breaks. */
final class PollWatch {

    private PollWatch() {}

    /** @param broken what is answered for a poll that broke, of why it did, in words */
    static Behavior<Answer> create(
            Function<ActorRef<Answer>, Behavior<BookPoll.Event>> poll,
            Function<String, Answer> broken,
            ActorRef<Answer> replyTo) {
        return Behaviors.setup(context -> {
            context.watch(context.spawn(poll.apply(context.getSelf()), "poll"));
            return asked(broken, replyTo);
        });
    }

    private static Behavior<Answer> asked(Function<String, Answer> broken, ActorRef<Answer> replyTo) {
        return Behaviors.receive(Answer.class)
                .onAnyMessage(answer -> {
                    replyTo.tell(answer);
                    return answered();
                })
                .onSignal(Terminated.class, end -> {
                    replyTo.tell(broken.apply("what asks the views and the seeds broke: " + why(end)));
                    return Behaviors.stopped();
                })
                .build();
    }

    /** It hears the seeds that are late, and ends. */
    private static Behavior<Answer> answered() {
        return Behaviors.receive(Answer.class)
                .onAnyMessage(second -> Behaviors.same())
                .onSignal(Terminated.class, end -> Behaviors.stopped())
                .build();
    }

    private static String why(Terminated end) {
        return end instanceof ChildFailed failed ? String.valueOf(failed.getCause()) : "it ended without an answer";
    }
}
