package org.lunwarden.fleet.impact;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.fleet.NexusRow;

/**
 * Whether nexuses cross any of some components.
 *
 * @param networks by component, of which kind the networks of the nexuses are that are known to cross it
 */
record Crossings(List<Component> down, Map<Component, Set<Network>> networks) {

    private static final Pattern WWPN = Pattern.compile("[0-9a-f]{16}");

    enum Crosses {
        NO,
        /** A host sees only the switches at both ends: a path may pass through a third one unseen. */
        UNSEEN,
        /** The host does not see what of that class the nexus crosses. */
        NOT_KNOWN,
        YES
    }

    /** FC carries SCSI and NVMe through the same ports and switches. */
    enum Network {
        FC,
        IP,
        SAS,
        OTHER
    }

    static Crossings of(FleetSnapshot fleet, List<Component> down) {
        var wanted = new HashSet<>(down);
        var networks = new HashMap<Component, Set<Network>>();
        for (var host : fleet.hosts()) {
            for (var nexus : host.nexuses()) {
                for (var component : nexus.row().components()) {
                    if (wanted.contains(component)) {
                        networks.computeIfAbsent(component, any -> EnumSet.noneOf(Network.class))
                                .add(network(nexus.row()));
                    }
                }
            }
        }
        return new Crossings(down, networks);
    }

    List<Component> unseen() {
        return down.stream()
                .filter(component -> !networks.containsKey(component))
                .toList();
    }

    /** The answer that takes most for possible. */
    Crosses by(NexusRow row) {
        var answer = Crosses.NO;
        for (var component : down) {
            var crosses = by(row, component);
            answer = crosses.compareTo(answer) > 0 ? crosses : answer;
        }
        return answer;
    }

    private Crosses by(NexusRow row, Component component) {
        if (row.components().contains(component)) {
            return Crosses.YES;
        }
        if (row.components().isEmpty()) {
            return Crosses.NOT_KNOWN;
        }
        if (!networks.getOrDefault(component, Set.of()).contains(network(row)) || isOfAnother(row, component)) {
            return Crosses.NO;
        }
        var ends = count(row, ComponentClass.SWITCH);
        return switch (component.kind()) {
            case EXPANDER -> Crosses.NO;
            case ISL -> ends == 0 ? Crosses.NOT_KNOWN : ends == 1 ? Crosses.NO : Crosses.UNSEEN;
            // what a site file names may have any class in it, a switch that is not seen among them
            case SWITCH, SHARED_RISK, SITE, GROUP ->
                ends == 0 ? Crosses.NOT_KNOWN : ends == 1 ? Crosses.NO : Crosses.UNSEEN;
            case HOST, HBA_PORT, HBA_FIRMWARE, SUBNET, TARGET_PORT, CONTROLLER, ARRAY, FABRIC ->
                count(row, component.kind()) == 0 ? Crosses.NOT_KNOWN : Crosses.NO;
        };
    }

    /** Whether the nexus goes to another array, or through another fabric, than the component is part of. */
    private static boolean isOfAnother(NexusRow row, Component component) {
        return whole(component.kind())
                .filter(kind -> count(row, kind) > 0)
                .filter(kind -> {
                    var slash = component.id().lastIndexOf('/');
                    return slash > 0
                            && !row.components()
                                    .contains(new Component(kind, component.id().substring(0, slash)));
                })
                .isPresent();
    }

    /** What the first part of an id names. */
    private static Optional<ComponentClass> whole(ComponentClass kind) {
        return switch (kind) {
            case SWITCH, ISL -> Optional.of(ComponentClass.FABRIC);
            case CONTROLLER -> Optional.of(ComponentClass.ARRAY);
            case HOST, HBA_PORT, HBA_FIRMWARE, SUBNET, EXPANDER, TARGET_PORT, ARRAY, FABRIC, SHARED_RISK, SITE, GROUP ->
                Optional.empty();
        };
    }

    private static long count(NexusRow row, ComponentClass kind) {
        return row.components().stream()
                .filter(crossed -> crossed.kind() == kind)
                .count();
    }

    private static Network network(NexusRow row) {
        return switch (row.transport()) {
            case FC -> Network.FC;
            case ISCSI -> Network.IP;
            case SAS -> Network.SAS;
            case NVME ->
                count(row, ComponentClass.SUBNET) == 0
                                && WWPN.matcher(row.nexus().initiatorPort()).matches()
                        ? Network.FC
                        : Network.IP;
            case OPAQUE -> Network.OTHER;
        };
    }
}
