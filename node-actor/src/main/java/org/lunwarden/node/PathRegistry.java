package org.lunwarden.node;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.FabricEvents;
import org.lunwarden.io.HostPorts;
import org.lunwarden.map.MapAccount;
import org.lunwarden.map.MapActor;
import org.lunwarden.map.MapFact;
import org.lunwarden.map.MapOperations;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.Epoch;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.UnitProof;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.node.command.AdminCommand;
import org.lunwarden.node.discovery.Candidates;
import org.lunwarden.node.site.Site;
import org.lunwarden.node.why.Subject;
import org.lunwarden.path.PathAccount;
import org.lunwarden.path.PathActor;
import org.lunwarden.path.PathNews;
import org.lunwarden.path.PathReported;

/**
 * Knows which path belongs to which map and which paths share a nexus, and carries what they say between their actors.
 * The parent of the actors of paths and maps.
 */
final class PathRegistry {

    sealed interface Command {}

    /** The disks as they are now, as far as they could be read; those that are taken are the paths. */
    record Found(Candidates candidates) implements Command {}

    /** A dm device of that name moved. */
    record DmEvent(DeviceMapper.Event event) implements Command {}

    /** udev told that no dm device is called so any more. */
    record DmGone(String name) implements Command {}

    /** udev told of a map. */
    record MapEvent(Wwid wwid) implements Command {}

    /** An FC adapter heard that. */
    record FabricSaid(FabricEvents.Said said) implements Command {}

    record Check(List<Nexus> nexuses) implements Command {}

    record Describe(Optional<Wwid> wwid, ActorRef<HostAnswer> replyTo) implements Command {}

    record FailBack(List<HostCommand.Way> ways, Epoch epoch, FailbackTerm term, ActorRef<HostAnswer> replyTo)
            implements Command {}

    record MayFailBack(List<HostCommand.Way> ways, Epoch epoch, FailbackTerm term, ActorRef<HostAnswer> replyTo)
            implements Command {}

    /** @param by the operator's name. The answer is why it is not done; empty when it is. */
    record Act(AdminCommand.Act act, String by, ActorRef<Optional<String>> replyTo) implements Command {}

    /** Give the map that size, if all its paths have it then. The answer is as that of {@link Act}. */
    record Resize(Wwid wwid, long sectors, String by, ActorRef<Optional<String>> replyTo) implements Command {}

    /** Load the tables of all maps once more, each as soon as it can be. */
    record LoadAll(String by) implements Command {}

    /** The paths of a map as their actors know them now; one that does not answer in time is not among them. */
    record GetPaths(Wwid wwid, ActorRef<List<PathReport>> replyTo) implements Command {}

    record GetCensus(ActorRef<Census> replyTo) implements Command {}

    /** The answer is empty when that disk is no path. */
    record ExplainPath(DeviceName name, ActorRef<PathAccount> replyTo) implements Command {}

    /** Not answered when there is no such map. */
    record ExplainMap(Wwid wwid, ActorRef<MapAccount> replyTo) implements Command {}

    record FindMap(Subject subject, ActorRef<Optional<Wwid>> replyTo) implements Command {}

    /** The actor of a map starts anew and knows nothing of its paths. */
    record MapRestarted(Wwid wwid) implements Command {}

    /** Another configuration is in place of that one. */
    record SiteChanged(Site before) implements Command {}

    /** The names of all maps are to be asked for anew. */
    record NameAll() implements Command {}

    private record Then(Runnable next) implements Command {}

    private record Called(MapNames.Named named) implements Command {}

    private record PathSaid(PathReported said) implements Command {}

    private record UnitIs(PathNews news) implements Command {}

    private record MapSaid(MapFact fact) implements Command {}

    private record Ring(Nexus nexus) implements Command {}

    private final NodeSettings settings;
    private final OperatorWords words;
    private final ActorRef<MapNames.Command> names;
    private final ActorRef<HostReporter.Command> reporter;
    private final Children children;
    private final FleetAnswers answers;
    private final OperatorActs acts;

    private final PathTable paths = new PathTable();
    private final MapTable maps = new MapTable();
    private final KeptOut keptOut = new KeptOut();

    private final KeptMaps kept;
    private final SiblingChecks siblings;
    private final PathReports pathReports;
    private final MapReports mapReports;
    private final UdevClaims claims;

