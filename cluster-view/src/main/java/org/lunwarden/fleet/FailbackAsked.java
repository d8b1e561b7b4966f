package org.lunwarden.fleet;

import java.time.Instant;
import java.util.Optional;

import org.apache.pekko.actor.typed.ActorRef;

import org.lunwarden.fleet.wire.Wire;
import org.lunwarden.model.Component;

/** What others want of the coordinator of failbacks, which may have to wait. */
sealed interface FailbackAsked extends FailbackCoordinator.Command {

    /**
     * @param plan fingerprint of the one that was agreed to; empty: whichever is made
     * @param by who wants it
     */
    record Start(Optional<Component> component, Optional<String> plan, String by, ActorRef<StartReply> replyTo)
            implements FailbackAsked, Wire {}

    enum Steering {
        STOP,
        PAUSE,
        GO_ON
    }

    record Steer(String id, Steering steering, ActorRef<SteerReply> replyTo) implements FailbackAsked, Wire {}

    /** A start that could not be judged yet; afterwards nobody waits for it. */
    record Kept(Start start, Instant until) implements FailbackAsked {}

    /** One for which the book was read anew: if nothing is under way then, it is of nothing live. */
    record Sought(Steer steer) implements FailbackAsked {}

    /** @param refused why it was not started; empty when it was */
    record StartReply(Optional<FailbackProgress> started, String refused, Optional<String> running) implements Wire {}

    /**
     * @param failback empty when there is no live failback of this id, or when it was refused
     * @param refused why nobody looked; empty when somebody did
     */
    record SteerReply(Optional<FailbackProgress> failback, Optional<String> refused) implements Wire {}
}
