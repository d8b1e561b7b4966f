package org.lunwarden.node;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.apache.pekko.actor.typed.ActorRef;

import org.lunwarden.io.FabricEvents;
import org.lunwarden.map.MapActor;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.path.PathActor;
import org.lunwarden.path.PathNews;

/** Carries on what paths and their fabrics say: to their maps, to the fleet's report, to their siblings. */
final class PathReports {

    private final PathTable paths;
    private final MapTable maps;
    private final OperatorWords words;
    private final KeptOut keptOut;
    private final ActorRef<HostReporter.Command> reporter;
    private final SiblingChecks siblings;
    private final Runnable lookAgain;
    /** Paths of a map that stay only until another one works. */
    private final Map<Wwid, Set<DeviceName>> spares = new HashMap<>();

    /** @param lookAgain calls for another look at the disks */
    PathReports(
            PathTable paths,
            MapTable maps,
            OperatorWords words,
            KeptOut keptOut,
            ActorRef<HostReporter.Command> reporter,
            SiblingChecks siblings,
            Runnable lookAgain) {
        this.paths = paths;
        this.maps = maps;
        this.words = words;
        this.keptOut = keptOut;
        this.reporter = reporter;
        this.siblings = siblings;
        this.lookAgain = lookAgain;
    }

    void noSpares() {
        spares.clear();
    }

    /** It stays only until another path of its map works. */
    void spare(PathSeat path) {
        spares.computeIfAbsent(path.wwid(), first -> new HashSet<>())
                .add(path.disk().name());
    }

    void said(ActorRef<PathActor.Command> by, PathReport report) {
        var known = paths.get(report.name()).filter(entry -> entry.isSaidBy(by));
        if (known.isEmpty()) {
            return;
        }
        var was = known.get();
        paths.put(was.with(report));
        words.pathIs(report);
        keptOut.hear(report);
        reporter.tell(new HostReporter.PathIs(report));
        maps.tell(report.wwid(), new MapActor.PathIs(report));
        if (was.isChangedBy(report)) {
            Audit.path(
                    report,
                    was.last().state().label() + " -> " + report.state().label()
                            + (report.adminFailed() ? ", failed by an operator" : ""));
        }
        if (RollCall.works(report)
                && !spares.getOrDefault(report.wwid(), Set.of(report.name())).contains(report.name())) {
            spares.remove(report.wwid());
            lookAgain.run();
        }
        was.alarm(report).ifPresent(news -> siblings.raise(report.nexus(), report.name(), news));
    }

    void unitIs(PathNews news) {
        if (paths.get(news.path().name())
                .filter(path -> path.isSaidBy(news.by()))
                .isPresent()) {
            keptOut.hear(news);
            if (news instanceof PathNews.IsAnother) {
                lookAgain.run();
            }
            if (news instanceof PathNews.IsQuarantined(var by, var path, var reason, var over)
                    && over
                    && canSpare(path)) {
                by.tell(new PathActor.Purge());
            }
        }
    }

    /** Whether its map has a path without it. */
    private boolean canSpare(PathReport path) {
        return paths.of(path.wwid()).stream()
                .map(PathEntry::last)
                .anyMatch(other ->
                        !other.device().equals(path.device()) && other.state().isUsable() && !other.adminFailed());
    }

    void fabricSaid(FabricEvents.Said said) {
        paths.all()
                .forEach(path -> FabricWarnings.of(said, path.seat().disk())
                        .ifPresent(marginal -> path.actor().tell(new PathActor.FabricSaid(marginal))));
    }
}
