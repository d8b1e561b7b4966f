package org.lunwarden.node;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

import org.lunwarden.io.control.Peer;
import org.lunwarden.node.command.AdminCommand;

/** Answers the commands that come over a host's socket. Safe for use by several threads. */
final class AdminAnswers {

    /** Two looks at disks come before some acts. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final String OK = "ok\n";
    private static final String FAIL = "fail\n";
    private static final String LATE = FAIL + "timeout\n";

    private final ActorSystem<NodeActor.Command> system;
    private final Supplier<CompletionStage<List<String>>> reload;

    /** @param reload gives the problems for which the configuration stays */
    AdminAnswers(ActorSystem<NodeActor.Command> system, Supplier<CompletionStage<List<String>>> reload) {
        this.system = system;
        this.reload = reload;
    }

    CompletionStage<String> answer(Peer peer, String command) {
        return switch (AdminCommand.parse(command)) {
            case AdminCommand.Help() -> now(AdminCommand.HELP);
            case AdminCommand.Unknown(var reason) ->
                now(FAIL + WhyAnswers.clean(command) + ": " + reason + "\n" + AdminCommand.HELP);
            case AdminCommand.Why(var subject) ->
                ask((ActorRef<Optional<String>> replyTo) -> new NodeActor.Why(subject, replyTo))
                        .handle((found, late) -> late != null
                                ? LATE
                                : found.orElse(FAIL + "this host has no disk and no map that is called "
                                        + WhyAnswers.clean(subject.text()) + "\n"));
            case AdminCommand.Privileged privileged ->
                peer.isOwner() ? done(privileged, peer) : now(FAIL + "permission deny: need to be root\n");
        };
    }

    private CompletionStage<String> done(AdminCommand.Privileged command, Peer peer) {
        return switch (command) {
            case AdminCommand.Reconfigure(var loadAll) -> {
                Audit.host(command.format() + ", asked for by " + peer.user());
                yield reload.get()
                        .whenComplete((problems, late) -> {
                            if (loadAll && late == null && problems.isEmpty()) {
                                system.tell(new NodeActor.LoadAll(peer.user()));
                            }
                        })
                        .handle((problems, late) -> late != null
                                ? LATE
                                : problems.isEmpty() ? OK : FAIL + String.join("\n", problems) + "\n");
            }
            case AdminCommand.Act act ->
                ask((ActorRef<Optional<String>> replyTo) -> new NodeActor.Act(act, peer.user(), replyTo))
                        .handle((refusal, late) -> late != null
                                ? LATE
                                : refusal.map(reason -> FAIL + reason + "\n").orElse(OK));
        };
    }

    private <T> CompletionStage<T> ask(Function<ActorRef<T>, NodeActor.Command> command) {
        return AskPattern.ask(system, command::apply, PATIENCE, system.scheduler());
    }

    private static CompletionStage<String> now(String text) {
        return CompletableFuture.completedFuture(text);
    }
}
