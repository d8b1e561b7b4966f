package org.lunwarden.fleet.impact;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.lunwarden.fleet.Contact;
import org.lunwarden.fleet.FleetSnapshot.FleetHost;
import org.lunwarden.fleet.FleetSnapshot.FleetNexus;
import org.lunwarden.fleet.impact.Crossings.Crosses;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusState;

/** The nexuses of a host that carry its maps' I/O, and what is left of them. */
final class Carriers {

    private final FleetHost host;
    private final Map<Nexus, FleetNexus> nexuses = new HashMap<>();
    private final Map<Nexus, Crosses> crosses = new HashMap<>();
    /** Most maps of a host go through the same nexuses and are alike. */
    private final IdentityHashMap<List<Nexus>, Map<Counts, Verdict>> verdicts = new IdentityHashMap<>();

    private record Counts(int paths, int usablePaths) {}

    /** What becomes of all maps through the same nexuses that have as many paths. */
    record Verdict(Outlook outlook, int usableNow, int usableThen, String why) {
        Verdict(Outlook outlook, String why) {
            this(outlook, 0, 0, why);
        }
    }

    Carriers(FleetHost host, Crossings crossings) {
        this.host = host;
        for (var nexus : host.nexuses()) {
            nexuses.put(nexus.row().nexus(), nexus);
            crosses.put(nexus.row().nexus(), crossings.by(nexus.row()));
        }
    }

    Verdict of(MapSummary map) {
        return verdicts.computeIfAbsent(map.nexuses(), any -> new HashMap<>())
                .computeIfAbsent(new Counts(map.paths(), map.usablePaths()), any -> verdict(map));
    }

    private Verdict verdict(MapSummary map) {
        var untouched = crosses.values().stream().allMatch(Crosses.NO::equals);
        if (host.contact() != Contact.REPORTING) {
            var seen = crosses.values().stream().allMatch(cross -> cross == Crosses.NO || cross == Crosses.UNSEEN);
            return seen && !crosses.isEmpty()
                    ? new Verdict(Outlook.SILENT, "host " + host.host() + " does not report")
                    : new Verdict(Outlook.UNKNOWN, "host " + host.host() + " does not report");
        }
        if (map.usablePaths() == 0) {
            return isOut(map)
                    ? new Verdict(Outlook.OUT_ALREADY, "")
                    : new Verdict(Outlook.UNKNOWN, "no path is usable for sure, and not all are known to be down");
        }
        if (map.nexuses().isEmpty() && !(untouched && !crosses.isEmpty())) {
            return new Verdict(Outlook.UNKNOWN, "the host does not tell which nexuses carry it");
        }
        return carried(map);
    }

    /** A path whose check is under way, or that is only not trusted, may carry I/O and is not counted as usable. */
    private boolean isOut(MapSummary map) {
        return map.paths() == 0
                || (!map.nexuses().isEmpty()
                        && map.nexuses().stream()
                                .map(this::state)
                                .allMatch(state -> state == NexusState.DOWN || state == NexusState.ADMIN));
    }

    private Verdict carried(MapSummary map) {
        var carriers = carriersOf(map);
        var all = Stream.concat(carriers.sure().stream(), carriers.perhaps().stream())
                .toList();
        var now = carriers.sure().size();
        var left = carriers.sure().stream()
                .filter(nexus -> is(nexus, Crosses.NO) || is(nexus, Crosses.UNSEEN))
                .toList();
        if (all.stream().allMatch(nexus -> is(nexus, Crosses.NO))) {
            return new Verdict(Outlook.FINE, now, now, "");
        }
        if (left.stream().anyMatch(nexus -> is(nexus, Crosses.NO))) {
            return kept(carriers, left);
        }
        if (!left.isEmpty()) {
            return new Verdict(
                    Outlook.UNKNOWN,
                    now,
                    0,
                    "what is left may pass through it: a host sees only the switches at both ends");
        }
        return all.stream().allMatch(nexus -> is(nexus, Crosses.YES))
                ? new Verdict(Outlook.OUTAGE, now, 0, "")
                : new Verdict(
                        Outlook.UNKNOWN,
                        now,
                        0,
                        "whether a path is left hangs on nexuses of which too little is known");
    }

    /** One that surely carries a path surely keeps it. */
    private Verdict kept(OfMap carriers, List<Nexus> left) {
        var all = Stream.concat(carriers.sure().stream(), carriers.perhaps().stream())
                .toList();
        var now = carriers.sure().size();
        var inDoubt = all.stream().filter(nexus -> is(nexus, Crosses.NOT_KNOWN)).count();
        if (inDoubt == 0 && all.stream().noneMatch(nexus -> is(nexus, Crosses.YES))) {
            return new Verdict(Outlook.FINE, now, left.size(), "");
        }
        var after = fabrics(left);
        if (after.size() == 1 && fabrics(all).size() > 1) {
            return new Verdict(
                    Outlook.ONE_FABRIC,
                    now,
                    left.size(),
                    "only " + after.iterator().next() + " is left");
        }
        var why = inDoubt == 0 ? "" : "it is not known whether " + inDoubt + " of its nexuses are among them";
        return new Verdict(Outlook.REDUCED, now, left.size(), why);
    }

    /**
     * @param sure nexuses that carry a path of a map
     * @param perhaps those that may carry one: it is not known whether all of their paths do
     */
    private record OfMap(List<Nexus> sure, List<Nexus> perhaps) {}

    private OfMap carriersOf(MapSummary map) {
        var sure = new ArrayList<Nexus>();
        var perhaps = new ArrayList<Nexus>();
        for (var nexus : map.nexuses()) {
            switch (state(nexus)) {
                case UP -> (isWhole(nexus) ? sure : perhaps).add(nexus);
                case PARTIAL, UNKNOWN -> perhaps.add(nexus);
                case DOWN, ADMIN -> {}
            }
        }
        // a map may have several paths through one nexus, of which any may be the usable ones
        var more = Math.max(0, map.paths() - map.nexuses().size());
        if (map.usablePaths() >= sure.size() + perhaps.size() + more) {
            sure.addAll(perhaps);
            return new OfMap(sure, List.of());
        }
        if (map.usablePaths() < sure.size()) {
            perhaps.addAll(sure);
            return new OfMap(List.of(), perhaps);
        }
        return map.usablePaths() == sure.size() && more == 0 ? new OfMap(sure, List.of()) : new OfMap(sure, perhaps);
    }

    private boolean isWhole(Nexus nexus) {
        return Optional.ofNullable(nexuses.get(nexus))
                .map(known -> known.row().paths())
                .filter(paths -> paths.up() == paths.total())
                .isPresent();
    }

    private NexusState state(Nexus nexus) {
        return Optional.ofNullable(nexuses.get(nexus)).map(FleetNexus::state).orElse(NexusState.UNKNOWN);
    }

    private boolean is(Nexus nexus, Crosses wanted) {
        return crosses.getOrDefault(nexus, Crosses.NOT_KNOWN) == wanted;
    }

    /** The networks that these nexuses cross; of a nexus without a known one, nothing. */
    private Set<Component> fabrics(List<Nexus> of) {
        var fabrics = new HashSet<Component>();
        for (var nexus : of) {
            Optional.ofNullable(nexuses.get(nexus)).stream()
                    .flatMap(known -> known.row().components().stream())
                    .filter(component ->
                            component.kind() == ComponentClass.FABRIC || component.kind() == ComponentClass.SUBNET)
                    .forEach(fabrics::add);
        }
        return fabrics;
    }
}
