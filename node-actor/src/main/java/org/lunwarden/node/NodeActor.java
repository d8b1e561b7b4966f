package org.lunwarden.node;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

import org.lunwarden.io.CallThreads;
import org.lunwarden.io.HostPorts;
import org.lunwarden.map.MapOperations;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostReports;
import org.lunwarden.model.settings.Ending;
import org.lunwarden.node.command.AdminCommand;
import org.lunwarden.node.report.ReportLedger;
import org.lunwarden.node.site.CurrentSite;
import org.lunwarden.node.site.SiteReader;
import org.lunwarden.node.why.Subject;

/** The guardian of a host: starts the parts, and judges what the fleet asks for before it passes it on. */
final class NodeActor {

    private static final Duration ASK_TIMEOUT = Duration.ofSeconds(3);
    /** Calls that make, reload, rename or remove a map may wait for udev, and hang with the I/O of their map. */
    private static final int MOST_DM_CHANGES = 256;
    /** What may wait for a disk, the look at one, has threads of its own. */
    private static final int MOST_READS = 4;
    /** Calls that read a map or send it a message wait for no I/O, and not for the changes. */
    private static final int MOST_DM_TALKS = 64;

    /** How long a stop waits for the operations that threads are at work on. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    sealed interface Command {}

    /** @param arrived uptime */
    record CarryOut(HostCommand command, Duration arrived, ActorRef<HostAnswer> replyTo) implements Command {}

    record GetStatus(ActorRef<NodeStatus> replyTo) implements Command {}

    /** Answered with nothing when the host has nothing that is called so. */
    record Why(Subject subject, ActorRef<Optional<String>> replyTo) implements Command {}

    /** As {@link PathRegistry.Act}. */
    record Act(AdminCommand.Act act, String by, ActorRef<Optional<String>> replyTo) implements Command {}

    /** Has the tables of all maps loaded once more, one as soon as it can be. */
    record LoadAll(String by) implements Command {}

    /** Read the site's configuration again. The answer is the problems for which it was not put in place. */
    record Reload(ActorRef<List<String>> replyTo) implements Command {}

    private record Reread(SiteReader.Reading reading, ActorRef<List<String>> replyTo) implements Command {}

    /** Ends the daemon's host half. Maps and their I/O go on, as far as they are to. */
    record Stop(Ending ending) implements Command {}

    private record Quiet() implements Command {}

    private record StillBusy() implements Command {}

    /** The registry is empty, or a disk is not what it was: it must be told the disks. */
    private record LookAgain() implements Command {}

    /** What names maps is empty: it must be asked for the names. */
    private record NameAll() implements Command {}

    private final ActorContext<Command> context;
    private final HostPorts ports;
    private final CurrentSite site;
    private final NodeSettings settings;
    private final Configuring configuring;
    private final DaemonRun run;
    private final MapOperations operations;
    private final DiskReaders readers;
    private final CompletableFuture<SortedMap<Wwid, String>> leftBusy;
    private final ActorRef<MapNames.Command> names;
    private final ActorRef<PathRegistry.Command> registry;
    private final ActorRef<Discovery.Command> discovery;
    private final WhyAnswers answers;
    private final FreshSizes sizes;
    private final Resizing resizing;

    /** @param leftBusy gets the maps that a thread is still at work on when the node ends, and at what */
    static Behavior<Command> create(
            HostPorts ports,
            NodeSettings settings,
            DaemonRun run,
            HostReports reports,
            CompletableFuture<SortedMap<Wwid, String>> leftBusy) {
        return Behaviors.setup(context ->
                new NodeActor(context, ports, settings, run, reports, leftBusy).serving(FailbackGate.open(run)));
    }