    /**
     * @param operations outlive the registry
     * @param words outlive the registry
     * @param lookAgain calls for another look at the disks
     */
    static Behavior<Command> create(
            HostPorts ports,
            NodeSettings settings,
            MapOperations operations,
            OperatorWords words,
            Executor block,
            ActorRef<HostReporter.Command> reporter,
            ActorRef<MapNames.Command> names,
            Runnable lookAgain) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var registry = new PathRegistry(
                    context, timers, ports, settings, operations, words, block, reporter, names, lookAgain);
            return Behaviors.receiveMessage(command -> {
                registry.receive(command);
                return Behaviors.same();
            });
        }));
    }

    private PathRegistry(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            HostPorts ports,
            NodeSettings settings,
            MapOperations operations,
            OperatorWords words,
            Executor block,
            ActorRef<HostReporter.Command> reporter,
            ActorRef<MapNames.Command> names,
            Runnable lookAgain) {
        this.settings = settings;
        this.words = words;
        this.reporter = reporter;
        this.names = names;
        var pathsSaid = context.messageAdapter(PathReported.class, PathSaid::new);
        var mapFacts = context.messageAdapter(MapFact.class, MapSaid::new);
        var unitNews = context.messageAdapter(PathNews.class, UnitIs::new);
        this.children = new Children(context, ports, settings, operations, block, pathsSaid, unitNews, mapFacts);
        var called = context.messageAdapter(MapNames.Named.class, Called::new);
        this.kept = new KeptMaps(
                maps,
                paths,
                settings.host(),
                settings.site(),
                children::map,
                (wwid, wish) -> names.tell(new MapNames.Name(wwid, wish, called)),
                wwid -> names.tell(new MapNames.Forget(wwid)));
        this.siblings = new SiblingChecks(
                paths, ports.clock(), (nexus, wait) -> timers.startSingleTimer(nexus, new Ring(nexus), wait));
        this.pathReports = new PathReports(paths, maps, words, keptOut, reporter, siblings, lookAgain);
        this.claims = new UdevClaims(paths, ports.diskControl(), block);
        this.mapReports = new MapReports(paths, maps, kept, reporter, names, siblings, claims);
        var scheduler = context.getSystem().scheduler();
        this.answers = new FleetAnswers(maps, ports.clock(), scheduler);
        this.acts = new OperatorActs(
                paths,
                maps,
                settings.site(),
                words,
                ports.clock(),
                next -> context.getSelf().tell(new Then(next)),
                scheduler);
    }

    private void receive(Command command) {
        switch (command) {
            case Found(var candidates) -> found(candidates);
            case PathSaid(PathReported(var by, var report)) -> pathReports.said(by, report);
            case MapSaid(var fact) -> mapReports.said(fact);
            case Called(MapNames.Named(var wwid, var name)) -> kept.called(wwid, name);
            case NameAll() -> nameAll();
            case SiteChanged(var before) -> siteChanged(before);
            case MapRestarted(var wwid) -> replay(wwid);
            case DmEvent(var event) -> maps.hear(event);
            case DmGone(var name) -> kept.nameIsFree(name);
            case MapEvent(var wwid) -> maps.tell(wwid, new MapActor.KernelMoved());
            case FabricSaid(var said) -> pathReports.fabricSaid(said);
            case Check(var nexuses) -> Set.copyOf(nexuses).forEach(siblings::checkAll);
            case Ring(var nexus) -> siblings.ring(nexus);
            case UnitIs(var news) -> pathReports.unitIs(news);
            case Describe(var wwid, var replyTo) -> answers.describe(wwid, replyTo);
            case ExplainPath(var name, var replyTo) ->
                paths.get(name)
                        .ifPresentOrElse(
                                path -> path.actor().tell(new PathActor.Explain(replyTo)),
                                () -> replyTo.tell(new PathAccount(List.of())));
            case ExplainMap(var wwid, var replyTo) -> maps.tell(wwid, new MapActor.Explain(replyTo));
            case FindMap(var subject, var replyTo) -> replyTo.tell(maps.find(subject));
            case FailBack(var wanted, var epoch, var term, var replyTo) ->
                answers.failBack(wanted, epoch, term, replyTo);
            case MayFailBack(var wanted, var epoch, var term, var replyTo) ->
                answers.mayFailBack(wanted, epoch, term, replyTo);
            case Act(var act, var by, var replyTo) -> acts.act(act, by).thenAccept(replyTo::tell);
            case GetPaths(var wwid, var replyTo) -> acts.pathsOf(wwid).thenAccept(replyTo::tell);
            case Resize(var wwid, var sectors, var by, var replyTo) ->
                acts.resize(wwid, Optional.of(sectors), by).thenAccept(replyTo::tell);
            case LoadAll(var by) -> acts.loadAll(by);
            case Then(var next) -> next.run();
            case GetCensus(var replyTo) -> replyTo.tell(Census.of(paths, maps, keptOut));
        }
    }

    private void found(Candidates candidates) {
        pathReports.noSpares();
        claims.found(candidates);
        var site = settings.site();
        for (var change : RollCall.changes(
                paths, candidates, settings.host(), disk -> site.look(disk).wwid())) {
            switch (change) {
                case RollCall.Drop(var path, var reason) -> drop(path, reason);
                case RollCall.Spare(var path, var seat, var doubtful) -> spare(path, seat, doubtful);
                case RollCall.Take(var seat, var reason) -> take(seat, reason);
                case RollCall.Renew(var path, var seat) -> {
                    paths.put(path.with(seat));
                    reporter.tell(new HostReporter.NexusIs(seat.facts()));
                    path.actor().tell(new PathActor.DiskChanged(seat.disk()));
                    tellSettings(path, settings.site().path(path.seat().disk(), seat.wwid()), seat);
                }
            }
        }
        reporter.tell(kept.follow(candidates));
    }

    private void take(PathSeat seat, String reason) {
        Audit.path(seat.wwid(), seat.disk(), "taken, " + reason);
        var adminFailed = words.isFailed(seat.announcement(true));
        var announced = seat.announcement(adminFailed);
        reporter.tell(new HostReporter.NexusIs(seat.facts()));
        reporter.tell(new HostReporter.PathIs(announced));
        kept.keep(seat.wwid(), seat.disk());
        reporter.tell(new HostReporter.SettingsAre(seat.wwid(), kept.settingsInWords(seat.wwid())));
        maps.tell(seat.wwid(), new MapActor.PathIs(announced));
        if (announced.unit() == UnitProof.ANOTHER) {
            Audit.path(announced, "not used: its page names another unit");
        }
        var actor = children.path(seat, adminFailed);
        if (words.isMarginal(announced)) {
            actor.tell(new PathActor.SetMarginal());
        }
        paths.put(new PathEntry(seat, actor, announced));
    }

    /** Only the actor can find out whether the disk still is the unit of the path. */
    private void spare(PathEntry path, PathSeat seat, boolean doubtful) {
        pathReports.spare(seat);
        if (seat.equals(path.seat())) {
            return;
        }
        paths.put(path.with(seat));
        path.actor().tell(new PathActor.DiskChanged(seat.disk()));
        if (doubtful) {
            Audit.path(
                    path.last(), "its disk tells another WWID, and it is all that its map has: it is to prove itself");
            path.actor().tell(new PathActor.ProofWanted());
        }
    }

    private void drop(PathEntry entry, String reason) {
        var seat = entry.seat();
        Audit.path(seat.wwid(), seat.disk(), "dropped, " + reason);
        entry.actor().tell(new PathActor.Stop());
        paths.remove(entry);
        keptOut.forget(seat.disk().name());
        words.pathGone(entry.last());
        reporter.tell(new HostReporter.PathGone(seat.disk().device()));
        maps.tell(seat.wwid(), new MapActor.PathGone(seat.disk().device()));
        if (maps.get(seat.wwid()).filter(map -> map.topology().isEmpty()).isPresent()
                && paths.of(seat.wwid()).isEmpty()) {
            kept.forget(seat.wwid());
        }
    }

    private void tellSettings(PathEntry path, PathSettings before, PathSeat seat) {
        var now = settings.site().path(seat.disk(), seat.wwid());
        if (!now.equals(before)) {
            path.actor().tell(new PathActor.SettingsChanged(now));
            Audit.path(path.last(), "other settings");
        }
    }

    /** Only what is said otherwise is told: other settings of a map begin its retries anew. */
    private void siteChanged(Site before) {
        for (var path : paths.all()) {
            var seat = path.seat();
            tellSettings(path, before.path(seat.disk(), seat.wwid()), seat);
        }
        kept.siteChanged(before);
        maps.wwids().forEach(wwid -> reporter.tell(new HostReporter.SettingsAre(wwid, kept.settingsInWords(wwid))));
        nameAll();
    }

    private void nameAll() {
        kept.nameAll();
        maps.present().keySet().forEach(wwid -> names.tell(new MapNames.MapIs(wwid)));
    }

    private void replay(Wwid wwid) {
        Audit.map(wwid, "its actor was restarted");
        maps.change(wwid, MapTable.Entry::freed);
        kept.replay(wwid);
    }
}
