package org.lunwarden.node;

import java.util.Optional;

import org.apache.pekko.actor.typed.ActorRef;

import org.lunwarden.map.MapFact;
import org.lunwarden.model.DevT;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.path.PathActor;

/** Carries on what maps say: to their paths, to the fleet's report, to what names them. */
final class MapReports {

    private final PathTable paths;
    private final MapTable maps;
    private final KeptMaps kept;
    private final ActorRef<HostReporter.Command> reporter;
    private final ActorRef<MapNames.Command> names;
    private final SiblingChecks siblings;
    private final UdevClaims claims;

    MapReports(
            PathTable paths,
            MapTable maps,
            KeptMaps kept,
            ActorRef<HostReporter.Command> reporter,
            ActorRef<MapNames.Command> names,
            SiblingChecks siblings,
            UdevClaims claims) {
        this.paths = paths;
        this.maps = maps;
        this.kept = kept;
        this.reporter = reporter;
        this.names = names;
        this.siblings = siblings;
        this.claims = claims;
    }

    void said(MapFact fact) {
        switch (fact) {
            case MapFact.MapIs(var topology) -> mapIs(topology);
            case MapFact.PathFailedByKernel(var wwid, var device) -> failedByKernel(wwid, device);
            case MapFact.ProofWanted(var wwid, var device) ->
                path(wwid, device).ifPresent(path -> path.actor().tell(new PathActor.ProofWanted()));
            case MapFact.PathNeeded(var wwid, var device) -> needed(wwid, device);
            case MapFact.MapVanished(var wwid) -> vanished(wwid);
            case MapFact.NotMade(var wwid) -> names.tell(new MapNames.NotMade(wwid));
            case MapFact.Refusal(var wwid, var what, var reason) -> Audit.map(wwid, what + " refused: " + reason);
            case MapFact.Stuck(var wwid, var what, var since) -> {
                var call = what + ", no answer for " + since.toSeconds() + " s";
                Audit.map(wwid, "stuck: " + call);
                maps.change(wwid, map -> map.stuckIn(call));
            }
            case MapFact.Freed(var wwid, var what, var after) -> {
                Audit.map(wwid, what + " was answered after " + after.toSeconds() + " s");
                maps.change(wwid, MapTable.Entry::freed);
            }
        }
    }

    private void mapIs(MapTopology topology) {
        maps.get(topology.wwid()).ifPresent(map -> {
            MapNews.between(map.topology(), topology).forEach(news -> Audit.map(topology.wwid(), news));
            claims.mapIs(map.topology(), topology);
            maps.change(topology.wwid(), entry -> entry.as(topology));
            reporter.tell(new HostReporter.MapIs(topology));
            map.topology()
                    .map(MapTopology::name)
                    .filter(before -> !before.equals(topology.name()))
                    .ifPresent(kept::nameIsFree);
            if (map.topology().isEmpty()) {
                names.tell(new MapNames.MapIs(topology.wwid()));
            }
        });
    }

    private void failedByKernel(Wwid wwid, DevT device) {
        path(wwid, device).ifPresent(path -> {
            Audit.path(path.last(), "failed by the kernel");
            path.actor().tell(new PathActor.FailedByKernel());
            siblings.raise(path.seat().facts().nexus(), path.seat().disk().name(), NexusAlarms.News.LOST);
        });
    }

    private void needed(Wwid wwid, DevT device) {
        path(wwid, device).ifPresent(path -> {
            Audit.path(path.last(), "not held back any longer: its map has no other path");
            path.actor().tell(new PathActor.Needed());
        });
    }

    private Optional<PathEntry> path(Wwid wwid, DevT device) {
        return paths.at(device).filter(path -> path.seat().wwid().equals(wwid));
    }

    private void vanished(Wwid wwid) {
        maps.get(wwid).ifPresent(map -> {
            Audit.map(wwid, "map is gone");
            reporter.tell(new HostReporter.MapGone(wwid));
            maps.change(wwid, MapTable.Entry::vanished);
            map.topology().map(MapTopology::name).ifPresent(kept::nameIsFree);
            if (paths.of(wwid).isEmpty()) {
                kept.forget(wwid);
            }
        });
    }
}
