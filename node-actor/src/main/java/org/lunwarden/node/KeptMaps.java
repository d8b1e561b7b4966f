package org.lunwarden.node;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.pekko.actor.typed.ActorRef;

import org.lunwarden.io.Disk;
import org.lunwarden.map.MapActor;
import org.lunwarden.model.DevT;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.settings.MapSettings;
import org.lunwarden.node.discovery.Candidates;
import org.lunwarden.node.site.Site;

/** Which maps have an actor, and what each of them is told of paths that are missing. */
final class KeptMaps {

    private final MapTable maps;
    private final PathTable paths;
    private final Site site;
    private final BiFunction<Wwid, Supplier<MapSettings>, ActorRef<MapActor.Command>> actors;
    /** The first path that was seen of a map decides on its settings for as long as the map is kept. */
    private final Map<Wwid, Disk> deciding = new ConcurrentHashMap<>();

    private Candidates disks = Candidates.NONE;
    /** What each map was told last of disks that could not be read, unless of none. */
    private final Map<Wwid, Set<DevT>> told = new HashMap<>();

    /** @param actors starts the actor of a map, whose settings may be asked for by any thread */
    KeptMaps(
            MapTable maps,
            PathTable paths,
            Site site,
            BiFunction<Wwid, Supplier<MapSettings>, ActorRef<MapActor.Command>> actors) {
        this.maps = maps;
        this.paths = paths;
        this.site = site;
        this.actors = actors;
    }

    /**
     * The disks were looked at, and paths follow them already. A map of ours that the kernel has is kept also while no
     * path of it is to be seen.
     */
    HostReporter.HostKnown follow(Candidates candidates) {
        disks = candidates;
        var known = new HashSet<>(disks.maps());
        known.addAll(maps.present().keySet());
        for (var wwid : disks.maps()) {
            if (maps.get(wwid).isEmpty()) {
                Audit.map(wwid, "found without a path");
                start(wwid);
            }
        }
        for (var wwid : maps.wwids()) {
            if (paths.of(wwid).isEmpty() && !known.contains(wwid)) {
                forget(wwid);
            } else {
                tellWhatIsMissing(wwid);
            }
        }
        var devices = Stream.concat(
                        paths.all().stream().map(path -> path.seat().disk().device()),
                        disks.unread().values().stream().flatMap(disk -> disk.device().stream()))
                .collect(Collectors.toSet());
        return new HostReporter.HostKnown(devices, known);
    }

    /** @param path that was found */
    void keep(Wwid wwid, Disk path) {
        var isFirst = deciding.putIfAbsent(wwid, path) == null;
        if (maps.get(wwid).isEmpty()) {
            start(wwid);
        } else if (isFirst) {
            maps.tell(wwid, new MapActor.SettingsChanged(settings(wwid)));
        }
    }

    private void start(Wwid wwid) {
        maps.add(wwid, actors.apply(wwid, () -> settings(wwid)));
    }

    private MapSettings settings(Wwid wwid) {
        return site.map(wwid, Optional.ofNullable(deciding.get(wwid)));
    }

    void forget(Wwid wwid) {
        maps.tell(wwid, new MapActor.Stop());
        maps.remove(wwid);
        deciding.remove(wwid);
        told.remove(wwid);
    }

    /** Its actor knows nothing any more, and is told again. */
    void replay(Wwid wwid) {
        told.remove(wwid);
        paths.of(wwid).forEach(path -> maps.tell(wwid, new MapActor.PathIs(path.last())));
        tellWhatIsMissing(wwid);
    }

    private void tellWhatIsMissing(Wwid wwid) {
        var unread = disks.unreadOf(wwid);
        var before = Optional.ofNullable(unread.isEmpty() ? told.remove(wwid) : told.put(wwid, unread));
        if (!unread.equals(before.orElse(Set.of()))) {
            maps.tell(wwid, new MapActor.DisksUnread(unread));
        }
        if (!disks.mayHaveUnread(wwid) && paths.of(wwid).isEmpty()) {
            maps.tell(wwid, new MapActor.NoPathFound());
        }
    }
}
