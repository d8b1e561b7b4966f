package org.lunwarden.node.discovery;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.lunwarden.io.BlockDevices.Holders;
import org.lunwarden.io.Disk;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;
import org.lunwarden.node.discovery.Verdict.Left;
import org.lunwarden.node.discovery.Verdict.Obstacle;
import org.lunwarden.node.discovery.Verdict.Taken;

/**
 * Decides which disks are paths: those whose WWID the kernel has a multipath map of already, and those that
 * {@code find_multipaths} has a map made of while nothing holds any of them. A WWID that is taken stays taken while a disk
 * of it is left, so that the loss of a path is never mistaken for a local disk. Pure.
 *
 * @param verdicts one for each disk seen
 * @param maps WWIDs of the kernel's multipath maps at the last look
 * @param unread disks that the last look could not read
 */
public record Candidates(
        SortedMap<DeviceName, Sighting> seen,
        SortedMap<DeviceName, Verdict> verdicts,
        Set<Wwid> maps,
        Map<DeviceName, Unread> unread) {

    public static final Candidates NONE = new Candidates(new TreeMap<>(), new TreeMap<>(), Set.of(), Map.of());

    /**
     * What follows from a look at some disks, those among them that the look before could not read.
     *
     * @param looked the disks looked at; empty for one that is gone
     * @param notRead those that were to be looked at and could not be read
     */
    public Candidates after(Map<DeviceName, Optional<Sighting>> looked, Map<DeviceName, Unread> notRead, Known known) {
        var now = new TreeMap<>(seen);
        looked.forEach((name, sighting) ->
                sighting.ifPresentOrElse(disk -> now.put(name, remembering(disk)), () -> now.remove(name)));
        var unreadNow = new TreeMap<DeviceName, Unread>();
        notRead.forEach((name, disk) -> {
            unreadNow.put(name, new Unread(disk.device(), disk.identified().map(this::remembering)));
            disk.identified().ifPresent(another -> now.remove(name));
        });
        var kept = new HashSet<>(stillTaken(now));
        kept.removeAll(dismissed(now, kept, known));
        var obstacles = obstacles(now, looked.keySet(), known, kept);
        return new Candidates(now, Verdicts.of(now, unreadNow, known, kept, obstacles), known.maps(), unreadNow);
    }

    /**
     * Paths that the site blacklists now. A map that the kernel has is not left without any of its paths: it may be in
     * use, and goes only by the hand of who removes it. A disk of which udev tells nothing was not judged.
     */
    private static Set<DeviceName> dismissed(SortedMap<DeviceName, Sighting> now, Set<DeviceName> kept, Known known) {
        var allowed = new HashSet<Wwid>();
        var blacklisted = new TreeMap<DeviceName, Wwid>();
        for (var name : kept) {
            var sighting = Objects.requireNonNull(now.get(name));
            var wwid = sighting.wwid().orElseThrow();
            if (Obstacles.isBlacklisted(sighting)) {
                blacklisted.put(name, wwid);
            } else {
                allowed.add(wwid);
            }
        }
        blacklisted.values().removeIf(wwid -> known.maps().contains(wwid) && !(known.anew() && allowed.contains(wwid)));
        return blacklisted.keySet();
    }

    /**
     * Whether only opening a disk tells who holds it and matters, since nothing else decides: neither is it a path
     * already, nor is something stacked on it, nor does it speak against itself.
     *
     * @param identified with what is stacked on it
     */
    public boolean mayHaveOpener(Sighting identified, Known now) {
        return !hasTaken(identified.disk(), identified.wwid())
                && identified.holders().equals(Holders.NONE)
                && Obstacles.of(remembering(identified), now).isEmpty();
    }

    /** Whether one of the disks that could not be read may be a path of that map. */
    public boolean mayHaveUnread(Wwid wwid) {
        return unread.values().stream().anyMatch(disk -> disk.mayBePathOf(wwid));
    }

    /** Those of them whose number is known. Of one that came after all disks were listed, no table knows yet. */
    public Set<DevT> unreadOf(Wwid wwid) {
        return unread.values().stream()
                .filter(disk -> disk.mayBePathOf(wwid))
                .flatMap(disk -> disk.device().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether this very disk is a path already, so that a look at its holders would tell nothing. */
    public boolean hasTaken(Disk disk, Optional<Wwid> wwid) {
        var known = seen.get(disk.name());
        return known != null
                && verdicts.get(disk.name()) instanceof Taken
                && known.disk().device().equals(disk.device())
                && (wwid.isEmpty() || known.wwid().equals(wwid));
    }

    /**
     * A disk that cannot be asked loses its WWID in udev's eyes; it is the same disk as long as its number is. One that is as it
     * was is kept once, with all that udev says of it: its path has it too.
     */
    private Sighting remembering(Sighting sighting) {
        var name = sighting.disk().name();
        var known = seen.get(name);
        if (known == null && unread.containsKey(name)) {
            known = Objects.requireNonNull(unread.get(name)).identified().orElse(null);
        }
        if (known == null) {
            return sighting;
        }
        var keepsWwid = sighting.wwid().isEmpty()
                && known.disk().device().equals(sighting.disk().device())
                && known.disk().hctl().equals(sighting.disk().hctl());
        return new Sighting(
                known.disk().equals(sighting.disk()) ? known.disk() : sighting.disk(),
                keepsWwid ? known.wwid() : sighting.wwid(),
                sighting.judgement(),
                sighting.holders());
    }

    /** The disks that are paths. */
    public SortedMap<DeviceName, Sighting> taken() {
        var taken = new TreeMap<DeviceName, Sighting>();
        verdicts.forEach((name, verdict) -> {
            if (verdict instanceof Taken) {
                taken.put(name, Objects.requireNonNull(seen.get(name)));
            }
        });
        return taken;
    }

    /** The disks of that WWID, paths or not. */
    public Set<DeviceName> of(Wwid wwid) {
        return seen.values().stream()
                .filter(sighting -> sighting.wwid().equals(Optional.of(wwid)))
                .map(sighting -> sighting.disk().name())
                .collect(Collectors.toSet());
    }

    /** The disks that another map than that of their WWID has in its table. */
    public Set<DeviceName> inOtherMaps() {
        return verdicts.entrySet().stream()
                .filter(entry ->
                        entry.getValue() instanceof Left(var obstacle, var reason) && obstacle == Obstacle.HELD_BY_MAP)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** The disks that only a lock of their node keeps from being paths; no event tells its end. */
    public Set<DeviceName> locked() {
        return verdicts.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Left(var obstacle, var reason)
                        && obstacle == Obstacle.LOCKED
                        && !unread.containsKey(entry.getKey()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The disks that are no paths and are in the tables of maps. */
    public List<Sighting> leftInMaps() {
        return seen.entrySet().stream()
                .filter(entry -> !(verdicts.get(entry.getKey()) instanceof Taken))
                .map(Map.Entry::getValue)
                .filter(sighting -> !sighting.holders().maps().isEmpty())
                .toList();
    }

    /** The disks that nobody gives a WWID, and those that udev has told nothing of, as far as that matters. */
    public Map<DeviceName, DevT> nameless() {
        var nameless = new TreeMap<DeviceName, DevT>();
        verdicts.forEach((name, verdict) -> {
            var disk = Objects.requireNonNull(seen.get(name)).disk();
            if (verdict instanceof Left(var obstacle, var reason)
                    && (obstacle == Obstacle.NO_WWID || (disk.udev().isEmpty() && obstacle != Obstacle.BLACKLISTED))) {
                nameless.put(name, disk.device());
            }
        });
        return nameless;
    }

    /** The disks that the site leaves alone, each with the rule. */
    public SortedMap<DeviceName, String> blacklisted() {
        var blacklisted = new TreeMap<DeviceName, String>();
        verdicts.forEach((name, verdict) -> {
            if (verdict instanceof Left(var obstacle, var reason) && obstacle == Obstacle.BLACKLISTED) {
                blacklisted.put(name, reason);
            }
        });
        return blacklisted;
    }

    /** Why a disk is a path or none; empty when it was not seen. */
    public String reason(DeviceName name) {
        var verdict = verdicts.get(name);
        if (verdict != null) {
            return verdict.reason();
        }
        return unread.containsKey(name) ? "it is another disk now, which cannot be read" : "";
    }

    private Set<DeviceName> stillTaken(SortedMap<DeviceName, Sighting> now) {
        return verdicts.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Taken(var wwid, var grounds)
                        && isSame(seen.get(entry.getKey()), now.get(entry.getKey()), wwid))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static boolean isSame(@Nullable Sighting before, @Nullable Sighting now, Wwid wwid) {
        return before != null
                && now != null
                && now.wwid().equals(Optional.of(wwid))
                && now.disk().device().equals(before.disk().device());
    }

    /**
     * What speaks against each disk by itself. A disk against which something spoke when it was read was not opened then:
     * who holds it is known only when it is read again.
     */
    private Map<DeviceName, Left> obstacles(
            SortedMap<DeviceName, Sighting> now, Set<DeviceName> read, Known known, Set<DeviceName> kept) {
        var obstacles = new HashMap<DeviceName, Left>();
        now.forEach((name, sighting) -> {
            if (!kept.contains(name)) {
                Obstacles.of(sighting, known)
                        .or(() -> read.contains(name) ? Optional.empty() : unopened(name))
                        .ifPresent(left -> obstacles.put(name, left));
            }
        });
        return obstacles;
    }

    private Optional<Left> unopened(DeviceName name) {
        return verdicts.get(name) instanceof Left left && Obstacles.mayPassUnread(left.obstacle())
                ? Optional.of(left)
                : Optional.empty();
    }

    /**
     * The disks that are left only because they have not been read since what spoke against them passed.
     *
     * @param unheard as in {@link Known}
     */
    public Set<DeviceName> toBeReadAgain(Set<DeviceName> unheard) {
        return verdicts.entrySet().stream()
                .filter(entry -> !unread.containsKey(entry.getKey()))
                .filter(entry -> entry.getValue() instanceof Left(var obstacle, var reason)
                        && switch (obstacle) {
                            case NO_UDEV -> unheard.contains(entry.getKey()) || hasMap(entry.getKey());
                            case NO_SIZE -> hasMap(entry.getKey());
                            default -> false;
                        })
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean hasMap(DeviceName name) {
        return Objects.requireNonNull(seen.get(name))
                .wwid()
                .filter(maps::contains)
                .isPresent();
    }
}
