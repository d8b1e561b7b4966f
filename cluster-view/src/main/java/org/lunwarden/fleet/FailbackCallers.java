package org.lunwarden.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;

import org.lunwarden.fleet.FailbackAsked.Kept;
import org.lunwarden.fleet.FailbackAsked.Sought;
import org.lunwarden.fleet.FailbackAsked.Start;
import org.lunwarden.fleet.FailbackAsked.StartReply;
import org.lunwarden.fleet.FailbackAsked.Steer;
import org.lunwarden.fleet.FailbackAsked.SteerReply;

/** Those who ask the coordinator for something while it cannot judge it, and what they are told. Nobody goes unanswered. */
record FailbackCallers(StashBuffer<FailbackCoordinator.Command> waiting) {

    /** Whoever asks for a start waits longer than this and {@link SharedBook#MAJORITY}, see {@link ViewDoor}. */
    static final Duration START_WITHIN = Duration.ofSeconds(8);

    private static final String TOO_MANY = "too many wait for the coordinator";

    /** Has it wait for the next state. */
    Behavior<FailbackCoordinator.Command> keep(FailbackAsked asked, Instant now) {
        switch (asked) {
            case Start start -> keep(new Kept(start, now.plus(START_WITHIN)), now);
            case Kept kept when waiting.isFull() -> refuse(kept.start(), TOO_MANY, Optional.empty());
            case Kept kept -> waiting.stash(kept);
            case Steer steer when waiting.isFull() -> refuse(steer, TOO_MANY);
            case Steer steer -> waiting.stash(steer);
            case Sought(var steer) when waiting.isFull() -> refuse(steer, TOO_MANY);
            case Sought sought -> waiting.stash(sought);
        }
        return Behaviors.same();
    }

    /** Nothing can be judged for now: whoever would wait too long is told why. */
    void refuseLate(String why, Instant now) {
        var all = new ArrayList<FailbackCoordinator.Command>();
        waiting.forEach(all::add);
        waiting.clear();
        for (var command : all) {
            if (command instanceof Kept(var start, var until) && !now.isBefore(until)) {
                refuse(start, why, Optional.empty());
            } else if (command instanceof Steer steer) {
                refuse(steer, why);
            } else if (command instanceof Sought(var steer)) {
                refuse(steer, why);
            } else {
                waiting.stash(command);
            }
        }
    }

    Behavior<FailbackCoordinator.Command> goOnWith(Behavior<FailbackCoordinator.Command> state) {
        return waiting.unstashAll(state);
    }

    /** The same, where the book has just been read: it is not read again for any of them. */
    Behavior<FailbackCoordinator.Command> goOnHavingRead(Behavior<FailbackCoordinator.Command> state) {
        return waiting.unstash(
                state, waiting.size(), command -> command instanceof Steer steer ? new Sought(steer) : command);
    }

    static Behavior<FailbackCoordinator.Command> refuse(Steer steer, String why) {
        steer.replyTo().tell(new SteerReply(Optional.empty(), Optional.of(why)));
        return Behaviors.same();
    }

    static Behavior<FailbackCoordinator.Command> refuse(Start start, String why, Optional<String> running) {
        start.replyTo().tell(new StartReply(Optional.empty(), why, running));
        return Behaviors.same();
    }

    static Behavior<FailbackCoordinator.Command> unknown(Steer steer) {
        steer.replyTo().tell(new SteerReply(Optional.empty(), Optional.empty()));
        return Behaviors.same();
    }

    static void begun(Start start, FailbackProgress progress) {
        start.replyTo().tell(new StartReply(Optional.of(progress), "", Optional.empty()));
    }
}
