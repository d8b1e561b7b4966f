package org.lunwarden.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;

import org.lunwarden.fleet.FailbackCoordinator.Command;
import org.lunwarden.fleet.FailbackCoordinator.Start;
import org.lunwarden.fleet.FailbackCoordinator.StartReply;
import org.lunwarden.fleet.FailbackCoordinator.Stop;
import org.lunwarden.fleet.FailbackCoordinator.StopReply;

/** Those who ask the coordinator for something while it cannot judge it, and what they are told. Nobody goes unanswered. */
record FailbackCallers(StashBuffer<Command> waiting) {

    /** Whoever asks for a start waits longer than this and {@link SharedBook#MAJORITY}, see {@link ViewDoor}. */
    static final Duration START_WITHIN = Duration.ofSeconds(8);

    private static final String TOO_MANY = "too many wait for the coordinator";

    /** A start that could not be judged yet; afterwards nobody waits for it. */
    record Kept(Start start, Instant until) implements FailbackCoordinator.Asked {}

    /** Has it wait for the next state. */
    Behavior<Command> keep(FailbackCoordinator.Asked asked, Instant now) {
        switch (asked) {
            case Start start -> keep(new Kept(start, now.plus(START_WITHIN)), now);
            case Kept kept when waiting.isFull() -> refuse(kept.start(), TOO_MANY, Optional.empty());
            case Kept kept -> waiting.stash(kept);
            case Stop stop
            when waiting.isFull() -> stop.replyTo().tell(new StopReply(Optional.empty(), Optional.of(TOO_MANY)));
            case Stop stop -> waiting.stash(stop);
        }
        return Behaviors.same();
    }

    Behavior<Command> goOnWith(Behavior<Command> state) {
        return waiting.unstashAll(state);
    }

    static Behavior<Command> refuse(Start start, String why, Optional<String> running) {
        start.replyTo().tell(new StartReply(Optional.empty(), why, running));
        return Behaviors.same();
    }

    static Behavior<Command> unknown(Stop stop) {
        stop.replyTo().tell(new StopReply(Optional.empty(), Optional.empty()));
        return Behaviors.same();
    }

    static void begun(Start start, FailbackProgress progress) {
        start.replyTo().tell(new StartReply(Optional.of(progress), "", Optional.empty()));
    }
}
