package org.lunwarden.fleet.impact;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;

/**
 * An order in which components can be taken down one after the other, each of them back before the next. Those that are
 * not safe come last; of the others, one fabric is done with before the next is begun, and in each the component that
 * touches least goes first, so that a mistake meets few.
 */
public record Steps(List<Step> steps) {

    public Steps {
        steps = List.copyOf(steps);
    }

    /** One component alone, all others up or back. */
    public record Step(Component component, boolean isSafe, Map<Outlook, Integer> maps) {
        public Step {
            maps = Map.copyOf(maps);
        }

        private static Step of(FleetSnapshot fleet, Component component) {
            var impact = Impact.of(fleet, List.of(component));
            return new Step(component, impact.isSafe(), impact.maps());
        }

        private int touched() {
            return maps.values().stream().mapToInt(Integer::intValue).sum() - maps.getOrDefault(Outlook.FINE, 0);
        }
    }

    public static Steps of(FleetSnapshot fleet, Collection<Component> components) {
        var fabrics = fabrics(fleet);
        return new Steps(components.stream()
                .distinct()
                .map(component -> Step.of(fleet, component))
                .sorted(Comparator.comparing(Step::isSafe)
                        .reversed()
                        .thenComparing(step -> fabrics.getOrDefault(step.component(), Optional.empty())
                                .orElse(""))
                        .thenComparingInt(Step::touched)
                        .thenComparing(Step::component))
                .toList());
    }

    /** The one network that all nexuses through a component cross, as far as it is known; empty for one of several. */
    private static Map<Component, Optional<String>> fabrics(FleetSnapshot fleet) {
        var fabrics = new HashMap<Component, Optional<String>>();
        for (var host : fleet.hosts()) {
            for (var nexus : host.nexuses()) {
                var components = nexus.row().components();
                var fabric = components.stream()
                        .filter(component ->
                                component.kind() == ComponentClass.FABRIC || component.kind() == ComponentClass.SUBNET)
                        .map(Component::id)
                        .findFirst();
                components.forEach(component ->
                        fabrics.merge(component, fabric, (one, other) -> one.equals(other) ? one : Optional.empty()));
            }
        }
        return fabrics;
    }
}