    private NodeActor(
            ActorContext<Command> context,
            HostPorts ports,
            NodeSettings given,
            DaemonRun run,
            HostReports reports,
            CompletableFuture<SortedMap<Wwid, String>> leftBusy) {
        this.context = context;
        this.leftBusy = leftBusy;
        this.ports = ports;
        this.site = new CurrentSite(given.site());
        this.settings = given.with(site);
        this.run = run;
        var dispatchers = context.getSystem().dispatchers();
        var dmTalk = new CallThreads("dm-talk", MOST_DM_TALKS);
        this.operations =
                new MapOperations(ports.deviceMapper(), dmTalk, new CallThreads("dm-change", MOST_DM_CHANGES));
        var block = new CallThreads("block", MOST_READS);
        var ledger = new ReportLedger(settings.host(), run, settings.version(), settings.lostAfter());
        var reporter = context.spawn(restarting(HostReporter.create(ledger, reports, ports.clock())), "host-reporter");
        var self = context.getSelf();
        var words = new OperatorWords();
        var known = new KnownWwids();
        var files = dispatchers.lookup(DispatcherSelector.fromConfig("lunwarden.dispatchers.state-files"));
        this.configuring = new Configuring(context, given.site(), given.siteReader(), files);
        var naming = Behaviors.<MapNames.Command>setup(child -> {
            self.tell(new NameAll());
            return MapNames.create(ports, settings.site(), files, known, () -> self.tell(new LookAgain()));
        });
        this.names = context.spawn(restarting(naming), "map-names");
        var registering = Behaviors.<PathRegistry.Command>setup(child -> {
            self.tell(new LookAgain());
            return PathRegistry.create(
                    ports, settings, operations, words, block, reporter, names, () -> self.tell(new LookAgain()));
        });
        this.registry = context.spawn(restarting(registering), "path-registry");
        this.readers = new DiskReaders(ports.clock());
        this.discovery = context.spawn(
                restarting(Discovery.create(
                        ports, settings.site(), dmTalk, block, readers, known, settings.lookAgain(), registry)),
                "discovery");
        this.answers = new WhyAnswers(
                settings.site(), discovery, registry, names, context.getSystem().scheduler());
        this.sizes = new FreshSizes(discovery, registry, context.getSystem().scheduler());
        this.resizing = new Resizing(
                ports.diskControl(), sizes, registry, context.getSystem().scheduler());
        context.spawn(
                restarting(KernelEvents.create(ports.deviceMapper(), ports.fabricEvents(), registry)), "kernel-events");
    }

    /** These know nothing that a new start would not find out again. */
    private static <T> Behavior<T> restarting(Behavior<T> behavior) {
        return Behaviors.supervise(behavior)
                .onFailure(SupervisorStrategy.restartWithBackoff(Duration.ofSeconds(1), Duration.ofMinutes(1), 0.2));
    }

    private Behavior<Command> serving(FailbackGate gate) {
        return Behaviors.receiveMessage(command -> switch (command) {
            case CarryOut(HostCommand.CheckNexuses(var nexuses), var arrived, var replyTo) -> {
                registry.tell(new PathRegistry.Check(nexuses));
                replyTo.tell(new HostAnswer.Accepted());
                yield Behaviors.same();
            }
            case CarryOut(HostCommand.DescribeMaps(var wwid), var arrived, var replyTo) -> {
                registry.tell(new PathRegistry.Describe(wwid, replyTo));
                yield Behaviors.same();
            }
            case CarryOut(HostCommand.OfFailback step, var arrived, var replyTo) ->
                failBack(gate, step, arrived, replyTo);
            case CarryOut(HostCommand.RescanPaths(var wwid, var by), var arrived, var replyTo) -> {
                resizing.rescan(wwid, by).thenAccept(replyTo::tell);
                yield Behaviors.same();
            }
            case CarryOut(HostCommand.Resize(var wwid, var sectors, var by), var arrived, var replyTo) -> {
                resizing.resize(wwid, sectors, by).thenAccept(replyTo::tell);
                yield Behaviors.same();
            }
            case LookAgain() -> {
                discovery.tell(new Discovery.LookAtAll());
                yield Behaviors.same();
            }
            case NameAll() -> {
                registry.tell(new PathRegistry.NameAll());
                yield Behaviors.same();
            }
            case Reload(var replyTo) -> {
                configuring.read(reading -> new Reread(reading, replyTo));
                yield Behaviors.same();
            }
            case Reread(var reading, var replyTo) -> {
                reread(reading, replyTo);
                yield Behaviors.same();
            }
            case GetStatus(var replyTo) -> {
                tellStatus(replyTo, gate.epoch().term());
                yield Behaviors.same();
            }
            case Why(var subject, var replyTo) -> {
                why(subject, replyTo);
                yield Behaviors.same();
            }
            case Act(var act, var by, var replyTo) -> {
                sizes.readBefore(act)
                        .thenAccept(reason -> reason.ifPresentOrElse(
                                why -> replyTo.tell(Optional.of(why)),
                                () -> registry.tell(new PathRegistry.Act(act, by, replyTo))));
                yield Behaviors.same();
            }
            case LoadAll(var by) -> {
                registry.tell(new PathRegistry.LoadAll(by));
                yield Behaviors.same();
            }
            case Stop(var ending) -> stopping(ending, gate.epoch().term());
            case Quiet late -> Behaviors.same();
            case StillBusy late -> Behaviors.same();
        });
    }

