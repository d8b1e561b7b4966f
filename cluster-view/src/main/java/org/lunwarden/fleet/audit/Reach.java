package org.lunwarden.fleet.audit;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.fleet.NexusRow;

/**
 * What the paths of a map cross.
 *
 * @param ways by what they differ, through which they go
 * @param arrays that they lead to, as one text; empty when that is not known
 */
record Reach(Map<Way, Crossed> ways, String arrays) {

    /** By what the paths of a map should differ. */
    enum Way {
        FABRIC("fabric", FindingKind.FEW_FABRICS),
        CONTROLLER("controller", FindingKind.FEW_CONTROLLERS),
        HBA("HBA port", FindingKind.FEW_HBAS);

        final String word;
        final FindingKind few;

        Way(String word, FindingKind few) {
            this.word = word;
            this.few = few;
        }

        private List<ComponentClass> classes() {
            return switch (this) {
                case FABRIC -> List.of(ComponentClass.FABRIC, ComponentClass.SUBNET);
                case CONTROLLER -> List.of(ComponentClass.CONTROLLER);
                case HBA -> List.of(ComponentClass.HBA_PORT);
            };
        }
    }

    /**
     * @param nexuses how many go through each
     * @param unknown how many go through nobody knows which
     */
    record Crossed(SortedMap<Component, Integer> nexuses, int unknown) {}

    static Reach of(List<Nexus> nexuses, Map<Nexus, NexusRow> rows) {
        var ways = new EnumMap<Way, Crossed>(Way.class);
        for (var way : Way.values()) {
            var through = new TreeMap<Component, Integer>();
            var unknown = 0;
            for (var nexus : nexuses) {
                var crossed = components(nexus, rows, way.classes());
                crossed.forEach(component -> through.merge(component, 1, Integer::sum));
                unknown += crossed.isEmpty() ? 1 : 0;
            }
            ways.put(way, new Crossed(through, unknown));
        }
        var arrays = new TreeSet<Component>();
        nexuses.forEach(nexus -> arrays.addAll(components(nexus, rows, List.of(ComponentClass.ARRAY))));
        return new Reach(ways, arrays.stream().map(Component::id).collect(Collectors.joining(" + ")));
    }

    private static List<Component> components(Nexus nexus, Map<Nexus, NexusRow> rows, List<ComponentClass> kinds) {
        var row = rows.get(nexus);
        return row == null
                ? List.of()
                : row.components().stream()
                        .filter(component -> kinds.contains(component.kind()))
                        .toList();
    }

    Crossed by(Way way) {
        return ways.getOrDefault(way, new Crossed(new TreeMap<>(), 0));
    }
}
