package org.lunwarden.node;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;
import org.lunwarden.node.command.AdminCommand;

/** Has the disks of a map looked at before it is given another size: what is known of them may be older than the change. */
record FreshSizes(ActorRef<Discovery.Command> discovery, ActorRef<PathRegistry.Command> registry, Scheduler scheduler) {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Why the act must not be begun; empty when it may, and what was found is on its way to the registry before it. */
    CompletionStage<Optional<String>> readBefore(AdminCommand.Act act) {
        return act instanceof AdminCommand.OnMap(AdminCommand.MapAct what, var subject)
                        && what == AdminCommand.MapAct.RESIZE
                ? AskPattern.<PathRegistry.Command, Optional<Wwid>>ask(
                                registry, replyTo -> new PathRegistry.FindMap(subject, replyTo), PATIENCE, scheduler)
                        .thenCompose(wwid -> wwid.map(this::read)
                                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty())))
                        .exceptionally(late -> Optional.of("its paths could not be looked at in time"))
                : CompletableFuture.completedFuture(Optional.empty());
    }

    /** Why the sizes of a map's paths are not known; empty when they were read, and are on their way to the registry. */
    CompletionStage<Optional<String>> read(Wwid wwid) {
        return AskPattern.<Discovery.Command, Discovery.Looked>ask(
                        discovery, replyTo -> new Discovery.LookAtPaths(wwid, replyTo), PATIENCE, scheduler)
                .thenApply(looked -> looked.unread().isEmpty()
                        ? Optional.empty()
                        : Optional.of("the size of "
                                + looked.unread().stream()
                                        .map(DeviceName::toString)
                                        .collect(Collectors.joining(", "))
                                + " cannot be read"));
    }
}
