package org.lunwarden.node;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.pekko.actor.typed.ActorRef;

import org.lunwarden.io.Disk;
import org.lunwarden.map.MapActor;
import org.lunwarden.model.DevT;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.map.MapName;
import org.lunwarden.model.map.UnitProof;
import org.lunwarden.model.settings.MapSettings;
import org.lunwarden.node.discovery.Candidates;
import org.lunwarden.node.names.Alias;
import org.lunwarden.node.names.NameWish;
import org.lunwarden.node.report.SettingsWords;
import org.lunwarden.node.site.Site;
import org.lunwarden.node.topology.NexusFacts;

/** Which maps have an actor, and what each of them is told of paths that are missing. */
final class KeptMaps {

    private final MapTable maps;
    private final PathTable paths;
    private final HostId host;
    private final Site site;
    private final Starter actors;
    private final BiConsumer<Wwid, NameWish> naming;
    private final Consumer<Wwid> forgotten;
    /** The first path that was seen of a map decides on its settings for as long as the map is kept. */
    private final Map<Wwid, Disk> deciding = new ConcurrentHashMap<>();

    private final Map<Wwid, MapName> names = new ConcurrentHashMap<>();
    private final Map<Wwid, NameWish> wishes = new HashMap<>();

    private Candidates disks = Candidates.NONE;
    /** What each map was told last of disks that could not be read, unless of none. */
    private final Map<Wwid, Set<DevT>> told = new HashMap<>();

    /** Starts the actor of a map. What it is told at each start may be asked for by any thread. */
    interface Starter {
        ActorRef<MapActor.Command> start(Wwid wwid, Supplier<MapSettings> settings, Supplier<MapName> name);
    }

    /**
     * @param naming asks for a name, which comes as {@link #called}
     * @param forgotten hears of a map whose name is free again
     */
    KeptMaps(
            MapTable maps,
            PathTable paths,
            HostId host,
            Site site,
            Starter actors,
            BiConsumer<Wwid, NameWish> naming,
            Consumer<Wwid> forgotten) {
        this.maps = maps;
        this.paths = paths;
        this.host = host;
        this.site = site;
        this.actors = actors;
        this.naming = naming;
        this.forgotten = forgotten;
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
        tellOfOtherUnits();
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

    /** A map whose table has a disk that is another unit by its own pages: the kernel is not to use it any longer. */
    private void tellOfOtherUnits() {
        for (var sighting : disks.leftInMaps()) {
            for (var wwid : sighting.holders().maps()) {
                var seat = new PathSeat(sighting.disk(), wwid, NexusFacts.of(host, sighting.disk()));
                var path = seat.announcement(false);
                if (path.unit() == UnitProof.ANOTHER) {
                    maps.tell(wwid, new MapActor.PathIsAnother(path));
                }
            }
        }
    }

    /** @param path that was found */
    void keep(Wwid wwid, Disk path) {
        var isFirst = deciding.putIfAbsent(wwid, path) == null;
        if (maps.get(wwid).isEmpty()) {
            start(wwid);
        } else if (isFirst) {
            maps.tell(wwid, new MapActor.SettingsChanged(settings(wwid)));
        }
        if (isFirst) {
            askName(wwid);
        }
    }

    /** Without a path it is not known what holds for it, and the kernel's map keeps its name. */
    private void askName(Wwid wwid) {
        Optional.ofNullable(deciding.get(wwid)).ifPresent(path -> {
            var wish = site.name(wwid, Optional.of(path));
            wishes.put(wwid, wish);
            naming.accept(wwid, wish);
        });
    }

    /** @param before the site that was in place */
    void siteChanged(Site before) {
        for (var wwid : maps.wwids()) {
            var now = settings(wwid);
            if (!now.equals(before.map(wwid, Optional.ofNullable(deciding.get(wwid))))) {
                Audit.map(wwid, "other settings");
                maps.tell(wwid, new MapActor.SettingsChanged(now));
            }
        }
    }

    /** The site's settings may be others. */
    void nameAll() {
        maps.wwids().forEach(this::askName);
    }

    void called(Wwid wwid, MapName name) {
        if (maps.get(wwid).isPresent()) {
            names.put(wwid, name);
            maps.tell(wwid, new MapActor.NameIs(name));
        }
    }

    /** No dm device is called so any more: a map that could not have the name may have it now. */
    void nameIsFree(String name) {
        for (var wwid : maps.wwids()) {
            if (new MapName.Wanted(name).equals(names.get(wwid))) {
                maps.tell(wwid, new MapActor.NameIsFree(name));
            } else if (wants(wwid, name)) {
                askName(wwid);
            }
        }
    }

    /** Whether a map that has another name may have that one: its alias, or a numbered name where it has none. */
    private boolean wants(Wwid wwid, String name) {
        return names.get(wwid) instanceof MapName.Wanted(var has)
                && Optional.ofNullable(wishes.get(wwid))
                        .filter(wish -> wish.alias()
                                .map(alias -> alias.value().equals(name))
                                .orElseGet(() -> isNumbered(name, wish) && !isNumbered(has, wish)))
                        .isPresent();
    }

    private static boolean isNumbered(String name, NameWish wish) {
        return wish.prefix()
                .flatMap(prefix ->
                        Alias.parse(name).filter(alias -> alias.number(prefix).isPresent()))
                .isPresent();
    }

    private void start(Wwid wwid) {
        maps.add(wwid, actors.start(wwid, () -> settings(wwid), () -> names.getOrDefault(wwid, new MapName.Unsaid())));
    }

    private MapSettings settings(Wwid wwid) {
        return site.map(wwid, Optional.ofNullable(deciding.get(wwid)));
    }

    /** What holds for a map and the path that decides on it; empty while none was seen. */
    Map<String, String> settingsInWords(Wwid wwid) {
        return Optional.ofNullable(deciding.get(wwid))
                .map(disk -> SettingsWords.of(site.map(wwid, Optional.of(disk)), site.path(disk, wwid)))
                .orElse(Map.of());
    }

    void forget(Wwid wwid) {
        forgotten.accept(wwid);
        maps.tell(wwid, new MapActor.Stop());
        maps.remove(wwid);
        deciding.remove(wwid);
        names.remove(wwid);
        wishes.remove(wwid);
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
