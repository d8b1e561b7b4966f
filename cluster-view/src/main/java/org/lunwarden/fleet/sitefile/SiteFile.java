package org.lunwarden.fleet.sitefile;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import org.lunwarden.fleet.diagnosis.Names;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.NexusRow;

/**
 * Names, and sets of components that no host can see: sites, maintenance groups, and risks that they share, such as a power
 * feed or a patch panel. Each set is a component itself, which every nexus through a member crosses.
 *
 * @param names what people call components
 * @param sets by the component that stands for all of them; of class site, group or sharedRisk
 */
public record SiteFile(SortedMap<Component, String> names, SortedMap<Component, List<Component>> sets) {

    public static final SiteFile NONE = new SiteFile(new TreeMap<>(), new TreeMap<>());

    private static final int DIGEST_BYTES = 8;

    public SiteFile {
        names = new TreeMap<>(names);
        sets = new TreeMap<>(sets);
    }

    /** What stands for a set of a site file. */
    public static boolean isSet(ComponentClass kind) {
        return kind == ComponentClass.SITE || kind == ComponentClass.GROUP || kind == ComponentClass.SHARED_RISK;
    }

    /** The same for two files that say the same, whatever the order: 16 hexadecimal digits. */
    public String digest() {
        var text = new StringBuilder();
        names.forEach((component, name) -> line(text, "name", List.of(component), name));
        sets.forEach((set, members) -> {
            line(text, "set", List.of(set), "");
            line(text, "of", members.stream().sorted().distinct().toList(), "");
        });
        try {
            var sum =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Lengths go before the words, so that no two lists of words read the same. */
    private static void line(StringBuilder text, String kind, List<Component> components, String name) {
        text.append(kind).append(' ').append(components.size());
        for (var component : components) {
            text.append(' ').append(component.kind().word());
            text.append(' ').append(component.id().length()).append(' ').append(component.id());
        }
        text.append(' ').append(name.length()).append(' ').append(name).append('\n');
    }

    /** @param before names by id that go before those of the file, as {@link org.lunwarden.fleet.FleetSettings#names} has them */
    public Names names(Map<String, String> before) {
        var all = new HashMap<>(namesById());
        all.putAll(before);
        return new Names(all);
    }

    /** The sites that the file puts a host at; sorted, one unless the file contradicts itself. */
    public static List<String> sitesOf(HostId host, Membership membership) {
        return membership.sets(new Component(ComponentClass.HOST, host.value())).stream()
                .filter(set -> set.kind() == ComponentClass.SITE)
                .map(Component::id)
                .sorted()
                .toList();
    }

    Map<String, String> namesById() {
        var byId = new HashMap<String, String>();
        names.forEach((component, name) -> byId.put(component.id(), name));
        return byId;
    }

    /** By member, the sets that it is in. */
    public Membership membership() {
        var of = new HashMap<Component, List<Component>>();
        sets.forEach((set, members) -> members.forEach(
                member -> of.computeIfAbsent(member, first -> new ArrayList<>()).add(set)));
        return new Membership(of);
    }

    /** Which sets a component is in. */
    public record Membership(Map<Component, List<Component>> of) {

        public static final Membership NONE = new Membership(Map.of());

        public Membership {
            of = Map.copyOf(of);
        }

        /** With the sets that it crosses. A host, an initiator port and a target port need not be among its components. */
        public NexusRow over(HostId host, NexusRow row) {
            if (of.isEmpty()) {
                return row;
            }
            var all = new TreeSet<>(row.components());
            row.components().forEach(component -> all.addAll(sets(component)));
            all.addAll(sets(new Component(ComponentClass.HOST, host.value())));
            all.addAll(sets(new Component(ComponentClass.HBA_PORT, row.nexus().initiatorPort())));
            all.addAll(
                    sets(new Component(ComponentClass.TARGET_PORT, row.nexus().targetPort())));
            return all.size() == row.components().size()
                    ? row
                    : new NexusRow(row.nexus(), row.transport(), List.copyOf(all), row.paths(), row.uptimeOfChange());
        }

        private List<Component> sets(Component component) {
            return of.getOrDefault(component, List.of());
        }
    }
}
