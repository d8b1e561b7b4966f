package org.lunwarden.fleet.sitefile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.fleet.HostId;

/** Where a site file does not fit to what hosts see, or to itself. Each is told, and changes nothing of what it says. */
public final class SiteConflicts {

    private SiteConflicts() {}

    /** @param about a component that the file names, or a set of it */
    public record Conflict(Component about, String words) {}

    /** Without a look at the fleet. */
    public static List<Conflict> within(SiteFile file) {
        var conflicts = new ArrayList<Conflict>();
        twoSites(file, conflicts);
        sameNames(file, conflicts);
        sameMembers(file, conflicts);
        return conflicts;
    }

    public static List<Conflict> of(SiteFile file, FleetSnapshot fleet) {
        return of(file, seen(fleet));
    }

    /** @param seen every component that a host sees */
    public static List<Conflict> of(SiteFile file, Set<Component> seen) {
        var conflicts = new ArrayList<>(within(file));
        var unseen = new TreeMap<Component, List<String>>();
        file.names().keySet().stream()
                .filter(component -> !seen.contains(component))
                .forEach(component -> unseen.computeIfAbsent(component, first -> new ArrayList<>())
                        .add("names"));
        file.sets()
                .forEach((set, members) -> members.stream()
                        .filter(member -> !seen.contains(member))
                        .forEach(member -> unseen.computeIfAbsent(member, first -> new ArrayList<>())
                                .add(word(set))));
        unseen.forEach((component, where) ->
                conflicts.add(new Conflict(component, "no host sees it; it is named in " + String.join(", ", where))));
        file.sets().forEach((set, members) -> {
            if (!members.isEmpty() && unseen.keySet().containsAll(members)) {
                conflicts.add(new Conflict(set, "no host sees anything of it"));
            }
        });
        return conflicts;
    }

    private static Set<Component> seen(FleetSnapshot fleet) {
        var seen = new HashSet<Component>();
        for (var host : fleet.hosts()) {
            seen.add(host(host.host()));
            for (var nexus : host.nexuses()) {
                seen.addAll(nexus.row().components());
                seen.add(new Component(
                        ComponentClass.HBA_PORT, nexus.row().nexus().initiatorPort()));
                seen.add(new Component(
                        ComponentClass.TARGET_PORT, nexus.row().nexus().targetPort()));
            }
        }
        return seen;
    }

    private static Component host(HostId host) {
        return new Component(ComponentClass.HOST, host.value());
    }

    private static void twoSites(SiteFile file, Collection<Conflict> conflicts) {
        var sites = new TreeMap<Component, List<String>>();
        file.sets().forEach((set, members) -> {
            if (set.kind() == ComponentClass.SITE) {
                members.forEach(member -> sites.computeIfAbsent(member, first -> new ArrayList<>())
                        .add(set.id()));
            }
        });
        sites.forEach((member, all) -> {
            if (all.size() > 1) {
                conflicts.add(new Conflict(member, "it is at more than one site: " + String.join(", ", all)));
            }
        });
    }

    private static void sameNames(SiteFile file, Collection<Conflict> conflicts) {
        var named = new HashMap<Map.Entry<ComponentClass, String>, Component>();
        file.names().forEach((component, name) -> {
            var other = named.putIfAbsent(Map.entry(component.kind(), name), component);
            if (other != null) {
                conflicts.add(new Conflict(component, "it is called '" + name + "', as " + word(other) + " is"));
            }
        });
    }

    /** What has the same members cannot be told apart by anything that fails. */
    private static void sameMembers(SiteFile file, Collection<Conflict> conflicts) {
        var known = new HashMap<Set<Component>, Component>();
        file.sets().forEach((set, members) -> {
            if (set.kind() == ComponentClass.SHARED_RISK) {
                var other = known.putIfAbsent(Set.copyOf(members), set);
                if (other != null) {
                    conflicts.add(
                            new Conflict(set, "it has the members of " + word(other) + ": nothing tells them apart"));
                }
            }
        });
    }

    private static String word(Component component) {
        return component.kind().word() + ":" + component.id();
    }
}
