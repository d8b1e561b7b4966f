package org.lunwarden.fleet.wire;

import org.apache.pekko.actor.typed.ActorRef;

import org.lunwarden.fleet.cleanup.ViewWord;
import org.lunwarden.model.fleet.HostCommand;

/** What a view says to a host. */
public sealed interface ToHost extends Wire {

    /** The view lacks a report: send all of it. */
    record SendFullReport(ActorRef<ToView> replyTo) implements ToHost {}

    /** @param question chosen by the view, comes back in {@link ToView.Answered}; 0 wants no answer */
    record CarryOut(long question, HostCommand command, ActorRef<ToView> replyTo) implements ToHost {}

    /** The answer to a {@link ToView.MayCleanUp}. */
    record CleanupWord(ViewWord word) implements ToHost {}
}
