package org.lunwarden.http;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.diagnosis.Names;
import org.lunwarden.fleet.impact.Gate;
import org.lunwarden.fleet.impact.Impact;
import org.lunwarden.fleet.impact.MapImpact;
import org.lunwarden.fleet.impact.Outlook;
import org.lunwarden.fleet.impact.Steps;
import org.lunwarden.fleet.impact.Traffic;
import org.lunwarden.model.Component;
import org.lunwarden.model.fleet.NexusState;

/** The JSON shapes of what is asked before components are taken down. */
final class ImpactShapes {

    private static final int MOST_COMPONENTS = 100;

    private ImpactShapes() {}

    record ComponentRef(@JsonProperty("class") Optional<String> kind, Optional<String> id) {}

    record ImpactRequestJson(Optional<List<@Nullable ComponentRef>> components) {}

    /**
     * @param since when the step began
     * @param before what an impact said went through
     */
    record GateRequestJson(
            Optional<List<@Nullable ComponentRef>> components, Optional<String> since, Optional<Traffic> before) {}

    /** @throws BadRequest when there is none, or one without a known class or without an id */
    static List<Component> components(Optional<List<@Nullable ComponentRef>> components) {
        var named = new LinkedHashSet<Component>();
        for (var ref : components.orElse(List.of())) {
            if (ref == null || ref.kind().isEmpty() || ref.id().isEmpty()) {
                throw new BadRequest("each component has a class and an id");
            }
            named.add(Body.component(ref.kind().get(), ref.id().get()));
        }
        if (named.isEmpty() || named.size() > MOST_COMPONENTS) {
            throw new BadRequest("components must name one at least, and " + MOST_COMPONENTS + " at most");
        }
        return List.copyOf(named);
    }

    record NamedComponent(@JsonProperty("class") String kind, String id, String label) {
        static NamedComponent of(Component component, Names names) {
            return new NamedComponent(component.kind().word(), component.id(), names.of(component));
        }
    }

    /**
     * @param hosts how many hosts have which outlook at worst
     * @param affected the worst first, not all of them when there are many
     * @param order how to do it one after the other; only for several components
     */
    record ImpactJson(
            Instant at,
            boolean member,
            boolean safe,
            Traffic through,
            List<NamedComponent> down,
            List<NamedComponent> unseen,
            Map<String, Integer> maps,
            Map<String, Integer> hosts,
            int affectedMaps,
            List<MapImpactJson> affected,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<StepJson> order) {

        static ImpactJson of(FleetSnapshot fleet, Impact impact, Optional<Steps> steps, Names names) {
            return new ImpactJson(
                    fleet.at(),
                    fleet.member(),
                    impact.isSafe() && mayBeTrusted(fleet),
                    Traffic.of(fleet, impact.down()),
                    named(impact.down(), names),
                    named(impact.unseen(), names),
                    counts(impact.maps()),
                    hosts(impact),
                    impact.affectedMaps(),
                    impact.affected().stream().map(MapImpactJson::of).toList(),
                    steps.stream()
                            .flatMap(all -> all.steps().stream())
                            .map(step -> StepJson.of(step, fleet, names))
                            .toList());
        }

        private static Map<String, Integer> hosts(Impact impact) {
            var hosts = counts(Map.of());
            impact.hosts().values().forEach(outlook -> hosts.merge(outlook.word(), 1, Integer::sum));
            return hosts;
        }
    }

    record MapImpactJson(
            String host,
            String wwid,
            String name,
            Outlook outlook,
            int usableNow,
            int usableThen,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String why) {

        static MapImpactJson of(MapImpact map) {
            return new MapImpactJson(
                    map.host().value(),
                    map.wwid().value(),
                    map.name(),
                    map.outlook(),
                    map.usableNow(),
                    map.usableThen(),
                    map.why());
        }
    }

    /** One component alone, all others up or back. */
    record StepJson(NamedComponent component, boolean safe, Map<String, Integer> maps) {
        static StepJson of(Steps.Step step, FleetSnapshot fleet, Names names) {
            return new StepJson(
                    NamedComponent.of(step.component(), names),
                    step.isSafe() && mayBeTrusted(fleet),
                    counts(step.maps()));
        }
    }

    /** @param less whether less goes through than before the step */
    record GateJson(
            Instant at,
            boolean member,
            boolean open,
            Instant since,
            boolean early,
            boolean less,
            Traffic through,
            int changed,
            int shutBy,
            List<NotBackJson> notBack) {

        static GateJson of(FleetSnapshot fleet, Gate gate) {
            return new GateJson(
                    fleet.at(),
                    fleet.member(),
                    gate.isOpen() && mayBeTrusted(fleet),
                    gate.since(),
                    gate.isEarly(),
                    gate.isLess(),
                    gate.through(),
                    gate.changed(),
                    gate.notBack().size(),
                    gate.notBack().stream()
                            .limit(Impact.MOST)
                            .map(NotBackJson::of)
                            .toList());
        }
    }

    /** A view apart from the others may know less than they do. */
    private static boolean mayBeTrusted(FleetSnapshot fleet) {
        return fleet.member() && fleet.majority();
    }

    record NotBackJson(String host, String initiatorPort, String targetPort, NexusState state, Instant changedAt) {
        static NotBackJson of(Gate.NotBack nexus) {
            return new NotBackJson(
                    nexus.host().value(),
                    nexus.nexus().initiatorPort(),
                    nexus.nexus().targetPort(),
                    nexus.state(),
                    nexus.changedAt());
        }
    }

    private static List<NamedComponent> named(List<Component> components, Names names) {
        return components.stream()
                .map(component -> NamedComponent.of(component, names))
                .toList();
    }

    /** Each outlook is there, best first. */
    private static Map<String, Integer> counts(Map<Outlook, Integer> maps) {
        var counts = new LinkedHashMap<String, Integer>();
        Stream.of(Outlook.values()).forEach(outlook -> counts.put(outlook.word(), maps.getOrDefault(outlook, 0)));
        return counts;
    }
}
