package org.lunwarden.io.simulated;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An FC fabric, or an IP network that iSCSI sessions cross: switches and the links between them. */
final class Fabric {

    /** Two switches joined; {@code low < high}. */
    private record Isl(int low, int high, Health health) {}

    private record Ends(int from, int to) {}

    final String name;
    /** World-wide name of an FC fabric; 0 for an IP network. */
    final long wwn;

    final Optional<IpSubnet> subnet;
    final Health health;
    final TreeMap<Integer, Health> switches = new TreeMap<>();
    private final List<Isl> isls = new ArrayList<>();
    private final Map<Integer, Integer> plugged = new HashMap<>();
    private final Map<Ends, Optional<List<Health>>> routes = new HashMap<>();

    Fabric(String name, long wwn, Optional<IpSubnet> subnet) {
        this.name = name;
        this.wwn = wwn;
        this.subnet = subnet;
        this.health = subnet.map(net -> new Health(Part.Kind.SUBNET, net.text(), "network " + name))
                .orElseGet(() -> new Health(Part.Kind.FABRIC, key(), "fabric " + name));
    }

    /** The fabric in component ids. */
    String key() {
        return wwn == 0 ? name : Names.digits(wwn);
    }

    void addSwitch(int domain) {
        switches.put(
                domain,
                new Health(Part.Kind.SWITCH, key() + "/" + domain, "switch " + domain + " of " + health.part.label()));
    }

    void addIsl(int one, int other) {
        var low = Math.min(one, other);
        var high = Math.max(one, other);
        var label = "link " + low + "-" + high + " of " + health.part.label();
        isls.add(new Isl(low, high, new Health(Part.Kind.ISL, key() + "/" + low + "-" + high, label)));
    }

    List<Health> parts() {
        var parts = new ArrayList<Health>();
        parts.add(health);
        parts.addAll(switches.values());
        isls.forEach(isl -> parts.add(isl.health()));
        return parts;
    }

    /** The next free address on a switch: area and port, 16 bits. */
    int plug(int domain) {
        var number = plugged.merge(domain, 1, Integer::sum) - 1;
        return (number & 0xff) << 8 | (number >> 8);
    }

    /** Forgets routes after something failed or came back. */
    void reroute() {
        routes.clear();
    }

    /** The parts on the shortest way between two switches that is up; empty when there is none. */
    Optional<List<Health>> route(int from, int to) {
        return routes.computeIfAbsent(new Ends(from, to), this::search);
    }

    private Optional<List<Health>> search(Ends ends) {
        if (!health.isUp() || !isUp(ends.from()) || !isUp(ends.to())) {
            return Optional.empty();
        }
        var ways = new HashMap<Integer, List<Health>>();
        ways.put(ends.from(), List.of(health, switchOf(ends.from())));
        var next = new ArrayDeque<Integer>(List.of(ends.from()));
        while (!next.isEmpty() && !ways.containsKey(ends.to())) {
            var here = next.remove();
            for (var isl : isls) {
                if (isl.low() != here && isl.high() != here) {
                    continue;
                }
                var there = isl.low() == here ? isl.high() : isl.low();
                if (isl.health().isUp() && isUp(there) && !ways.containsKey(there)) {
                    var way = new ArrayList<>(ways.getOrDefault(here, List.of()));
                    way.add(isl.health());
                    way.add(switchOf(there));
                    ways.put(there, way);
                    next.add(there);
                }
            }
        }
        return Optional.ofNullable(ways.get(ends.to()));
    }

    private boolean isUp(int domain) {
        return switchOf(domain).isUp();
    }

    private Health switchOf(int domain) {
        var found = switches.get(domain);
        if (found == null) {
            throw new IllegalArgumentException("no switch " + domain + " in fabric " + name);
        }
        return found;
    }
}
