package org.lunwarden.fleet.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.lunwarden.model.Nexus;
import org.lunwarden.model.fleet.HostId;

/**
 * Grants checks within the limits of each array port and each host. One nexus of every host comes before the second one of
 * any: what many hosts see tells more. A nexus that was just checked is not checked again. Time is a parameter; owned by one
 * actor.
 */
public final class CheckBudget {

    /** A nexus is not asked about again within this time: what it said is on its way, or known. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private record Asked(HostId host, Nexus nexus) {}

    private final Map<String, Bucket> ports = new HashMap<>();
    private final Map<HostId, Bucket> hosts = new HashMap<>();
    private final Map<Asked, Instant> asked = new HashMap<>();
    private final CheckLimits limits;
    private final Instant since;

    /**
     * A budget with nothing in it yet: what was spent just before by whoever asked then is not known. It is full once its
     * rates have filled it.
     */
    public CheckBudget(CheckLimits limits, Instant since) {
        this.limits = limits;
        this.since = since;
    }

    /** Those that may be checked now, in the order of their worth. The others may be wished for again. */
    public List<Wish> grant(Collection<Wish> wishes, Instant now) {
        asked.values().removeIf(at -> !at.plus(AGAIN).isAfter(now));
        ports.values().removeIf(bucket -> bucket.isFull(now));
        hosts.values().removeIf(bucket -> bucket.isFull(now));
        var granted = new ArrayList<Wish>();
        for (var wish : inTurns(wishes)) {
            var which = new Asked(wish.host(), wish.nexus());
            var port = ports.computeIfAbsent(
                    wish.nexus().targetPort(), any -> new Bucket(limits.perPort(), limits.portBurst(), since));
            var host =
                    hosts.computeIfAbsent(wish.host(), any -> new Bucket(limits.perHost(), limits.hostBurst(), since));
            if (!asked.containsKey(which) && port.has(wish.paths(), now) && host.has(wish.paths(), now)) {
                port.spend(wish.paths());
                host.spend(wish.paths());
                asked.put(which, now);
                granted.add(wish);
            }
        }
        return granted;
    }

    /** The first nexus of each host, then the second ones. Where two ports are alike, hosts differ in which they begin with. */
    private static List<Wish> inTurns(Collection<Wish> wishes) {
        var byHost = new HashMap<HostId, List<Wish>>();
        wishes.stream()
                .distinct()
                .sorted(Comparator.comparing(Wish::nexus))
                .forEach(wish -> byHost.computeIfAbsent(wish.host(), any -> new ArrayList<>())
                        .add(wish));
        record Turn(int round, int mixed, Wish wish) {}
        var turns = new ArrayList<Turn>();
        byHost.forEach((host, mine) -> {
            var mixed = mix(host.value().hashCode());
            for (var at = 0; at < mine.size(); at++) {
                turns.add(new Turn(Math.floorMod(at - mixed, mine.size()), mixed, mine.get(at)));
            }
        });
        turns.sort(Comparator.comparingInt(Turn::round)
                .thenComparingInt(Turn::mixed)
                .thenComparing(turn -> turn.wish().host())
                .thenComparing(turn -> turn.wish().nexus()));
        return turns.stream().map(Turn::wish).toList();
    }

    /** Names of hosts are mostly numbered: their hashes follow each other. */
    private static int mix(int hash) {
        var mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 15);
    }
}
