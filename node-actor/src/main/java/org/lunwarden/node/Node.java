package org.lunwarden.node;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

import org.lunwarden.io.HostPorts;
import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostCommands;
import org.lunwarden.model.fleet.HostReports;

/**
 * The host half of a daemon, running. It has an actor system of its own, is no member of any cluster, and goes on
 * whatever becomes of the fleet half.
 */
public final class Node {

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(35);
    private static final Duration STATUS_TIMEOUT = Duration.ofSeconds(5);

    private final ActorSystem<NodeActor.Command> system;

    private Node(ActorSystem<NodeActor.Command> system) {
        this.system = system;
    }

    /**
     * Starts to find the host's disks and to keep its maps.
     *
     * @param ports stay open when the node stops: who opened them closes them
     */
    public static Node start(HostPorts ports, NodeSettings settings, HostReports reports) {
        var loaded = ConfigFactory.load();
        var config = loaded.getConfig("lunwarden.host-system").withFallback(loaded);
        var run = new DaemonRun(ports.facts().bootId(), UUID.randomUUID().toString());
        return new Node(ActorSystem.create(NodeActor.create(ports, settings, run, reports), "lunwarden-host", config));
    }

    /** How the fleet reaches this host. */
    public HostCommands commands() {
        return this::carryOut;
    }

    private CompletionStage<HostAnswer> carryOut(HostCommand command) {
        if (system.getWhenTerminated().toCompletableFuture().isDone()) {
            return CompletableFuture.completedFuture(new HostAnswer.Refused("the node has stopped"));
        }
        return AskPattern.<NodeActor.Command, HostAnswer>ask(
                        system, replyTo -> new NodeActor.CarryOut(command, replyTo), ANSWER_TIMEOUT, system.scheduler())
                .exceptionally(late -> new HostAnswer.Refused("the node did not answer in time"));
    }

    /** How the daemon is itself. Fails when it does not answer within 5 seconds. */
    public CompletionStage<NodeStatus> status() {
        return AskPattern.ask(system, NodeActor.GetStatus::new, STATUS_TIMEOUT, system.scheduler());
    }

    /** Ends the node, and leaves the kernel's maps and their I/O alone. The stage ends when nothing of it runs. */
    public CompletionStage<Void> stop() {
        system.tell(new NodeActor.Stop());
        return system.getWhenTerminated().thenAccept(done -> {});
    }
}
