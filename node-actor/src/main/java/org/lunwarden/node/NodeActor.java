package org.lunwarden.node;

import java.time.Duration;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

import org.lunwarden.io.HostPorts;
import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostReports;
import org.lunwarden.node.report.ReportLedger;

/** The guardian of a host: starts the parts, and judges what the fleet asks for before it passes it on. */
final class NodeActor {

    private static final Duration ASK_TIMEOUT = Duration.ofSeconds(3);

    sealed interface Command {}

    record CarryOut(HostCommand command, ActorRef<HostAnswer> replyTo) implements Command {}

    record GetStatus(ActorRef<NodeStatus> replyTo) implements Command {}

    /** Ends the daemon's host half. Maps and their I/O go on. */
    record Stop() implements Command {}

    /** The registry is empty: it must be told the disks. */
    private record RegistryStarted() implements Command {}

    private final ActorContext<Command> context;
    private final HostPorts ports;
    private final NodeSettings settings;
    private final DaemonRun run;
    private final ActorRef<PathRegistry.Command> registry;
    private final ActorRef<Discovery.Command> discovery;

    static Behavior<Command> create(HostPorts ports, NodeSettings settings, DaemonRun run, HostReports reports) {
        return Behaviors.setup(
                context -> new NodeActor(context, ports, settings, run, reports).serving(FailbackGate.open(run)));
    }

    private NodeActor(
            ActorContext<Command> context, HostPorts ports, NodeSettings settings, DaemonRun run, HostReports reports) {
        this.context = context;
        this.ports = ports;
        this.settings = settings;
        this.run = run;
        var dispatchers = context.getSystem().dispatchers();
        var dm = dispatchers.lookup(DispatcherSelector.fromConfig("lunwarden.dispatchers.dm"));
        var block = dispatchers.lookup(DispatcherSelector.fromConfig("lunwarden.dispatchers.block"));
        var ledger = new ReportLedger(settings.host(), run, settings.version(), settings.lostAfter());
        var reporter = context.spawn(restarting(HostReporter.create(ledger, reports, ports.clock())), "host-reporter");
        var self = context.getSelf();
        var registering = Behaviors.<PathRegistry.Command>setup(child -> {
            self.tell(new RegistryStarted());
            return PathRegistry.create(ports, settings, dm, block, reporter);
        });
        this.registry = context.spawn(restarting(registering), "path-registry");
        this.discovery =
                context.spawn(restarting(Discovery.create(ports, block, settings.lookAgain(), registry)), "discovery");
        context.spawn(restarting(KernelEvents.create(ports.deviceMapper(), registry)), "kernel-events");
    }

    /** These know nothing that a new start would not find out again. */
    private static <T> Behavior<T> restarting(Behavior<T> behavior) {
        return Behaviors.supervise(behavior)
                .onFailure(SupervisorStrategy.restartWithBackoff(Duration.ofSeconds(1), Duration.ofMinutes(1), 0.2));
    }

    private Behavior<Command> serving(FailbackGate gate) {
        return Behaviors.receiveMessage(command -> switch (command) {
            case CarryOut(HostCommand.CheckNexuses(var nexuses), var replyTo) -> {
                registry.tell(new PathRegistry.Check(nexuses));
                replyTo.tell(new HostAnswer.Accepted());
                yield Behaviors.same();
            }
            case CarryOut(HostCommand.DescribeMaps(var wwid), var replyTo) -> {
                registry.tell(new PathRegistry.Describe(wwid, replyTo));
                yield Behaviors.same();
            }
            case CarryOut(HostCommand.FailBack step, var replyTo) -> failBack(gate, step, replyTo);
            case RegistryStarted() -> {
                discovery.tell(new Discovery.LookAtAll());
                yield Behaviors.same();
            }
            case GetStatus(var replyTo) -> {
                tellStatus(replyTo, gate.epoch());
                yield Behaviors.same();
            }
            case Stop() -> Behaviors.stopped();
        });
    }

    private Behavior<Command> failBack(FailbackGate gate, HostCommand.FailBack step, ActorRef<HostAnswer> replyTo) {
        var refusal = gate.refusal(step);
        if (refusal.isPresent()) {
            var reason = refusal.get().reason();
            step.maps().forEach(wwid -> Audit.map(wwid, "failback refused: " + reason));
            replyTo.tell(refusal.get());
            return Behaviors.same();
        }
        step.maps().forEach(wwid -> Audit.map(wwid, "failback asked for by plan " + step.plan()));
        registry.tell(new PathRegistry.FailBack(step.maps(), replyTo));
        return serving(gate.after(step));
    }

    private void tellStatus(ActorRef<NodeStatus> replyTo, long epoch) {
        var scheduler = context.getSystem().scheduler();
        AskPattern.<Discovery.Command, NodeStatus.Looking>ask(
                        discovery, Discovery.GetLooking::new, ASK_TIMEOUT, scheduler)
                .thenCombine(
                        AskPattern.<PathRegistry.Command, PathRegistry.Census>ask(
                                registry, PathRegistry.GetCensus::new, ASK_TIMEOUT, scheduler),
                        (looking, census) -> new NodeStatus(
                                settings.host(),
                                run,
                                ports.clock().uptime(),
                                looking,
                                census.paths(),
                                census.usablePaths(),
                                census.maps(),
                                census.stuck(),
                                ports.pathProbe().load(),
                                epoch))
                .thenAccept(replyTo::tell);
    }
}