    /** A map whose reload is cut off in the middle stays suspended, and its I/O hangs: what is begun is waited for, and what it left suspended is resumed. */
    private Behavior<Command> stopping(Ending ending, long epoch) {
        context.pipeToSelf(operations.close(ending), (done, broke) -> new Quiet());
        context.scheduleOnce(STOP_WITHIN, context.getSelf(), new StillBusy());
        return Behaviors.receiveMessage(command -> switch (command) {
            case CarryOut(var any, var arrived, var replyTo) -> {
                replyTo.tell(new HostAnswer.Refused("the daemon stops"));
                yield Behaviors.same();
            }
            case GetStatus(var replyTo) -> {
                tellStatus(replyTo, epoch);
                yield Behaviors.same();
            }
            case Why(var subject, var replyTo) -> {
                why(subject, replyTo);
                yield Behaviors.same();
            }
            case Act(var act, var by, var replyTo) -> {
                replyTo.tell(Optional.of("the daemon stops"));
                yield Behaviors.same();
            }
            case LookAgain() -> Behaviors.same();
            case LoadAll late -> Behaviors.same();
            case NameAll() -> Behaviors.same();
            case Reread late -> Behaviors.same();
            case Reload(var replyTo) -> {
                replyTo.tell(List.of("the daemon stops"));
                yield Behaviors.same();
            }
            case Stop again -> Behaviors.same();
            case Quiet() -> stopped();
            case StillBusy() -> stopped();
        });
    }

    private Behavior<Command> stopped() {
        var busy = operations.unfinished();
        busy.forEach((wwid, what) -> {
            context.getLog().error("{}: stopped in the middle of {}, which has not ended", wwid, what);
            Audit.map(wwid, "the daemon stopped in the middle of " + what);
        });
        readers.close();
        leftBusy.complete(busy);
        return Behaviors.stopped();
    }

    private void reread(SiteReader.Reading reading, ActorRef<List<String>> replyTo) {
        var before = configuring.current();
        configuring.take(reading).ifPresent(other -> {
            site.become(other);
            registry.tell(new PathRegistry.SiteChanged(before));
            discovery.tell(new Discovery.SiteChanged());
        });
        replyTo.tell(configuring.status().refused());
    }

    private Behavior<Command> failBack(
            FailbackGate gate, HostCommand.OfFailback step, Duration arrived, ActorRef<HostAnswer> replyTo) {
        var refusal = gate.refusal(step, ports.clock().uptime());
        if (refusal.isPresent()) {
            var reason = refusal.get().reason();
            step.maps().forEach(wwid -> Audit.map(wwid, "failback refused: " + reason));
            replyTo.tell(refusal.get());
            return Behaviors.same();
        }
        registry.tell(
                switch (step) {
                    case HostCommand.MayFailBack question ->
                        new PathRegistry.MayFailBack(
                                question.ways(),
                                question.epoch(),
                                FailbackTerm.of(arrived, question.patience(), question.notAfter()),
                                replyTo);
                    case HostCommand.FailBack act -> {
                        var by = "failback asked for by plan " + act.plan() + ", epoch " + act.epoch();
                        act.maps().forEach(wwid -> Audit.map(wwid, by));
                        var term = FailbackTerm.of(arrived, act.patience(), act.notAfter());
                        yield new PathRegistry.FailBack(act.ways(), act.epoch(), term, replyTo);
                    }
                });
        return serving(gate.after(step));
    }

    private void why(Subject subject, ActorRef<Optional<String>> replyTo) {
        answers.why(subject).thenAccept(replyTo::tell);
    }

    private void tellStatus(ActorRef<NodeStatus> replyTo, long epoch) {
        var scheduler = context.getSystem().scheduler();
        AskPattern.<Discovery.Command, NodeStatus.Looking>ask(
                        discovery, Discovery.GetLooking::new, ASK_TIMEOUT, scheduler)
                .thenCombine(
                        AskPattern.<PathRegistry.Command, Census>ask(
                                registry, PathRegistry.GetCensus::new, ASK_TIMEOUT, scheduler),
                        (looking, census) -> NodeStatus.of(
                                settings.host(),
                                run,
                                ports.clock().uptime(),
                                looking,
                                census,
                                ports.pathProbe().load(),
                                configuring.status(),
                                epoch))
                .thenAccept(replyTo::tell);
    }
}
