package org.lunwarden.fleet.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.diagnosis.Names;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.fleet.HostId;

/** How many initiators each target port serves; those of silent hosts count as last seen. */
final class PortLoad {

    /** A few more than the others are no matter. */
    private static final int SLACK = 4;

    private final AuditSettings settings;
    private final Names names;
    private final Report report;

    private static final class Served {
        final TreeSet<String> initiators = new TreeSet<>();
        final TreeSet<HostId> hosts = new TreeSet<>();
        Optional<Component> array = Optional.empty();
    }

    PortLoad(AuditSettings settings, Names names, Report report) {
        this.settings = settings;
        this.names = names;
        this.report = report;
    }

    void judge(FleetSnapshot fleet) {
        var ports = served(fleet);
        var byArray = new HashMap<Component, List<Integer>>();
        ports.values()
                .forEach(port -> port.array.ifPresent(array ->
                        byArray.computeIfAbsent(array, any -> new ArrayList<>()).add(port.initiators.size())));
        ports.forEach((component, port) -> {
            var count = port.initiators.size();
            if (settings.initiators() > 0) {
                if (count > settings.initiators()) {
                    tell(component, port, settings.initiators(), 0, settings.initiators() + " at most are expected");
                }
            } else if (port.array.isEmpty()) {
                port.hosts.forEach(host -> report.unjudged(
                        FindingKind.TOO_MANY_INITIATORS, "the array of a target port is not known", host, 0));
            } else {
                compare(component, port, byArray.getOrDefault(port.array.get(), List.of()));
            }
        });
    }

    private void compare(Component component, Served port, List<Integer> ofArray) {
        var count = port.initiators.size();
        var others = new ArrayList<>(ofArray);
        others.remove(Integer.valueOf(count));
        if (others.size() < settings.peers()) {
            port.hosts.forEach(host -> report.unjudged(
                    FindingKind.TOO_MANY_INITIATORS, "the array has too few other ports to compare with", host, 0));
            return;
        }
        others.sort(null);
        var middle = others.get(others.size() / 2);
        if (count > 2 * middle && count >= middle + SLACK) {
            tell(
                    component,
                    port,
                    middle,
                    others.size(),
                    "half of the array's " + others.size() + " other ports serve " + middle + " at most");
        }
    }

    private void tell(Component component, Served port, int expected, int peers, String why) {
        var count = port.initiators.size();
        report.add(new Finding(
                FindingKind.TOO_MANY_INITIATORS,
                List.copyOf(port.hosts),
                List.of(),
                Optional.of(component),
                String.valueOf(expected),
                String.valueOf(count),
                peers,
                peers == 0 ? 0 : (peers + 1) / 2,
                List.of(why),
                names.of(component) + " serves " + count + " initiators, where " + why));
    }

    private static Map<Component, Served> served(FleetSnapshot fleet) {
        var ports = new TreeMap<Component, Served>();
        for (var host : fleet.hosts()) {
            for (var nexus : host.nexuses()) {
                var components = nexus.row().components();
                var array = one(components, ComponentClass.ARRAY);
                one(components, ComponentClass.TARGET_PORT).ifPresent(component -> {
                    var port = ports.computeIfAbsent(component, any -> new Served());
                    port.initiators.add(nexus.row().nexus().initiatorPort());
                    port.hosts.add(host.host());
                    port.array = port.array.or(() -> array);
                });
            }
        }
        return ports;
    }

    private static Optional<Component> one(List<Component> components, ComponentClass kind) {
        return components.stream().filter(component -> component.kind() == kind).findFirst();
    }
}
