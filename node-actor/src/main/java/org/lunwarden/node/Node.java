package org.lunwarden.node;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

import org.lunwarden.io.HostClock;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.control.Peer;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostCommands;
import org.lunwarden.model.fleet.HostReports;
import org.lunwarden.model.settings.Ending;
import org.lunwarden.node.command.AdminCommand;

/**
 * The host half of a daemon, running. It has an actor system of its own, is no member of any cluster, and goes on
 * whatever becomes of the fleet half.
 */
public final class Node {

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
    /** The locks of other programs on the files of names are waited for by the same thread. */
    private static final Duration RELOAD_TIMEOUT = Duration.ofSeconds(40);

    private static final Duration STATUS_TIMEOUT = Duration.ofSeconds(5);

    private final ActorSystem<NodeActor.Command> system;
    private final HostClock clock;
    private final CompletableFuture<SortedMap<Wwid, String>> leftBusy;

    private Node(
            ActorSystem<NodeActor.Command> system,
            HostClock clock,
            CompletableFuture<SortedMap<Wwid, String>> leftBusy) {
        this.system = system;
        this.clock = clock;
        this.leftBusy = leftBusy;
    }

    /**
     * Starts to find the host's disks and to keep its maps.
     *
     * @param ports stay open when the node stops: who opened them closes them
     */
    public static Node start(HostPorts ports, NodeSettings settings, HostReports reports) {
        var config = systemConfig();
        var run = new DaemonRun(ports.facts().bootId(), UUID.randomUUID().toString());
        var leftBusy = new CompletableFuture<SortedMap<Wwid, String>>();
        var guardian = NodeActor.create(ports, settings, run, reports, leftBusy);
        return new Node(ActorSystem.create(guardian, "lunwarden-host", config), ports.clock(), leftBusy);
    }

    /** Without serializers: nothing leaves this system, and those of the fleet half cost a start a second. */
    private static Config systemConfig() {
        var empty = ConfigFactory.parseString(
                "pekko.actor { serializers {}, serialization-bindings {}, serialization-identifiers {} }");
        var loaded = ConfigFactory.load()
                .withoutPath("pekko.actor.serializers")
                .withoutPath("pekko.actor.serialization-bindings")
                .withoutPath("pekko.actor.serialization-identifiers");
        return loaded.getConfig("lunwarden.host-system").withFallback(loaded).withFallback(empty);
    }

    /** How the fleet reaches this host. */
    public HostCommands commands() {
        return this::carryOut;
    }

    private CompletionStage<HostAnswer> carryOut(HostCommand command) {
        if (system.getWhenTerminated().toCompletableFuture().isDone()) {
            return CompletableFuture.completedFuture(new HostAnswer.Refused("the node has stopped"));
        }
        var arrived = clock.uptime();
        return AskPattern.<NodeActor.Command, HostAnswer>ask(
                        system,
                        replyTo -> new NodeActor.CarryOut(command, arrived, replyTo),
                        patience(command),
                        system.scheduler())
                .exceptionally(late -> new HostAnswer.Unanswered("the node did not answer in time"));
    }

    private static Duration patience(HostCommand command) {
        return switch (command) {
            case HostCommand.OfFailback step ->
                FailbackTerm.isUsable(step.patience())
                        ? FailbackTerm.nodeAnswersWithin(step.patience())
                        : ANSWER_TIMEOUT;
            case HostCommand.CheckNexuses check -> ANSWER_TIMEOUT;
            case HostCommand.DescribeMaps describe -> ANSWER_TIMEOUT;
            case HostCommand.RescanPaths rescan -> Resizing.PATIENCE;
            case HostCommand.Resize resize -> Resizing.PATIENCE;
        };
    }

    /**
     * Has the site's configuration read again, and put in place when it is usable: what it says otherwise than before
     * reaches every path and map, and nothing else changes. Gives the problems for which it was not; then the one before
     * stays. Fails when the files do not answer within 40 seconds, and goes on all the same.
     */
    public CompletionStage<List<String>> reload() {
        return AskPattern.ask(system, NodeActor.Reload::new, RELOAD_TIMEOUT, system.scheduler());
    }

    /**
     * Answers a command on this host's socket, in the way of multipathd: {@code ok}, or a text; what begins with a line
     * {@code fail} says why it is refused. What changes anything is for the owner of the socket alone.
     *
     * @param command see {@link AdminCommand}
     */
    public CompletionStage<String> answer(Peer peer, String command) {
        return new AdminAnswers(system, this::reload).answer(peer, command);
    }

    /** How the daemon is itself. Fails when it does not answer within 5 seconds. */
    public CompletionStage<NodeStatus> status() {
        return AskPattern.ask(system, NodeActor.GetStatus::new, STATUS_TIMEOUT, system.scheduler());
    }

    /**
     * Ends the node, and leaves the kernel's maps and their I/O alone, but for I/O that waits for a path where
     * {@code queue_without_daemon} says so for what ends: it fails then. What it is at with a map is ended before, so that
     * no map is left suspended: one whose resume was refused is resumed again. The stage ends after 10 seconds at the latest,
     * and gives the maps that a thread is still at work on then, and at what, and those that could not be resumed; as a
     * rule none.
     */
    public CompletionStage<SortedMap<Wwid, String>> stop(Ending ending) {
        system.tell(new NodeActor.Stop(ending));
        return system.getWhenTerminated().thenApply(done -> leftBusy.getNow(Collections.emptySortedMap()));
    }
}
